// What fails is left alone by itself: a broken chart, a list or a table of rates costs no price its freshness.
import { afterEach, expect, it } from 'vitest';
import { MINUTE, openScene, tao } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { askFor, callsDuring } from './ask.ts';
import { HOUR } from '../../../src/base/clock.ts';

let scene: Scene;
afterEach(() => scene.close());

const oldest = (answers: readonly { ageMs: number }[]) => Math.max(...answers.map(({ ageMs }) => ageMs));

it.each(['/market_chart', '/coins/list', '/exchange_rates'])(
  '%s broken for two hours and asked every minute: no price is older than two minutes',
  async (ending) => {
    scene = await openScene();
    scene.gecko.broken.add(ending);
    scene.market.start();
    await tao(scene.market);
    const ages: number[] = [];
    const calls = await callsDuring(scene, ending, async () => {
      for (let minute = 0; minute < 120; minute++) {
        await Promise.all([scene.market.history('bittensor', 'usd', '90d'), scene.market.rate('usd', 'eur')]);
        await scene.round(0);
        ages.push(...(await askFor(scene, MINUTE)).map(({ ageMs }) => ageMs));
      }
    });
    expect(Math.max(...ages)).toBeLessThanOrEqual(2 * MINUTE);
    expect(calls).toBeLessThanOrEqual(2 * 6 + 8); // a pause that doubles to ten minutes
  },
);

it.each([500, 422])('status %d for the chart of one coin stops that chart and nothing else', async (status) => {
  scene = await openScene();
  scene.gecko.refusals.set('/coins/coin-1/market_chart', status);
  for (let press = 0; press < 10; press++) {
    const refused = await scene.market.history('coin-1', 'usd', '30d');
    expect(refused).toEqual({ series: null, reason: `CoinGecko answered with error ${status}` });
    expect((await scene.market.history('bittensor', 'usd', '30d')).series).not.toBeNull();
    expect((await scene.market.history('coin-1', 'eur', '30d')).series).toBeNull();
    expect((await scene.market.history(`coin-${press + 2}`, 'usd', '30d')).series).not.toBeNull();
  }
  expect(scene.gecko.calls.filter(({ path }) => path.includes('coin-1/'))).toHaveLength(2); // one for each currency
  scene.gecko.refusals.clear();
  scene.clock.now += MINUTE;
  expect((await scene.market.history('coin-1', 'usd', '30d')).series).not.toBeNull();
});

it('somebody who presses again and again does not lengthen the pause', async () => {
  scene = await openScene();
  scene.gecko.refusals.set('/coins/bittensor/market_chart', 500);
  for (let second = 0; second < 60; second++) {
    await scene.market.history('bittensor', 'usd', '30d');
    scene.clock.now += 1_000;
  }
  scene.gecko.refusals.clear();
  expect((await scene.market.history('bittensor', 'usd', '30d')).series).not.toBeNull();
});

it('a refusal of one currency (422) leaves the others alone', async () => {
  scene = await openScene();
  scene.gecko.rates.delete('mmk'); // "invalid vs_currency"
  await tao(scene.market);
  for (let minute = 0; minute < 30; minute++) {
    await scene.market.quotes(['bittensor'], 'mmk');
    expect(oldest(await askFor(scene, MINUTE))).toBeLessThanOrEqual(2 * MINUTE);
  }
  expect(scene.market.status().pauses).toEqual([]);
  expect(scene.gecko.calls.filter(({ query }) => query.get('vs_currency') === 'mmk').length).toBeLessThanOrEqual(8);
});

it('one 429 without a usable Retry-After: the price is back within 65 s', async () => {
  scene = await openScene({ plan: 'demo' });
  await tao(scene.market);
  scene.clock.now += 10 * MINUTE;
  scene.gecko.fault = { kind: 'limited', retryAfter: 'soon' };
  await tao(scene.market);
  scene.gecko.fault = null;
  expect(scene.market.status().pauses).toMatchObject([{ source: 'coingecko', endpoint: null, leftMs: MINUTE }]);
  const answers = await askFor(scene, 65_000, { everyMs: 1_000 });
  expect(answers.at(-1)?.ageMs).toBeLessThanOrEqual(30_000);
  expect(scene.market.status().pauses).toEqual([]);
});

it('an open pause is named with its endpoint, its reason and its end', async () => {
  scene = await openScene();
  scene.gecko.broken.add('/exchange_rates');
  await scene.market.rate('usd', 'eur');
  expect(scene.market.status().pauses).toEqual([
    {
      source: 'coingecko',
      endpoint: 'rates',
      leftMs: 30_000,
      failingMs: 0,
      reason: 'CoinGecko answered with error 500',
    },
  ]);

  expect(scene.market.status().sources[0]).toMatchObject({ id: 'coingecko', state: 'ok' });
  scene.clock.now += HOUR;
  expect(scene.market.status().pauses).toEqual([]);
});
