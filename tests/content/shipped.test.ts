// The shipped content: it loads, covers what was promised, is fresh, and never repeats the well-known mistakes.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fillAnswer } from '../../src/content/fill-placeholders.ts';
import type { Paragraph } from '../../src/content/prose.ts';
import { PLACEHOLDER_NAMES } from '../../src/content/placeholders.ts';
import type { Content } from '../../src/content/schema.ts';
import { CONTENT_FOLDER, plainText, shippedContent } from './shipped.ts';

const TODAY = '2026-11-28'; // the day of the latest change to the content
const content = shippedContent;
const prose = [
  ...[...content.coins.values()].map((coin): [string, Paragraph[]] => [
    coin.id,
    [...coin.sections, ...coin.questions].flatMap((part) => ('answer' in part ? part.answer : part.paragraphs)),
  ]),
  ...[...content.faq.values()].map((entry): [string, Paragraph[]] => [entry.id, [...entry.answer]]),
];

/** Ids with the age in days of the evidence (FAQ) or of the last review (coins), when older than `days`. */
function olderThan({ coins, faq }: Content, days: number): string[] {
  const dated = [
    ...[...coins.values()].map(({ id, reviewed }) => ({ id: `coins/${id}`, day: reviewed })),
    ...[...faq.values()].map(({ id, asOf }) => ({ id: `faq/${id}`, day: asOf })),
  ];
  const ageOf = (day: string) => (Date.parse(TODAY) - Date.parse(day)) / 86_400_000;
  return dated.filter(({ day }) => ageOf(day) > days).map(({ id, day }) => `${id}: ${ageOf(day)} days`);
}

it('every file is there, coins in the order that they ask for, each with questions', () => {
  const idsIn = (room: string) =>
    readdirSync(path.join(CONTENT_FOLDER, room)).map((name) => name.replace(/\.md$/u, ''));
  expect([...content.coins.keys()].toSorted()).toEqual(idsIn('coins').toSorted());
  expect([...content.faq.keys()]).toEqual(idsIn('faq').toSorted());
  const places = Array.from(content.coins.values(), ({ order }) => order);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  for (const coin of content.coins.values()) expect(coin.questions.length + coin.faq.length).toBeGreaterThanOrEqual(3);
});

it('the coin of the FAQ has a profile', () => {
  expect(content.coins.get('bittensor')).toMatchObject({ symbol: 'TAO', category: 'AI', maxSupply: 21_000_000 });
});

it('nothing is older than a year, and nothing is dated in the future', () => {
  expect(olderThan(content, 365)).toEqual([]);
  const dates = [...content.coins.values()].flatMap(({ facts, questions }) => [...facts, ...questions]);
  expect([...dates, ...content.faq.values()].filter(({ asOf }) => asOf > TODAY)).toEqual([]);
});

it('no file repeats the known wrong statements', () => {
  const files = ['coins', 'faq'].flatMap((room) =>
    readdirSync(path.join(CONTENT_FOLDER, room)).map((name) =>
      readFileSync(path.join(CONTENT_FOLDER, room, name), 'utf8'),
    ),
  );
  const wrong = [
    /7[,.]?200\s*(?:τ|TAO)?\s*(?:are |is )?(?:emitted )?(?:per|a|each|every|\/)\s*block/iu,
    /PoS variant/iu,
    /Cortex\.t for chat|refundable deposit|locked? as collateral/iu,
  ];
  for (const file of files) for (const pattern of wrong) expect(file).not.toMatch(pattern);
});

it('moving numbers are placeholders: no price, market cap or yield stands in the prose', () => {
  const moving =
    /[$€£]\s?\d|\b(?:price|market cap|APY|yield) (?:is|of) (?:about |around )?[\d.,]+|(?:circulating|issued|issuance)[^.]{0,30}\b1[01]\.\d+\s?(?:M|million)/iu;
  expect(prose.filter(([, paragraphs]) => moving.test(plainText(paragraphs))).map(([id]) => id)).toEqual([]);
});

it('answers read well with and without live values', () => {
  const all = new Map(PLACEHOLDER_NAMES.map((name) => [name, `<${name}>`] as const));
  const bad = prose.filter(([, paragraphs]) => {
    const bare = fillAnswer(paragraphs, new Map());
    const left = JSON.stringify([bare, fillAnswer(paragraphs, all)]).includes('"placeholder"');
    return left || plainText(bare).length < 100;
  });
  expect(bad.map(([id]) => id)).toEqual([]);
});

it('safety stands where it is needed', () => {
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
  const safe = ids.filter((id) =>
    /seed phrase|12 words|scam|fake/iu.test(plainText(content.faq.get(id)?.answer ?? [])),
  );
  expect(safe).toEqual(ids);
});
