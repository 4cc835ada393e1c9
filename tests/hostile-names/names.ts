// Names that other people choose: of coins, subnets and channels, as bad as they can be, and what no place may show of them.

/** Keys say what is wrong with each. */
export const NAMES: Readonly<Record<string, string>> = {
  markup: '*b* _i_ ~s~ ||x|| > q `c` **B** __u__',
  backticks: '``` fence ` tick',
  'one tick': 'a ` b',
  pings: '@everyone @here <@U1> <@123456789012345678> <!channel> <#C1>',
  'a link of Slack': '<https://evil.example|label>',
  'a link of Discord': '[free](https://evil.example) https://evil.example',
  'a script address': '[x](javascript:alert(1)) javascript:alert(1)',
  HTML: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'an attribute': '" onmouseover="alert(1)" x=\'',
  'line breaks': 'a\r\n# b\n- c\n> d\u2028e',
  'another direction': '\u202egnp.exe\u2066 x\u2069\u200f\u061c',
  'nothing to see': 'z\u200b\u200c\u200d\u2060\ufeff\u00ad\u{e0041}\u{e007f}w',
  zalgo: `Z${'\u0301\u0323'.repeat(60)}a${'\u0489'.repeat(30)}`,
  endless: 'x'.repeat(2000),
  emoji: '👩‍👩‍👧'.repeat(300),
  rockets: '🚀'.repeat(300),
  blanks: '\u2800\u2800',
  'marks only': '\u0301\ufe0f\u20e3',
  empty: '',
  spaces: '   \u3000 ',
  'half a character': 'a\ud800b\udc00',
  NUL: 'a\u0000b',
  'escape codes': '\u001b[2J\u001b]0;owned\u0007\u001b]8;;https://evil.example\u001b\\x\u009b31mred',
  formula: '=HYPERLINK("https://evil.example";"x")',
  prototype: '__proto__',
  Hebrew: 'שלום 12 עולם',
  Arabic: 'بِسْمِ اللَّهِ 7',
};

export const ENTRIES: readonly (readonly [string, string])[] = Object.entries(NAMES);

/** Controls, directions, halves of characters: nobody sees them, and they move or end what others see. Line breaks are the cards' own. */
const HIDDEN = /(?!\n)[\p{Cc}\p{Cs}\p{Co}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;
/** Marks that are stacked over the lines above. */
const STACKED = /\p{M}{5}/u;

/** What is wrong with a text that people read; empty when nothing is. */
export function faultsOf(text: string): string[] {
  return [HIDDEN, STACKED].flatMap((form) => {
    const found = form.exec(text);
    return found === null
      ? []
      : [`${JSON.stringify(text.slice(Math.max(0, found.index - 20), found.index + 20))}: ${form.source.slice(0, 12)}`];
  });
}

/** All texts in a value that is sent somewhere. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
