// The words of a Discord message without what only Discord understands: mentions, custom emoji, timestamps, commands.

/** Longest message text that is looked at. */
const LONGEST = 2000;

/** Plain words; the name of a custom emoji and of a command stays, ids go. `self`: our own mention is cut out entirely. */
export function questionOf(content: string, self?: string): string {
  const text = content.slice(0, LONGEST);
  const own =
    self === undefined ? text : text.replaceAll(new RegExp(`<@!?${/^\d+$/.test(self) ? self : '0'}>`, 'g'), ' ');
  return own
    .replaceAll(/<@[!&]?\d{1,21}>/g, ' ')
    .replaceAll(/<a?:(\w{1,40}):\d{1,21}>/g, ' ')
    .replaceAll(/<t:-?\d{1,15}(?::[a-zA-Z])?>/g, ' ')
    .replaceAll(/<\/([\w -]{1,80}):\d{1,21}>/g, ' /$1 ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
