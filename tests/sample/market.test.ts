// The demonstration market: complete, always equal, labelled as what it is.
import { expect, it } from 'vitest';
import { builtinCoins } from '../../src/market/directory/builtin-coins.ts';
import { RANGES } from '../../src/base/ranges.ts';
import { createSampleMarket } from '../../src/sample/market.ts';

const coins = ['bittensor', 'render-token', 'fetch-ai', 'near', 'internet-computer', 'akash-network', 'the-graph'];
const refs = [...coins, 'virtual-protocol', 'worldcoin-wld'].map((id) => ({ id, symbol: id.toUpperCase(), name: id }));
const AT = Date.parse('2026-11-28T12:00:00Z');
const now = () => AT + 60_000;
const market = createSampleMarket({ coins: refs, now });

it('every profiled coin has a quote and every range, as of now and named as sample data', async () => {
  const quotes = await market.quotes(
    refs.map((ref) => ref.id),
    'usd',
  );
  for (const [id, { quote }] of quotes) {
    expect(quote).toMatchObject({ at: AT, source: { id: 'sample', name: 'sample data' } });
    for (const range of RANGES) {
      const { series } = await market.history(id, 'usd', range);
      expect(series?.points.at(-1)).toEqual([AT, expect.closeTo(quote?.price ?? 0, 9)]);
      expect(series?.points.every(([, price]) => price > 0)).toBe(true);
    }
    expect(quote?.low24h).toBeLessThanOrEqual(quote?.price ?? 0);
  }
});

it('TAO, in other currencies too, and the same at every start', async () => {
  const again = createSampleMarket({ coins: refs, now });
  expect((await market.quotes(['bittensor'], 'usd')).get('bittensor')?.quote?.price).toBe(250.28);
  expect(await again.history('bittensor', 'eur', '7d')).toEqual(await market.history('bittensor', 'eur', '7d'));
  expect((await market.quotes(['nothing'], 'usd')).get('nothing')).toMatchObject({ quote: null });
  expect(await market.rate('usd', 'eur')).toMatchObject({ rate: 0.86, at: AT });
});

it('the sixty largest coins have figures that agree with their ranks', async () => {
  const largest = builtinCoins().slice(0, 60);
  const whole = createSampleMarket({ coins: refs, directory: builtinCoins(), now });
  const quotes = await whole.quotes(
    largest.map(({ id }) => id),
    'usd',
  );
  let smallest = Infinity;
  for (const { id, rank } of largest) {
    const quote = quotes.get(id)?.quote;
    expect(quote).toMatchObject({ rank, at: AT, source: { name: 'sample data' } });
    expect(quote?.price).toBeGreaterThan(0);
    expect(quote?.price).toBeLessThanOrEqual(quote?.ath ?? 0);
    expect(Number.isFinite(quote?.athAt)).toBe(true);
    expect(quote?.marketCap).toBeLessThanOrEqual(smallest);
    smallest = quote?.marketCap ?? 0;
    expect((await whole.history(id, 'eur', '1y')).series?.points).toHaveLength(365);
  }
});

it('the directory: profiled coins, then the largest, each once', () => {
  const whole = createSampleMarket({ coins: refs, directory: builtinCoins(), now }).directory();
  expect(whole.slice(0, 9).map(({ id }) => id)).toEqual(refs.map(({ id }) => id));
  expect(whole[9]).toEqual({ id: 'bitcoin', symbol: 'BTC', name: 'Bitcoin', rank: 1 });
  expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
});

it('the clock of the samples runs: figures stay, their time is always now', async () => {
  let passed = 0;
  const running = createSampleMarket({ coins: refs, now: () => AT + passed });
  const first = (await running.quotes(['bittensor'], 'usd')).get('bittensor').quote;
  passed = 71 * 86_400_000 + 299_000;
  const later = (await running.quotes(['bittensor'], 'usd')).get('bittensor').quote;
  expect(later).toEqual({ ...first, at: AT + 71 * 86_400_000 });
  expect((await running.history('bittensor', 'usd', '24h')).series?.points.at(-1)?.[0]).toBe(AT + 71 * 86_400_000);
});

it('from the start on it grows to the 18,000 coins of the world, each once; the priced ones keep their places', async () => {
  const whole = createSampleMarket({ coins: refs, directory: builtinCoins(), now });
  const before = whole.directory();
  expect(whole.directoryComplete()).toBe(false);
  await new Promise<void>((resolve) => {
    whole.onDirectory(resolve);
    whole.start();
  });
  expect(whole.directoryComplete()).toBe(true);
  expect(whole.directory().slice(0, before.length)).toEqual(before);
  const ids = new Set(whole.directory().map(({ id }) => id));
  expect(ids.size).toBe(whole.directory().length);
  expect(ids.size).toBeGreaterThanOrEqual(18_000);
  const unpriced = whole.directory().at(-1)?.id ?? '';
  expect((await whole.quotes([unpriced], 'usd')).get(unpriced)).toMatchObject({ quote: null });
  await whole.close();
});
