// What a fallback cannot do is said: coins that it does not have, limits that come with status 200, and nothing for ever.
import { afterEach, expect, it } from 'vitest';
import { MINUTE, openScene, reasonOf, tao } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { askFor } from './ask.ts';
import { HOUR } from '../../../src/base/clock.ts';

let scene: Scene;
afterEach(() => scene.close());

const NEAR = { id: 'near', symbol: 'NEAR', name: 'NEAR Protocol' };
const TAO = { id: 'bittensor', symbol: 'TAO', name: 'Bittensor', symbols: { kraken: 'TAOUSD', coinbase: 'TAO-USD' } };

it.each(['EGeneral:Too many requests', 'EAPI:Rate limit exceeded', 'EGeneral:Temporary lockout'])(
  'Kraken says "%s" with status 200: it is left alone for a minute and then asked again',
  async (error) => {
    scene = await openScene({ fallbacks: ['kraken'] });
    await tao(scene.market);
    await scene.gecko.down();
    scene.clock.now += 10 * MINUTE;
    scene.others.kraken.fault = { kind: 'body', body: JSON.stringify({ error: [error] }) };
    await tao(scene.market);
    expect(scene.market.status().pauses).toContainEqual(
      expect.objectContaining({ source: 'kraken', leftMs: MINUTE, reason: 'Kraken is rate-limiting us' }),
    );
    scene.others.kraken.fault = null;
    scene.clock.now += MINUTE - 1;
    await tao(scene.market);
    expect(scene.others.kraken.calls).toHaveLength(1);
    scene.clock.now += MINUTE;
    expect((await tao(scene.market)).source.id).toBe('kraken');
  },
);

it('an error of Kraken that is neither a limit nor an unknown pair is a failure of Kraken', async () => {
  scene = await openScene({ fallbacks: ['kraken'] });
  await scene.gecko.down();
  scene.others.kraken.fault = { kind: 'body', body: JSON.stringify({ error: ['EService:Unavailable'] }) };
  await reasonOf(scene.market);
  expect(scene.market.status().sources[1]).toMatchObject({
    id: 'kraken',
    state: 'cooling',
    lastError: 'Kraken answered with an error',
  });
});

it('coins that no fallback has are named once in the log and in the status, and on the card', async () => {
  scene = await openScene({ fallbacks: ['kraken'], coins: [TAO, NEAR] });
  expect(scene.market.status().withoutFallback).toEqual(['near']);
  expect(scene.log.count('no fallback source prices these coins')).toBe(1);
  await tao(scene.market);
  await scene.gecko.down();
  scene.clock.now += 10 * MINUTE;
  const results = await scene.market.quotes(['near', 'bittensor', 'coin-7'], 'usd');
  expect(results.get('near')).toMatchObject({
    quote: { source: { id: 'coingecko' } },
    trouble: 'no other source prices this coin',
  });
  expect(results.get('bittensor')).not.toHaveProperty('trouble');
  expect(results.get('coin-7')).toEqual({
    quote: null,
    reason: 'CoinGecko could not be reached; no other source prices this coin',
  });
});

it('nothing is said of other sources where none is configured', async () => {
  scene = await openScene();
  await scene.gecko.down();
  expect(await reasonOf(scene.market)).toBe('CoinGecko could not be reached');
  expect(scene.market.status().withoutFallback).toEqual([]);
});

it('a coin that its fallback no longer knows is said to be without one, and asked for again after an hour', async () => {
  scene = await openScene({ fallbacks: ['kraken'] });
  await tao(scene.market);
  await scene.gecko.down();
  scene.others.kraken.prices.delete('TAOUSD');
  await askFor(scene, 20 * MINUTE);
  expect(scene.market.status().withoutFallback).toEqual(['bittensor']);
  const missed = scene.others.kraken.calls.length;
  expect(missed).toBeLessThanOrEqual(2);
  expect(scene.log.count('fallback source does not know the coin')).toBe(1);
  scene.others.kraken.prices.set('TAOUSD', 251);
  const answers = await askFor(scene, 2 * HOUR);
  expect(answers.at(-1)).toMatchObject({ price: 251, source: { id: 'kraken' } });
  expect(scene.log.count('fallback source knows the coin again')).toBe(1);
});
