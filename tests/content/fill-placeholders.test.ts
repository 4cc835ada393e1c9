// Live values in prose: a sentence with an unknown value disappears, everything else stays word for word.
import { expect, it } from 'vitest';
import { fillAnswer } from '../../src/content/fill-placeholders.ts';
import { parseMarkdown } from '../../src/content/markdown.ts';
import type { PlaceholderName } from '../../src/content/placeholders.ts';

const fill = (markdown: string, values: Partial<Record<PlaceholderName, string>> = {}) => {
  const paragraphs = parseMarkdown(markdown, (what) => expect.fail(what)).flatMap((section) => section.paragraphs);
  return fillAnswer(paragraphs, new Map(Object.entries(values) as [PlaceholderName, string][]));
};

it.each([
  ['a known value', 'Now {{price}}. Fine.', { price: '$1' }, [['Now $1. Fine.']]],
  ['an unknown value', 'First. Now {{price}}. Last.', {}, [['First. Last.']]],
  ['one of two values unknown', 'It is {{price}}, {{change24h}}. Last.', { price: '$1' }, [['Last.']]],
  ['a placeholder at the start', 'First one. {{price}} is the price. Last.', {}, [['First one. Last.']]],
  ['decimals and abbreviations', 'E.g. SN4 pays 0.5 TAO, e.g. Chutes, now {{price}}. Last.', {}, [['Last.']]],
  ['a list and an empty paragraph', '- Price {{price}}.\n- Kept.\n\nOnly {{price}}.', {}, [['• Kept.']]],
  [
    'a sentence for when the value is unknown',
    'Now {{price}}. {{without:price}} It was $2 in May. Last.',
    {},
    [['It was $2 in May. Last.']],
  ],
  [
    'the same while it is known',
    'Now {{price}}. {{without:price}} It was $2 in May. Last.',
    { price: '$1' },
    [['Now $1. Last.']],
  ],
  [
    'at the very start, before code',
    '{{without:price}} `x` is it. Last.',
    {},
    [[{ kind: 'code', text: 'x' }, ' is it. Last.']],
  ],
])('%s', (_, markdown, values, wanted) => expect(fill(markdown, values)).toEqual(wanted));

it('citations stay with their sentence, marked spans end sentences, too', () => {
  expect(fill('Said.[^A][^B] Now {{price}}.[^C] **Bold end.** Kept `x.y` here.[^D]')).toEqual([
    [
      'Said.',
      { kind: 'cite', tag: 'A' },
      { kind: 'cite', tag: 'B' },
      ' ',
      { kind: 'bold', text: 'Bold end.' },
      ' Kept ',
      { kind: 'code', text: 'x.y' },
      ' here.',
      { kind: 'cite', tag: 'D' },
    ],
  ]);
});

it('a value is text: it cannot become a placeholder or markup', () => {
  expect(fill('Now {{price}}.', { price: '{{issuance}} **x**' })).toEqual([['Now {{issuance}} **x**.']]);
});
