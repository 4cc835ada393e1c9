// No text that people read has a hole: every text of every content file, with all live numbers, with none, and with each one missing.
import { expect, it } from 'vitest';
import { fillAnswer, type PlaceholderValues } from '../../src/content/fill-placeholders.ts';
import type { Paragraph } from '../../src/content/prose.ts';
import { PLACEHOLDER_NAMES } from '../../src/content/placeholders.ts';
import { shippedContent } from './shipped.ts';

const ALL: PlaceholderValues = new Map(PLACEHOLDER_NAMES.map((name) => [name, `<${name}>`]));
const without = (missing: string): PlaceholderValues => new Map([...ALL].filter(([name]) => name !== missing));

const texts: (readonly [string, readonly Paragraph[]])[] = [
  ...[...shippedContent.coins.values()].flatMap((coin) => [
    ...coin.sections.map(({ id, paragraphs }) => [`${coin.id}: ${id}`, paragraphs] as const),
    ...coin.questions.map(({ question, answer }) => [`${coin.id}: ${question}`, answer] as const),
  ]),
  ...[...shippedContent.faq.values()].map(({ id, answer }) => [id, answer] as const),
];

/** What stands where a placeholder was not filled, and the marks that a hole leaves in a sentence. */
function holes(paragraphs: readonly Paragraph[]): string[] {
  const open = paragraphs
    .flat()
    .flatMap((span) => (typeof span !== 'string' && span.kind === 'placeholder' ? [span.name] : []));
  const words = paragraphs.map((paragraph) =>
    paragraph.map((span) => (typeof span === 'string' ? span : 'text' in span ? span.text : '')).join(''),
  );
  return [...open, ...words.filter((text) => /\{\{| {2}|\s\(\)|\s[.,;:!?](?=\s|$)/u.test(text) || text.trim() === '')];
}

it.each([
  ['all live numbers', ALL],
  ['none', new Map()],
  ...PLACEHOLDER_NAMES.map((name) => [`all but ${name}`, without(name)] as const),
] as const)('with %s', (_which, values: PlaceholderValues) => {
  const broken = texts.flatMap(([name, paragraphs]) => {
    const filled = fillAnswer(paragraphs, values);
    return [...(filled.length === 0 ? ['nothing is left'] : []), ...holes(filled)].map((hole) => `${name}: ${hole}`);
  });
  expect(broken).toEqual([]);
});

it('texts that are shown as they are have no placeholder in them', () => {
  const { coins, faq } = shippedContent;
  const plain = [
    ...[...coins.values()].map((coin) => ({
      ...coin,
      sections: [],
      questions: coin.questions.map(({ question }) => question),
    })),
    ...[...faq.values()].map((entry) => ({ ...entry, answer: [] })),
  ];
  expect(plain.filter((shown) => /\{\{| {2}/.test(JSON.stringify(shown)))).toEqual([]);
});

it('knows a hole when it sees one', () => {
  const text: Paragraph = ['On the chain now: ', { kind: 'placeholder', name: 'emissionPerBlock' }, ' per block.'];
  expect(holes([text])).not.toEqual([]);
  expect(holes([['On the chain now:  per block at an issuance of .']])).not.toEqual([]);
});
