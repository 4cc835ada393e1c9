// Named times of the past become the shortest range that holds them, seen from the day on which somebody asks.
import { expect, it } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { readText } from '../../../src/app/reader/read.ts';
import { rangeWord } from '../../../src/app/reader/times/range-words.ts';
import { createCoinIndex } from '../../../src/content/coin-search/coin-index.ts';
import { builtinCoins } from '../../../src/market/directory/builtin-coins.ts';
import { vocabularyOver } from '../../fakes/vocabulary.ts';

/** A Sunday. */
const NOW = Date.parse('2026-11-29T15:00:00Z');

it.each([
  ['since monday', '7d', undefined],
  ['since yesterday', '7d', undefined],
  ['since 3 november', '30d', undefined],
  ['since november 20th', '30d', undefined],
  ['since october', '90d', undefined],
  ['since the beginning of october', null, undefined],
  ['since september', '90d', undefined],
  ['since january', '1y', undefined],
  ['since december', '1y', undefined],
  ['seit märz', '1y', undefined],
  ['depuis octobre', '90d', undefined],
  ['desde noviembre', '30d', undefined],
  ['ytd', '1y', undefined],
  ['this year', '1y', undefined],
  ['since the start of the year', '1y', undefined],
  ['yesterday', '7d', 'days'],
  ['last tuesday', '7d', 'days'],
  ['last sunday', '30d', 'days'],
  ['last weekend', '7d', 'weekends'],
  ['on 3 march', '1y', 'days'],
  ['march 3rd', '1y', 'days'],
  ['am 3. märz', '1y', 'days'],
  ['2026-11-01', '30d', 'days'],
  ['1.11.2026', '30d', 'days'],
  ['in october', '90d', 'months'],
  ['october 2026', '90d', 'months'],
  ['in 2026', '1y', 'years'],
])('%s: %s', (text, range, single) => {
  const found = rangeWord(text, NOW);
  expect(found?.range ?? null).toBe(range);
  expect(found?.single).toBe(single);
  expect(found?.beyond ?? false).toBe(false);
});

it.each([
  'since 2021',
  'since launch',
  'in 2025',
  'march 2025',
  'since october 2024',
  '2025-03-01',
  '24 december 2024',
])('%s: longer ago than the longest range', (text) =>
  expect(rangeWord(text, NOW)).toMatchObject({ range: '1y', exact: false, beyond: true }),
);

it.each([
  'in 2027',
  '2030',
  'december 2026',
  '2026-12-24',
  'may',
  'march',
  'dec',
  '31 february',
  'monday',
  '2008',
  '45.1.2026',
])('%s: no time of the past', (text) => expect(rangeWord(text, NOW)).toBeNull());

it('a month that is still to come this year is that of the year before', () => {
  expect(rangeWord('since december', Date.parse('2027-01-05T00:00:00Z'))).toMatchObject({ range: '90d' });
  expect(rangeWord('since december', NOW)).toMatchObject({ range: '1y' });
});

const { now: _now, ...words } = vocabularyOver(createCoinIndex(builtinCoins()));
const read = (text: string, now: number) => readText(text, COMMANDS, { ...words, now: () => now });

it('says which range it is, and that days and older times are not kept', () => {
  const said = (text: string) => {
    const { command, args, remarks } = read(text, NOW);
    return [command, args['coin'], args['range'], ...(remarks ?? [])];
  };
  expect(said('tao since october')).toEqual([
    'chart',
    'tao',
    '90d',
    "I don't have a range since october, so this is 90d.",
  ]);
  expect(said('how was tao in october')).toEqual([
    'chart',
    'tao',
    '90d',
    'I show ranges, not single months: this is 90d.',
  ]);
  expect(said('tao price on 3 march 2025')).toEqual([
    'chart',
    'tao',
    '1y',
    'I show ranges, not single days: this is 1y. I go back 12 months at most.',
  ]);
});

it('a year is past or to come by the day on which somebody asks', () => {
  const about = (text: string, day: string) =>
    read(text, Date.parse(day)).args['about'] ?? read(text, Date.parse(day)).command;
  expect(about('tao price in 2027', '2026-11-29')).toBe('prediction');
  expect(about('tao price in 2027', '2028-02-01')).toBe('chart');
  expect(about('tao price in 2028', '2028-02-01')).toBe('chart');
});
