// The shipped content: it loads, covers what was promised, is fresh, and never repeats the well-known mistakes.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fillAnswer } from '../../src/content/fill-placeholders.ts';
import { loadContent } from '../../src/content/load.ts';
import type { Paragraph } from '../../src/content/markdown.ts';
import { PLACEHOLDER_NAMES } from '../../src/content/placeholders.ts';
import type { Content } from '../../src/content/schema.ts';

const FOLDER = path.join(import.meta.dirname, '../../src/content');
const TODAY = '2026-11-22'; // the day on which the content was last reviewed as a whole
const content = loadContent(FOLDER);
const prose = [
  ...[...content.coins.values()].map((coin): [string, Paragraph[]] => [
    coin.id,
    [...coin.sections, ...coin.questions].flatMap((part) => ('answer' in part ? part.answer : part.paragraphs)),
  ]),
  ...[...content.faq.values()].map((entry): [string, Paragraph[]] => [entry.id, [...entry.answer]]),
];

const textOf = (paragraphs: readonly Paragraph[]) =>
  paragraphs
    .map((spans) => spans.map((span) => (typeof span === 'string' ? span : 'text' in span ? span.text : '')).join(''))
    .join('\n');

/** Ids with the age in days of the evidence (FAQ) or of the last review (coins), when older than `days`. */
function olderThan({ coins, faq }: Content, days: number): string[] {
  const dated = [
    ...[...coins.values()].map(({ id, reviewed }) => ({ id: `coins/${id}`, day: reviewed })),
    ...[...faq.values()].map(({ id, asOf }) => ({ id: `faq/${id}`, day: asOf })),
  ];
  const ageOf = (day: string) => (Date.parse(TODAY) - Date.parse(day)) / 86_400_000;
  return dated.filter(({ day }) => ageOf(day) > days).map(({ id, day }) => `${id}: ${ageOf(day)} days`);
}

test('nine coins and the whole FAQ are there', () => {
  expect([...content.coins.keys()]).toEqual([
    'bittensor',
    'near',
    'internet-computer',
    'render-token',
    'fetch-ai',
    'virtual-protocol',
    'the-graph',
    'akash-network',
    'worldcoin-wld',
  ]);
  expect(content.faq.size).toBeGreaterThanOrEqual(117);
  for (const coin of content.coins.values()) expect(coin.questions.length + coin.faq.length).toBeGreaterThanOrEqual(3);
  expect(content.coins.get('bittensor')).toMatchObject({ symbol: 'TAO', category: 'AI', maxSupply: 21_000_000 });
});

test('nothing is older than a year, and nothing is dated in the future', () => {
  expect(olderThan(content, 365)).toEqual([]);
  const dates = [...content.coins.values()].flatMap(({ facts, questions }) => [...facts, ...questions]);
  expect([...dates, ...content.faq.values()].filter(({ asOf }) => asOf > TODAY)).toEqual([]);
});

test('no file repeats the known wrong statements', () => {
  const files = ['coins', 'faq'].flatMap((room) =>
    readdirSync(path.join(FOLDER, room)).map((name) => readFileSync(path.join(FOLDER, room, name), 'utf8')),
  );
  const wrong = [
    /7[,.]?200\s*(?:τ|TAO)?\s*(?:are |is )?(?:emitted )?(?:per|a|each|every|\/)\s*block/iu,
    /PoS variant/iu,
    /Cortex\.t for chat|refundable deposit|locked? as collateral/iu,
  ];
  for (const file of files) for (const pattern of wrong) expect(file).not.toMatch(pattern);
});

test('moving numbers are placeholders: no price, market cap or yield stands in the prose', () => {
  const moving =
    /[$€£]\s?\d|\b(?:price|market cap|APY|yield) (?:is|of) (?:about |around )?[\d.,]+|(?:circulating|issued|issuance)[^.]{0,30}\b1[01]\.\d+\s?(?:M|million)/iu;
  expect(prose.filter(([, paragraphs]) => moving.test(textOf(paragraphs))).map(([id]) => id)).toEqual([]);
});

test('answers read well with and without live values', () => {
  const all = new Map(PLACEHOLDER_NAMES.map((name) => [name, `<${name}>`] as const));
  const bad = prose.filter(([, paragraphs]) => {
    const bare = fillAnswer(paragraphs, new Map());
    const left = JSON.stringify([bare, fillAnswer(paragraphs, all)]).includes('"placeholder"');
    return left || textOf(bare).length < 100;
  });
  expect(bad.map(([id]) => id)).toEqual([]);
});

test('safety stands where it is needed', () => {
  const ids = [
    'scam-safety',
    'lost-seed',
    'how-to-stake',
    'get-help',
    'wallets',
    'leaked-key',
    'deposit-missing',
    'bot-privacy',
  ];
  const safe = ids.filter((id) => /seed phrase|12 words|scam|fake/iu.test(textOf(content.faq.get(id)?.answer ?? [])));
  expect(safe).toEqual(ids);
});
