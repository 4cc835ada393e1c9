// The table of the largest coins: readable, without doubles, and with every coin that has a profile.
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadContent } from '../../../src/content/load.ts';
import { builtinCoins } from '../../../src/market/directory/builtin-coins.ts';

const coins = builtinCoins();
const { coins: profiles } = loadContent(path.join(import.meta.dirname, '../../../src/content'));

it('500 coins or more, each once, with a ticker and a name', () => {
  expect(coins.length).toBeGreaterThanOrEqual(500);
  expect(new Set(coins.map(({ id }) => id)).size).toBe(coins.length);
  for (const { id, symbol, name } of coins) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(symbol).toMatch(/^\S{1,20}$/u);
    expect(symbol).toBe(symbol.toUpperCase());
    expect(name).toBe(name.trim());
    expect(name).not.toBe('');
  }
});

it('ranks count from 1 to 250, then there are none', () => {
  expect(coins.map(({ rank }) => rank)).toEqual(coins.map((_, at) => (at < 250 ? at + 1 : null)));
});

it('every profiled coin, by the ticker of its profile', () => {
  const tickers = new Map(coins.map(({ id, symbol }) => [id, symbol]));
  for (const { id, symbol } of profiles.values()) expect(tickers.get(id)).toBe(symbol);
});

it.each([
  ['bitcoin', 'BTC', 1],
  ['ethereum', 'ETH', 2],
  ['solana', 'SOL', 7],
  ['bittensor', 'TAO', 34],
  ['staked-ether', 'STETH', null],
])('%s is %s', (id, symbol, rank) => {
  expect(coins.find((coin) => coin.id === id)).toMatchObject({ symbol, rank });
});
