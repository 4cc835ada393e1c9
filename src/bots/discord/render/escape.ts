// Literal text for Discord: whatever comes from outside looks as it was typed and can neither ping, link, nor change the layout.
import { unstacked } from '../../../base/visible-text.ts';

/** C0 and C1 controls, bidi controls, zero-width and other invisible characters, non-characters; joiners of emoji are kept below. */
const INVISIBLE =
  /\u034F|[\u17B4\u17B5]|[\u180B-\u180F]|[\p{Cc}\u00AD\u061C\u115F\u1160\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFF]/gu;
const STRAY_JOINER =
  /(?<![\p{Extended_Pictographic}\uFE0F\p{Emoji_Modifier}])\u200D|\u200D(?!\p{Extended_Pictographic})/gu;
const TAGS = /[\u{E0000}-\u{E007F}]/gu; // invisible ASCII twins, used to smuggle text
/** Most text: nothing to clean. */
const PLAIN = /^[\u0020-\u007E]*$/;
/** Words and figures without any character that could mean something. */
const HARMLESS = /^[A-Za-z][A-Za-z0-9 ,.;!?%$'"=&()]*$/;
const ZERO_WIDTH_SPACE = '\u200B';

/** One line of visible, well-formed characters in normal form. */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  const seen = text
    .replaceAll(/[\r\n\t\v\f\u0085\u2028\u2029]+/g, ' ')
    .replaceAll(/\p{Cs}/gu, '')
    .replaceAll(INVISIBLE, '')
    .replaceAll(STRAY_JOINER, '')
    .replaceAll(TAGS, '')
    .normalize('NFC');
  return unstacked(seen);
}

/** Text that shows exactly its characters, wherever in a line it stands. */
export function escapeText(text: string): string {
  if (HARMLESS.test(text)) return text;
  return breakReferences(cleanText(text))
    .replaceAll(/[\\*_~|`[\]]/g, '\\$&')
    .replaceAll(/\](?=\()/g, ']\\')
    .replace(/^(\s*)([#>+-])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s)/, '$1\\$2');
}

/** Mentions, emoji, timestamps, command and channel references, and addresses lose their meaning, not their look. */
function breakReferences(text: string): string {
  return text
    .replaceAll('@', `@${ZERO_WIDTH_SPACE}`)
    .replaceAll(/<(?=\S|$)/g, `<${ZERO_WIDTH_SPACE}`)
    .replaceAll(/:(?=\/|$)/g, `:${ZERO_WIDTH_SPACE}`)
    .replaceAll(/(?<=discord(?:app)?\.(?:gg|com|new))\//gi, `${ZERO_WIDTH_SPACE}/`);
}

/** An inline code span; backticks inside would end it, so they become primes. */
export function codeSpan(text: string): string {
  const inner = breakReferences(cleanText(text)).replaceAll('`', '′').trim();
  return inner === '' ? '' : `\`${inner}\``;
}

/** A code block of lines, for tables. Nothing inside is read as markup. */
export function codeBlock(lines: readonly string[]): string {
  return ['```', ...lines.map((line) => breakReferences(line).replaceAll('`', '′')), '```'].join('\n');
}

/** Decides about links: the address to link, or null where the text must stand alone. */
export type LinkPolicy = (href: string) => string | null;

/** Allows https addresses without credentials on the listed hosts and their subdomains, and single addresses that are listed whole. */
export function createLinkPolicy(places: readonly string[]): LinkPolicy {
  const allowed = new Set(places.map((place) => place.toLowerCase()));
  return (href) => {
    if (!URL.canParse(href)) return null;
    const url = new URL(href);
    if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.href.length > 512) return null;
    const labels = url.hostname.split('.');
    const known = allowed.has(url.href) || labels.some((_, index) => allowed.has(labels.slice(index).join('.')));
    return known ? url.href.replaceAll('(', '%28').replaceAll(')', '%29').replaceAll('*', '%2A') : null;
  };
}

/** A masked link, or only its text when the policy says no. */
export function maskedLink(text: string, href: string, policy: LinkPolicy): string {
  const shown = escapeText(text).trim();
  const target = policy(href);
  return target === null || shown === '' ? shown : `[${shown}](<${target}>)`;
}
