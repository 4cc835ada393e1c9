// What can be seen of a text from outside: hidden characters are taken out at the edge, so that nothing invisible or endless travels further in.

/**
 * The one table of characters that nobody sees or that move others about: controls, formats (bidi, zero width, tags), surrogates, private and
 * unassigned ones, line separators, and letters and marks that are drawn blank (Hangul and Khmer fillers, Mongolian selectors).
 */
const HIDDEN = '\\p{C}\\u2028\\u2029\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u3164\\uffa0';

/** Runs of hidden characters. */
export const HIDDEN_CHARACTERS = new RegExp(`[${HIDDEN}]+`, 'gu');

/** Hidden characters one by one, without line breaks, tabs and the joiners inside an emoji. */
const DISTURBING = new RegExp(
  `(?![\\n\\t])(?!(?<=[\\p{Extended_Pictographic}\\ufe0f\\p{Emoji_Modifier}])\\u200d(?=\\p{Extended_Pictographic}))[${HIDDEN}]`,
  'gu',
);

/** More than four marks on one letter are only used to draw over neighbouring lines. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;
/** Something to see: marks alone have nothing to stand on, and a Braille cell without dots is a blank. */
const SEEN = /[^\p{M}\s\u2800]/u;

/** The text without hidden characters; line breaks, tabs and joined emoji stay. */
export function visibleText(text: string): string {
  return text.replaceAll(DISTURBING, '');
}

/**
 * One visible line of at most `limit` characters, empty where nothing can be seen; markup and mentions stay as literal text for the renderers
 * to escape.
 */
export function visibleLine(text: string, limit: number): string {
  const head = text.slice(0, limit * 4).replaceAll(HIDDEN_CHARACTERS, ' ');
  const line = unstacked(head).replaceAll(/\s+/gu, ' ').trim();
  return SEEN.test(line) ? Array.from(line).slice(0, limit).join('').trim() : '';
}

/** At most four marks on a letter, so that none reach over neighbouring lines. */
export function unstacked(text: string): string {
  return text.replaceAll(STACKED_MARKS, '$1');
}

/** The first `most` UTF-16 units, as platforms count, but never half a character. */
export function headOf(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}
