// Outside text in Slack: it looks as it was typed, and is never markup, a ping or a link; cuts are visible and never inside a character.
import { describe, expect, it } from 'vitest';
import { clean, cut, mrkdwn, plain, safeHref, wholeLines } from '../../../../src/bots/slack/render/escape.ts';

describe('mrkdwn', () => {
  it.each([
    ['escapes what Slack asks for, and nothing else', `a & b < c > d "e" 'f'`, `a &amp; b &lt; c &gt; d "e" 'f'`],
    ['is not escaped twice over an entity that was typed', '&amp;', '&amp;amp;'],
    ['makes no ping', '<!channel> <@U0EVE> <#C1>', '&lt;!channel&gt; &lt;@U0EVE&gt; &lt;#C1&gt;'],
    ['takes bold, italics and strike-through apart', '*a* _b_ ~c~', '∗a∗ ＿b＿ ∼c∼'],
    ['also when one stands inside another', '*_a_*', '∗＿a＿∗'],
    ['also between marks of punctuation', '(*a*)', '(∗a∗)'],
    [
      'leaves marks that Slack leaves: inside of words and alone',
      '2*3*4 snake_case_name ~5 a * b',
      '2*3*4 snake_case_name ~5 a * b',
    ],
    ['opens no block of code', '```rm```', 'ˋˋˋrmˋˋˋ'],
    ['makes nothing look like code, also with a tick of ours behind it', '`rm` and a `', 'ˋrmˋ and a ˋ'],
    ['takes apart what stands far apart', `*${'x '.repeat(150)}y*`, `∗${'x '.repeat(150)}y∗`],
    ['keeps lines', 'one\ntwo', 'one\ntwo'],
  ])('%s', (_, typed, shown) => {
    expect(mrkdwn(typed)).toBe(shown);
  });

  it('whoever stacks many marks loses all of them, in bounded time', () => {
    expect(mrkdwn(`${'*_~'.repeat(40)}x${'~_*'.repeat(40)}`)).not.toMatch(/[*_~]/);
  });
});

it.each([
  ['controls and marks of direction', 'a\u0000b\u202Ec\u2066d\uFEFF', 'abcd'],
  ['halves of characters', 'a\ud83d', 'a'],
  ['more than four accents on a letter', `e${'\u0301'.repeat(9)}!`, `e${'\u0301'.repeat(4)}!`],
])('%s disappear', (_, typed, shown) => {
  expect(clean(typed)).toBe(shown);
});

it('line breaks and tabs stay, emoji stay whole', () => {
  expect(clean('a\n\tb 👩‍👩‍👧 é')).toBe('a\n\tb 👩‍👩‍👧 é');
});

it('plain text is one line, and holds nothing that a client could take for a ping', () => {
  expect(plain('hey <!here>\n <@U1> & <b>')).toBe('hey ‹!here> ‹@U1> & <b>');
});

describe('cut', () => {
  it('is visible, and leaves alone what fits', () => {
    expect([cut('abcde', 5), cut('abcdef', 5), cut('abc def', 5)]).toEqual(['abcde', 'abcd…', 'abc…']);
  });

  it('never halves a character, wherever it falls', () => {
    for (let longest = 2; longest < 9; longest++) {
      const shown = cut('🚀🚀🚀🚀🚀', longest);
      expect(shown.isWellFormed(), shown).toBe(true);
      expect(shown.length).toBeLessThanOrEqual(longest);
    }
  });

  it('keeps lines whole, and says when some are missing', () => {
    expect(wholeLines(['one', 'two'], 20)).toBe('one\ntwo');
    expect(wholeLines(['one', 'two', 'three'], 11)).toBe('one\ntwo\n…');
    expect(wholeLines(['a line that never fits'], 10)).toBe('…');
  });
});

describe('addresses', () => {
  it.each([
    ['https://docs.example.org/a?b=1&c=2', 'https://docs.example.org/a?b=1&amp;c=2'],
    ['https://example.org/a|b', 'https://example.org/a%7Cb'],
    ['https://example.org/<x>', 'https://example.org/%3Cx%3E'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
    ['http://[::1]:8080/', 'http://[::1]:8080/'],
  ])('%s is linked', (href, shown) => {
    expect(safeHref(href)).toBe(shown);
  });

  it.each([
    'http://example.org/',
    'http://127.0.0.1.example.org/',
    'https://user@example.org/',
    'https://:secret@example.org/',
    'javascript:alert(1)',
    'data:text/html,x',
    'slack://open',
    '/relative',
    '',
  ])('%s is not', (href) => {
    expect(safeHref(href)).toBeNull();
  });
});
