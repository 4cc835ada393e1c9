// What stands beside a price: its source, its age, every doubt, and the exchange rate behind it.
import { expect, it } from 'vitest';
import type { Block } from '../../../src/app/card.ts';
import {
  figures,
  headline,
  originWords,
  shortFigures,
  sourceLine,
  supplyText,
  toneOf,
} from '../../../src/app/blocks/quote.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { createSampleMarket } from '../../../src/sample/market.ts';
import type { Quote } from '../../../src/market/market.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const KRAKEN = { id: 'kraken', name: 'Kraken', url: 'https://www.kraken.com' } as const;
const COINGECKO = { id: 'coingecko', name: 'CoinGecko', url: 'https://www.coingecko.com' } as const;

async function quote(patch: Partial<Quote>): Promise<Quote> {
  const market = createSampleMarket({
    coins: [{ id: 'bittensor', symbol: 'TAO', name: 'Bittensor' }],
    now: () => Date.UTC(2026, 8, 18, 12),
  });
  const found = (await market.quotes(['bittensor'], 'usd')).get('bittensor').quote;
  if (found === null) throw new Error('no sample');
  return { ...found, source: KRAKEN, at: NOW - 5_000, ...patch };
}

const words = (blocks: Block[]) =>
  plainText({ kind: 'coin', outcome: 'ok', tone: 'info', title: '', blocks }).replaceAll(/\s+/g, ' ');

const CONVERTED = { from: 'usd', rate: 0.86, at: NOW - 3 * 3_600_000, source: COINGECKO };

it.each([
  [{}, {}, 'updated 5 s ago'],
  [{ unconfirmed: true }, {}, 'updated 5 s ago · unconfirmed: another source disagreed'],
  [{}, { checking: true }, 'updated 5 s ago · checking a newer price'],
  [{}, { trouble: 'no other source prices this coin' }, 'updated 5 s ago · no other source prices this coin'],
] as const)('%o %o', async (patch, more, expected) => {
  const result = { quote: await quote(patch), checking: false, ...more };
  expect(words(sourceLine(result, { locale: 'en', now: NOW }))).toContain(expected);
});

it('a converted price names the rate, its source and its age', async () => {
  const converted = await quote({ currency: 'eur', converted: CONVERTED });
  const line = words(sourceLine({ quote: converted, checking: false }, { locale: 'en', now: NOW }));
  expect(line).toContain('Price data by Kraken');
  expect(line).toMatch(/converted from USD, rate by CoinGecko.*, 3 h ago/);
  expect(originWords(converted, NOW)).toBe('Kraken, 5 s ago, rate by CoinGecko, 3 h ago');
  expect(originWords(await quote({ unconfirmed: true }), NOW)).toBe('Kraken, 5 s ago, unconfirmed');
});

it('the supply is said with its cap while it is young, and not at all when it is old or unknown', async () => {
  const view = { locale: 'en', now: NOW };
  const young = await quote({ circulatingSupply: 10_900_000 });
  expect(supplyText(young, 21_000_000, view)).toBe('10.9M of at most 21M');
  expect(supplyText(young, null, view)).toBe('10.9M');
  expect(supplyText({ ...young, at: NOW - 25 * 3_600_000 }, 21_000_000, view)).toBeNull();
  expect(supplyText({ ...young, circulatingSupply: null }, 21_000_000, view)).toBeNull();
});

it('a number older than a day states no change, no range of the day and no direction, and says that it is old', async () => {
  const DAY = 24 * 3_600_000;
  const view = { locale: 'en', now: NOW };
  const all = async (at: number) => {
    const result = { quote: await quote({ at }), checking: false };
    const fields = [...figures(result.quote, view), ...shortFigures(result.quote, view)];
    return {
      said: words([headline(result, view), { kind: 'fields', fields }, ...sourceLine(result, view)]),
      tone: toneOf(result.quote, NOW),
    };
  };
  const young = await all(NOW - DAY + 60_000);
  expect(young.said).toMatch(/past 24 h.*24 h range: .*7 d: /);
  expect(young.tone).toBe('up');
  const old = await all(NOW - DAY - 60_000);
  expect(old.said).not.toMatch(/▲|▼|past 24 h|24 h range|24 h: |7 d|30 d/);
  expect(old.said).toContain('⚠ old data');
  expect(old.tone).toBe('info');
});
