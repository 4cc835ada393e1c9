// Cleans names that come from outside, at the edge, so that nothing invisible or endless travels further in.

// Control, format (bidi, zero width), private and unassigned characters, line separators and lone surrogates.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]+/gu;

/** One visible line of at most `limit` characters; markup and mentions stay as literal text for the renderers to escape. */
export function cleanText(text: string, limit: number): string {
  const head = text.slice(0, limit * 4).replace(HIDDEN, ' ');
  const line = head.replace(/\s+/gu, ' ').trim();
  return Array.from(line).slice(0, limit).join('').trim();
}
