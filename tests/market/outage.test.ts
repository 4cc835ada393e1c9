// Outages and restarts: the last good price stays, with its true age, and nobody waits long.
import * as fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { Fault } from '../fakes/server.ts';
import { MINUTE, openScene, reasonOf, START, tao } from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const FAULTS: readonly [Fault, string][] = [
  [{ kind: 'hang' }, 'CoinGecko did not answer in time'],
  [{ kind: 'status', status: 500 }, 'CoinGecko answered with error 500'],
  [{ kind: 'limited', retryAfter: '300' }, 'CoinGecko is rate-limiting us until 10:05 UTC'],
  [{ kind: 'html' }, 'CoinGecko sent an unreadable answer'],
  [{ kind: 'truncate' }, 'CoinGecko sent an unreadable answer'],
  [{ kind: 'reset' }, 'CoinGecko could not be reached'],
];

/** Only a far end that hangs uses the wait up. */
const patiently = <T>(fault: Fault, answer: Promise<T>) =>
  fault.kind === 'hang' ? scene.patience.outwait(answer) : answer;

it.each(FAULTS)('%o with nothing known: no number but a reason, in bounded time', async (fault, reason) => {
  scene = await openScene();
  scene.gecko.fault = fault;
  expect(await patiently(fault, reasonOf(scene.market))).toBe(reason);
  expect(await patiently(fault, scene.market.rows(['bittensor'], 'usd'))).toEqual({ rows: [], at: null });
});

it.each(FAULTS)('%o with a value known: that value and its own time', async (fault) => {
  scene = await openScene();
  await tao(scene.market);
  scene.gecko.fault = fault;
  scene.gecko.set('bittensor', { price: 251 });
  scene.clock.now += 180 * MINUTE;
  expect(await patiently(fault, tao(scene.market))).toMatchObject({ price: 250.28, at: START - 20_000 });
});

it('a refused connection counts as any other failure', async () => {
  scene = await openScene();
  await tao(scene.market);
  await scene.gecko.down();
  scene.clock.now += 2 * MINUTE;
  expect(await tao(scene.market)).toMatchObject({ price: 250.28, at: START - 20_000 });
  await scene.gecko.up();
  scene.clock.now += MINUTE;
  expect((await tao(scene.market)).at).toBe(scene.clock.now - 20_000);
});

it('24 hours without any source, a restart at hour 12: same value, exact age, at most one probe in ten minutes', async () => {
  scene = await openScene();
  await tao(scene.market);
  scene.gecko.fault = { kind: 'status', status: 503 };
  const before = scene.gecko.count();
  let market = scene.market;
  for (let step = 0; step < 24 * 60; step++) {
    scene.clock.now += MINUTE;
    if (step === 12 * 60) market = scene.reopen();
    expect(await tao(market)).toMatchObject({ price: 250.28, at: START - 20_000, change24h: 3.6 });
  }
  expect(scene.gecko.count() - before).toBeLessThanOrEqual(24 * 6 + 12);
  scene.gecko.fault = null;
  scene.clock.now += 10 * MINUTE;
  expect((await tao(market)).at).toBe(scene.clock.now - 20_000);
});

it('whatever the outages, a shown price is a true one and never younger than the truth', async () => {
  scene = await openScene();
  const step = fc.record({
    minutes: fc.integer({ min: 1, max: 90 }),
    fault: fc.option(fc.constantFrom(...FAULTS.slice(1))),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
      const truth = new Map<number, number>();
      for (const { minutes, fault } of steps) {
        scene.clock.now += minutes * MINUTE;
        scene.gecko.fault = fault?.[0] ?? null;
        const price = 240 + ((scene.clock.now / MINUTE) % 20);
        scene.gecko.set('bittensor', { price });
        truth.set(scene.clock.now - scene.gecko.lagMs, price);
        const found = (await scene.market.quotes(['bittensor'], 'usd')).get('bittensor')?.quote;
        if (!found || !truth.has(found.at)) continue; // a value of an earlier run
        expect(found.price).toBe(truth.get(found.at));
        expect(found.at).toBeLessThanOrEqual(scene.clock.now - scene.gecko.lagMs);
      }
    }),
    { numRuns: 12, seed: 7 },
  );
});

it('a source clock that runs ahead makes nothing younger than its receipt', async () => {
  scene = await openScene();
  scene.gecko.lagMs = -50_000;
  expect((await tao(scene.market)).at).toBe(START);
});

it('the memory being broken costs the memory, not the answer', async () => {
  const broken = () => Promise.reject(new Error('disk full'));
  scene = await openScene({ memory: { loadQuotes: broken, saveQuotes: broken, creditsOf: broken, spend: broken } });
  expect((await tao(scene.market)).price).toBe(250.28);
});

it('damaged rows in the memory are ignored', async () => {
  scene = await openScene();
  scene.gecko.fault = { kind: 'hang' };
  for (const json of ['', '{', 'null', '{"quote":{"price":"5"}}']) {
    scene.memory.rows.set('quote:usd:bittensor', { key: 'quote:usd:bittensor', json, at: START });
    scene.memory.rows.set('rates', { key: 'rates', json, at: START });
    scene.memory.rows.set('directory', { key: 'directory', json, at: START });
    expect(await scene.patience.outwait(reasonOf(scene.reopen()))).toBe('CoinGecko did not answer in time');
  }
});

it('fallbacks in their order, named, only in dollars, never mixed with figures of CoinGecko', async () => {
  scene = await openScene({ fallbacks: ['kraken', 'coinpaprika', 'coinbase'] });
  await tao(scene.market);
  scene.gecko.fault = { kind: 'status', status: 500 };
  scene.others.setTao(255);
  scene.clock.now += 4 * MINUTE;
  expect((await tao(scene.market)).source.id).toBe('coingecko'); // not yet old
  scene.clock.now += 2 * MINUTE;
  expect(await tao(scene.market)).toMatchObject({
    price: 255,
    source: { id: 'kraken', name: 'Kraken' },
    at: scene.clock.now,
    marketCap: null,
    sparkline: null,
    name: 'Bittensor',
  });
  scene.others.kraken.fault = { kind: 'html' };
  scene.clock.now += 2 * MINUTE;
  expect(await tao(scene.market)).toMatchObject({ price: 255, change24h: 2.5, source: { name: 'CoinPaprika' } });
  scene.others.coinpaprika.fault = { kind: 'status', status: 429 };
  scene.clock.now += 2 * MINUTE;
  expect(await tao(scene.market)).toMatchObject({
    price: 255,
    at: scene.clock.now - 5_000,
    source: { name: 'Coinbase' },
  });
  scene.gecko.fault = null;
  scene.clock.now += 5 * MINUTE;
  expect(await tao(scene.market)).toMatchObject({ price: 250.28, source: { id: 'coingecko' } });
});

it('a fallback more than 10 % off a young price is refused unless two of them agree', async () => {
  scene = await openScene({ fallbacks: ['kraken', 'coinbase'] });
  await tao(scene.market);
  scene.gecko.fault = { kind: 'status', status: 500 };
  scene.others.kraken.prices.set('TAOUSD', 300);
  scene.clock.now += 6 * MINUTE;
  expect((await tao(scene.market)).source.id).toBe('coinbase');
  scene.others.coinbase.prices.set('TAO-USD', 350);
  scene.clock.now += 6 * MINUTE;
  expect((await tao(scene.market)).price).toBe(250.28);
  scene.others.coinbase.prices.set('TAO-USD', 302);
  scene.clock.now += 6 * MINUTE;
  expect((await tao(scene.market)).price).toBe(300);
});

it('fallbacks answer after half of the wait when CoinGecko hangs and nothing is known', async () => {
  scene = await openScene({ fallbacks: ['coinbase'], waitMs: 3_000, deadlineMs: 10_000 });
  scene.gecko.fault = { kind: 'hang' };
  const answer = tao(scene.market);
  await expect.poll(() => scene.patience.waiting()).toBe(2); // for CoinGecko alone, and for everybody
  scene.patience.pass(1_500);
  expect(await answer).toMatchObject({ price: 250.28, source: { id: 'coinbase' } });
});

it('closing during a hanging call takes no time and leaves no rejection', async () => {
  scene = await openScene({ waitMs: 20 });
  scene.gecko.fault = { kind: 'hang' };
  scene.market.start();
  await reasonOf(scene.market);
  await expect(scene.market.close()).resolves.toBeUndefined();
});
