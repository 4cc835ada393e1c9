// The coin world itself: always the same, of real size, with every collision that it is there for.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { builtinCoins } from '../../src/market/directory/builtin-coins.ts';
import { sampleCoins } from '../../src/sample/coins.ts';
import { coinWorld } from '../../src/sample/coin-world/coin-world.ts';
import { WORDS } from '../../src/sample/coin-world/table.ts';

const world = coinWorld();
const tickers = Map.groupBy(world, ({ symbol }) => symbol);
const names = new Set(world.map(({ name }) => name));
const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

describe('the same at every run', () => {
  it('twice the same, and the same as when it was written', () => {
    expect(hash(coinWorld())).toBe(hash(world));
    // Changes with the tables behind it: the built-in coins, the currencies, the words.
    expect(hash(world.map(({ id, symbol, name, rank }) => [id, symbol, name, rank]))).toBe('c1c1f0d4a7098264');
  });
});

describe('of real size', () => {
  it('18,000 coins, each id once, in the order of ids', () => {
    const ids = world.map(({ id }) => id);
    expect(ids).toHaveLength(18_000);
    expect(ids.every((id, at) => at === 0 || (ids[at - 1] ?? '') < id)).toBe(true);
  });

  it('ranks 1 to 300 once each; the figures of the 60 largest are those of the samples', () => {
    const ranked = world.filter(({ rank }) => rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
    expect(ranked.map(({ rank }) => rank)).toEqual(Array.from({ length: 300 }, (_, at) => at + 1));
    const samples = sampleCoins(() => null);
    for (const { id, price } of ranked.slice(0, 60)) expect(price).toBe(samples.get(id)?.price);
    expect(world.every(({ price, supply }) => price > 0 && price < 1e15 && supply > 0)).toBe(true);
  });

  it('tickers are as long and as often shared as in the real list', () => {
    const share = (fits: (length: number) => boolean) =>
      world.filter(({ symbol }) => fits(symbol.length)).length / 18_000;
    expect(share((length) => length >= 2 && length <= 6)).toBeGreaterThan(0.85);
    expect(share((length) => length > 6)).toBeGreaterThan(0.05);
    const repeated = 1 - tickers.size / world.length;
    expect(repeated).toBeGreaterThan(0.2);
    expect(repeated).toBeLessThan(0.3);
  });
});

describe('every collision is there', () => {
  it.each(Object.entries(WORDS))('%s are tickers', (_group, words) => {
    expect(words.filter((word) => !tickers.has(word))).toEqual([]);
  });

  it.each(['Test', 'Gm', 'Berlin', 'Am', 'Stake', '1d'])('"%s" is the whole name of a coin', (name) => {
    expect(names).toContain(name);
  });

  it.each(['tao', 'btc', 'eth'])('%s has five namesakes or more', (ticker) => {
    expect(tickers.get(ticker)?.length).toBeGreaterThanOrEqual(6);
  });

  it('tickers that 40 coins share', () => {
    expect([...tickers.values()].filter((coins) => coins.length >= 40).length).toBeGreaterThanOrEqual(3);
  });

  it.each(
    `Bitcoin Cash,Internet Computer,Wrapped Bitcoin,Ethereum Classic,USD Coin,Bitcoin SV,Terra Luna Classic,Shiba Inu,Pepe Classic,Tao Inu`.split(
      ',',
    ),
  )('a coin called %s', (name) => {
    expect(names).toContain(name);
  });

  it.each([
    ['Cyrillic', /\p{Script=Cyrillic}/u],
    ['Chinese', /\p{Script=Han}/u],
    ['Korean', /\p{Script=Hangul}/u],
    ['Arabic', /\p{Script=Arabic}/u],
    ['Thai', /\p{Script=Thai}/u],
    ['emoji', /\p{Extended_Pictographic}/u],
  ])('names in %s', (_script, letters) => {
    expect(world.some(({ symbol, name }) => letters.test(symbol) && letters.test(name))).toBe(true);
  });

  it.each([
    ['$', /^\$/],
    ['a dot', /\./],
    ['a dash', /-/],
    ['an underscore', /_/],
    ['digits only', /^\d+$/],
    ['one letter', /^[a-z]$/],
    ['more than 20 letters', /^.{21,}$/],
  ])('tickers with %s', (_form, form) => {
    expect(world.filter(({ symbol }) => form.test(symbol)).length).toBeGreaterThan(0);
  });

  it('ids of 90 characters', () => {
    expect(world.filter(({ id }) => id.length === 90).length).toBeGreaterThan(0);
  });

  it('all built-in coins', () => {
    const ids = new Set(world.map(({ id }) => id));
    expect(builtinCoins().filter(({ id }) => !ids.has(id))).toEqual([]);
  });
});
