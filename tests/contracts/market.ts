// What every market promises behind its port: one suite that each has to pass.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RANGES } from '../../src/base/ranges.ts';
import type { Market } from '../../src/market/market.ts';

/** A market that is not started; `coins` have a price and a history, `now` is its clock. */
export type MarketFixture = { market: Market; coins: readonly string[]; now: () => number; close(): Promise<void> };

/** Ids that nobody lists, some of them traps. */
const STRANGERS = ['no-such-coin', '__proto__', 'constructor', 'toString', '', ' ', 'a,b', 'x y', 'z'.repeat(300)];

/** @param open makes a fresh fixture for each test */
export function describeMarket(name: string, open: () => Promise<MarketFixture>): void {
  let fixture: MarketFixture;
  let market: Market;
  beforeEach(async () => {
    fixture = await open();
    market = fixture.market;
  });
  afterEach(() => fixture.close());

  const isReason = expect.stringMatching(/^\S.*[^.\s]$/) as string; // a sentence part

  describe(`${name}: quotes`, () => {
    it('gives every coin a price with a currency, a source to link, and a time that is not ahead', async () => {
      const quotes = await market.quotes(fixture.coins, 'usd');
      for (const id of fixture.coins) {
        const { quote } = quotes.get(id);
        expect(quote).toMatchObject({ coinId: id, currency: 'usd' });
        expect(quote?.price).toBeGreaterThan(0);
        expect(quote?.at).toBeLessThanOrEqual(fixture.now());
        expect(quote?.source.name).not.toBe('');
        expect(quote?.source.url).toMatch(/^https:\/\//);
      }
    });

    it('states figures as numbers or as unknown', async () => {
      const figures = [...(await market.quotes(fixture.coins, 'usd')).values()].flatMap(({ quote }) =>
        Object.values(quote ?? {}).filter((value) => typeof value === 'number'),
      );
      expect(figures.filter((value) => !Number.isFinite(value))).toEqual([]);
    });

    it('has a result for every id asked, once, and a reason where there is no price', async () => {
      const asked = [...STRANGERS, ...fixture.coins, ...fixture.coins];
      const quotes = await market.quotes(asked, 'usd');
      expect([...quotes.keys()].toSorted()).toEqual([...new Set(asked)].toSorted());
      for (const id of STRANGERS) expect(quotes.get(id)).toEqual({ quote: null, reason: isReason });
      expect(quotes.get('never-asked')).toEqual({ quote: null, reason: isReason });
      expect((await market.quotes([], 'usd')).size).toBe(0);
    });

    it('knows the same without a wait, for any number of coins', async () => {
      const asked = [...STRANGERS, ...fixture.coins];
      const quotes = await market.quotes(asked, 'usd');
      const many = Array.from({ length: 1_000 }, (_, index) => `stranger-${index}`);
      const known = market.known([...many, ...asked], 'usd');
      expect(asked.map((id) => [id, known.get(id)])).toEqual(asked.map((id) => [id, quotes.get(id)]));
      expect(known.get('stranger-999')).toEqual({ quote: null, reason: isReason });
    });

    it.each(['', 'zzz', 'USD ', '__proto__', 'constructor'])(
      'refuses the currency %j with a reason',
      async (currency) => {
        const id = fixture.coins[0] ?? '';
        expect((await market.quotes([id], currency)).get(id)).toEqual({ quote: null, reason: isReason });
        expect(market.known([id], currency).get(id)).toEqual({ quote: null, reason: isReason });
        expect(await market.history(id, currency, '7d')).toEqual({ series: null, reason: isReason });
        expect(await market.rows([id], currency)).toEqual({ rows: [], at: null });
      },
    );

    it('says the same price in another currency by the rate that it states', async () => {
      const id = fixture.coins[0] ?? '';
      const [dollars, euros] = [await market.quotes([id], 'usd'), await market.quotes([id], 'eur')];
      const { rate } = await market.rate('usd', 'eur');
      const [inDollars, inEuros] = [dollars.get(id).quote?.price ?? 0, euros.get(id).quote?.price ?? 0];
      expect(inEuros / inDollars / (rate ?? 0)).toBeCloseTo(1, 2);
    });
  });

  describe(`${name}: history`, () => {
    it.each(RANGES)('%s: ascending, positive, not ahead of the clock, from one source', async (range) => {
      for (const id of fixture.coins) {
        const { series } = await market.history(id, 'usd', range);
        expect(series).toMatchObject({ coinId: id, currency: 'usd', range });
        const points = series?.points ?? [];
        expect(points.length).toBeGreaterThan(1);
        expect(points.every(([at, price], index) => price > 0 && at > (points[index - 1]?.[0] ?? 0))).toBe(true);
        expect(points.at(-1)?.[0]).toBeLessThanOrEqual(fixture.now());
        expect(series?.at).toBeLessThanOrEqual(fixture.now());
      }
    });

    it.each(STRANGERS)('has a reason for %j', async (id) => {
      expect(await market.history(id, 'usd', '7d')).toEqual({ series: null, reason: isReason });
    });
  });

  describe(`${name}: rows and rates`, () => {
    it('rows are of the coins that have a price; `at` is the oldest of them', async () => {
      const { rows, at } = await market.rows([...fixture.coins, ...STRANGERS], 'usd');
      expect(rows.map(({ id }) => String(id)).toSorted()).toEqual(fixture.coins.toSorted());
      const quotes = [...(await market.quotes(fixture.coins, 'usd')).values()];
      expect(at).toBe(Math.min(...quotes.flatMap(({ quote }) => quote?.at ?? [])));
      expect(await market.rows([], 'usd')).toEqual({ rows: [], at: null });
    });

    it('a rate and its inverse are one, the same currency is 1, and each names its source and time', async () => {
      const [there, back, same] = [
        await market.rate('usd', 'eur'),
        await market.rate('eur', 'usd'),
        await market.rate('eur', 'eur'),
      ];
      expect((there.rate ?? 0) * (back.rate ?? 0)).toBeCloseTo(1, 9);
      expect(same.rate).toBe(1);
      if (there.rate === null) throw new Error(there.reason);
      expect(there.at).toBeLessThanOrEqual(fixture.now());
      expect(there.source.url).toMatch(/^https:\/\//);
    });

    it.each(['', 'zzz', '__proto__', 'constructor'])('has a reason for the currency %j', async (currency) => {
      expect(await market.rate('usd', currency)).toEqual({ rate: null, reason: isReason });
      expect(await market.rate(currency, 'usd')).toEqual({ rate: null, reason: isReason });
    });

    it('all its currencies are lower case and single, the dollar among them', () => {
      const currencies = market.currencies();
      expect(currencies).toContain('usd');
      expect(currencies).toEqual(currencies.map((currency) => currency.toLowerCase()));
      expect(new Set(currencies).size).toBe(currencies.length);
    });
  });

  describe(`${name}: directory, status, life`, () => {
    it('knows its coins by name, each once, in the same array until it changes', () => {
      const list = market.directory();
      expect(market.directory()).toBe(list);
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
      expect(list.map(({ id }) => id)).toEqual(expect.arrayContaining([...fixture.coins]));
    });

    it('names its sources, its pace and its troubles', async () => {
      await market.quotes(fixture.coins, 'usd');
      const status = market.status();
      expect(status.sources[0]).toMatchObject({ state: 'ok', lastSuccessAt: expect.any(Number) as number });
      expect(status.refreshMs).toBeGreaterThanOrEqual(0);
      expect(status.credits.projected).toBeGreaterThanOrEqual(status.credits.used);
      expect(status.pauses).toEqual([]);
      const none = { open: 0, oldestMs: 0 };
      expect(status.doubts).toEqual({ prices: none, rates: none });
    });

    it('starts twice and closes twice', async () => {
      market.start();
      market.start();
      await market.close();
      await expect(market.close()).resolves.toBeUndefined();
    });
  });
}
