// A database that hangs keeps no answer waiting, and what it remembers does not undo what is newer.
import { afterEach, expect, it } from 'vitest';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createQuoteCache } from '../../src/market/quote-cache.ts';
import { MINUTE, openScene, type Scene, START, tao } from './scene.ts';

const EXTRA = {
  image: null,
  fully_diluted_valuation: null,
  price_change_24h: null,
  market_cap_change_24h: null,
  market_cap_change_percentage_24h: null,
  atl: null,
  atl_change_percentage: null,
  atl_date: null,
};
let scene: Scene;
afterEach(() => scene.close());

it('answers while the remembered prices are still being read', async () => {
  scene = await openScene();
  const reading = Promise.withResolvers<never[]>();
  const market = scene.reopen({ memory: { ...scene.memory, loadQuotes: () => reading.promise } });
  const asked = tao(market);
  scene.patience.pass(600); // half of the time that an answer may take
  expect((await asked).price).toBe(250.28);
  expect((await market.history('bittensor', 'usd', '30d')).series).not.toBeNull();
  expect(await market.rate('usd', 'eur')).toHaveProperty('source');
  reading.resolve([]);
});

it('what comes in late does not replace a newer price', async () => {
  scene = await openScene();
  await tao(scene.market);
  await scene.market.close();
  const saved = await scene.memory.loadQuotes();
  const reading = Promise.withResolvers<typeof saved>();
  const market = scene.reopen({ memory: { ...scene.memory, loadQuotes: () => reading.promise } });
  scene.clock.now += 10 * MINUTE;
  scene.gecko.set('bittensor', { price: 251 });
  const asked = tao(market);
  scene.patience.pass(600);
  expect((await asked).price).toBe(251);
  reading.resolve(saved);
  for (let turns = 0; turns < 50; turns++) await nextTurn(); // everything remembered is in by then
  expect((await tao(market)).price).toBe(251);
  expect(scene.gecko.count('/coins/markets')).toBe(2);
});

it('keeps a bounded number of quotes, those asked for lately, in memory and over restarts', async () => {
  scene = await openScene();
  const { quote } = (await scene.market.quotes(['bittensor'], 'usd')).get('bittensor');
  if (quote === null) throw new Error('no quote');
  const now = () => START;
  const cache = createQuoteCache({ memory: scene.memory, now });
  const entry = (number: number) => ({
    quote: { ...quote, coinId: `coin-${number}`, at: START + number },
    sourceAt: START + number,
    extra: EXTRA,
    seenAt: START,
  });
  for (let number = 0; number < 20_000; number += 100)
    cache.put(
      Array.from({ length: 100 }, (_, at) => entry(number + at)),
      (id) => Number(id.slice(5)) >= 14_000,
    );
  const held = (of: typeof cache) => [0, 14_999, 15_000, 19_999].map((id) => of.get('usd', `coin-${id}`) !== null);
  expect(held(cache)).toEqual([false, false, true, true]);
  await cache.flush();
  const later = createQuoteCache({ memory: scene.memory, now });
  await later.load((await scene.memory.loadQuotes()).toReversed());
  expect(held(later)).toEqual([false, false, true, true]);
});
