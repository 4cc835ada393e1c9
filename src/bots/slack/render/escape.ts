// Literal text for Slack: nothing that comes from outside can ping, link or format.
import { headOf, unstacked } from '../../../base/visible-text.ts';

/** Controls, bidi marks, lone surrogates and non-characters; line breaks stay. */
const HIDDEN = /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/gu;
/** Most texts; they need no cleaning. */
const ASCII = /^[\n\t\x20-\x7e]*$/;
/** Formatting marks that act at the edges of words, with look-alikes that do not. */
const LOOKALIKES: Readonly<Record<string, string>> = { '*': '∗', _: '＿', '~': '∼' };
/** A mark that opens is followed, one that closes preceded by something; between letters and digits none acts. */
const EDGES = Object.keys(LOOKALIKES).map((mark) => {
  const [open, close] = [`(?<![\\p{L}\\p{N}])[${mark}](?=\\S)`, `(?<=\\S)[${mark}](?![\\p{L}\\p{N}])`];
  return { open: new RegExp(open, 'u'), close: new RegExp(close, 'gu'), edge: new RegExp(`${open}|${close}`, 'gu') };
});

/** Text without hidden characters; stacked accents are cut so that they cannot paint over other lines. */
export function clean(text: string): string {
  if (ASCII.test(text)) return text;
  return unstacked(text.replaceAll(HIDDEN, (mark) => (mark === '\n' || mark === '\t' ? mark : '')));
}

/**
 * Text for `mrkdwn` objects and the top-level `text`. Slack asks to escape `&`, `<` and `>` and nothing else
 * (https://docs.slack.dev/messaging/formatting-message-text); back-ticks and paired formatting marks become look-alikes.
 */
export function mrkdwn(text: string): string {
  const words = clean(text).replaceAll('`', 'ˋ');
  return (/[*_~]/.test(words) ? unformatted(words) : words)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** In a line with a mark that opens and one behind it that closes, however far apart, all marks of that kind are look-alikes. */
function unformatted(text: string): string {
  return text.replaceAll(/[^\n]+/gu, (line) =>
    EDGES.reduce((left, { open, close, edge }) => {
      const from = left.search(open);
      const paired = from >= 0 && Array.from(left.matchAll(close)).some(({ index }) => index > from + 1);
      return paired ? left.replaceAll(edge, (mark) => LOOKALIKES[mark] ?? mark) : left;
    }, line),
  );
}

/** Text for `plain_text` objects, which show characters as they are: `<!`, `<@` and `<#` are taken apart in case a client reads them. */
export function plain(text: string): string {
  return clean(text)
    .replaceAll(/<(?=[!@#])/g, '‹')
    .replaceAll(/\s*\n\s*/g, ' ');
}

/** Cuts visibly, never inside a surrogate pair. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${headOf(text, longest - 1).trimEnd()}…`;
}

/** The lines that fit, whole; a last "…" says that some are missing. For lines that are escaped already and must not be cut inside. */
export function wholeLines(lines: readonly string[], longest: number): string {
  const kept: string[] = [];
  let room = longest - 2;
  for (const line of lines) {
    if (line.length + 1 > room) return [...kept, '…'].join('\n');
    kept.push(line);
    room -= line.length + 1;
  }
  return kept.join('\n');
}

/** A link only for plain https addresses (http on loopback), without credentials; null for anything else. */
export function safeHref(href: string): string | null {
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  const loopback = url.protocol === 'http:' && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname);
  if ((url.protocol !== 'https:' && !loopback) || url.username !== '' || url.password !== '') return null;
  return url.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('&', '&amp;');
}
