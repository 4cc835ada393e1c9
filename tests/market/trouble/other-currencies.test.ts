// CoinGecko is down: a fallback's dollars and an exchange rate make a price in every currency, and both are named.
import { afterEach, expect, it } from 'vitest';
import { CURRENCIES } from '../../../src/market/currencies.ts';
import { MINUTE, openScene, START, tao } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { HOUR } from '../../../src/base/clock.ts';

let scene: Scene;
afterEach(() => scene.close());

it('euros are as fresh as dollars, by a rate with a source and an age of its own', async () => {
  scene = await openScene({ fallbacks: ['coinpaprika'] });
  await tao(scene.market, 'eur');
  await scene.gecko.down();
  scene.others.setTao(255);
  scene.clock.now += 2 * HOUR;
  const quote = await tao(scene.market, 'eur');
  expect(quote).toMatchObject({
    price: expect.closeTo(255 * 0.86, 6) as number,
    currency: 'eur',
    at: scene.clock.now - 5_000,
    source: { id: 'coinpaprika' },
    converted: { from: 'usd', rate: expect.closeTo(0.86, 9) as number, at: START, source: { id: 'coingecko' } },
    change24h: null, // a change in dollars is none in euros
    high24h: null,
  });
  expect(quote.marketCap).toBeCloseTo(255 * 1.1e7 * 0.86, 0);
  expect(await tao(scene.market, 'usd')).toMatchObject({ price: 255, change24h: 2.5 });
  expect((await tao(scene.market, 'usd')).converted).toBeUndefined();
});

it('in every currency that CoinGecko has a rate for', async () => {
  scene = await openScene({ fallbacks: ['kraken'] });
  await tao(scene.market, 'eur'); // reads the rates
  await scene.gecko.down();
  scene.clock.now += 10 * MINUTE;
  for (const currency of CURRENCIES) {
    const { price, source, converted } = await tao(scene.market, currency);
    expect(source.id).toBe('kraken');
    expect(price).toBeCloseTo(250.28 * (converted?.rate ?? 1), 9);
  }
});

it('a rate in doubt makes no price, and neither does one of last week', async () => {
  scene = await openScene({ fallbacks: ['kraken'] });
  await tao(scene.market, 'jpy');
  scene.gecko.rates.set('jpy', 300);
  scene.clock.now += MINUTE;
  await tao(scene.market, 'jpy');
  scene.clock.now += 10 * MINUTE;
  expect(await tao(scene.market, 'jpy')).toMatchObject({ source: { id: 'coingecko' } });
  await scene.gecko.down();
  scene.clock.now += 8 * 24 * HOUR;
  expect(await tao(scene.market, 'jpy')).toMatchObject({ source: { id: 'coingecko' } });
});

it('a fallback far from the last price in that currency is refused as in dollars', async () => {
  scene = await openScene({ fallbacks: ['kraken'] });
  await tao(scene.market, 'eur');
  await scene.gecko.down();
  scene.others.setTao(300);
  scene.clock.now += 10 * MINUTE;
  expect(await tao(scene.market, 'eur')).toMatchObject({ source: { id: 'coingecko' } });
});

it('the fake takes every currency that the real one takes', async () => {
  scene = await openScene();
  for (const currency of CURRENCIES) {
    const answer = await fetch(`${scene.gecko.url}/coins/markets?vs_currency=${currency}&ids=bittensor`);
    expect([currency, answer.status]).toEqual([currency, 200]);
  }
  const listed = await fetch(`${scene.gecko.url}/simple/supported_vs_currencies`);
  expect(((await listed.json()) as string[]).toSorted()).toEqual(CURRENCIES.toSorted());
});
