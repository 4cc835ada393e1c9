// The index follows the market's list without ever being away: the old one answers until the new one is ready.
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { CoinInput } from '../../../src/content/coin-search/coin-keys.ts';
import { liveCoinIndex } from '../../../src/content/coin-search/live-coin-index.ts';
import { loadContent } from '../../../src/content/load.ts';
import { coinWorld } from '../../../src/sample/coin-world/coin-world.ts';

const { coins: PROFILED } = loadContent(new URL('../../../src/content', import.meta.url).pathname);
const TAO: CoinInput = { id: 'bittensor', symbol: 'TAO', name: 'Bittensor', rank: 34 };
const BTC: CoinInput = { id: 'bitcoin', symbol: 'BTC', name: 'Bitcoin', rank: 1 };
const WORLD: readonly CoinInput[] = [TAO, ...coinWorld().filter(({ id }) => id !== 'bittensor')];

/** A market's list that the test replaces. */
function openList(...coins: CoinInput[]) {
  const listeners: (() => void)[] = [];
  const list = { coins: coins as readonly CoinInput[], complete: false };
  const index = liveCoinIndex(PROFILED, {
    directory: () => list.coins,
    directoryComplete: () => list.complete,
    onDirectory: (listener) => void listeners.push(listener),
  });
  const replace = (next: readonly CoinInput[]) => {
    Object.assign(list, { coins: next, complete: true });
    for (const listener of listeners) listener();
  };
  return { index, replace };
}

it('what is known at the start is found at once, profiled coins with their aliases', () => {
  const { index } = openList(TAO, BTC);
  expect(index().whole).toBe(false);
  expect(index().resolve('btc')).toMatchObject({ kind: 'exact', coin: { id: 'bitcoin', profiled: false } });
  expect(index().resolve('τ')).toMatchObject({ kind: 'exact', coin: { id: 'bittensor', profiled: true, rank: 34 } });
});

it('while 18,000 coins are taken in, others have their turns and the old index answers', async () => {
  const { index, replace } = openList(TAO, BTC);
  const before = index();
  replace(WORLD);
  let turns = 0;
  while (index() === before && turns < 1000) {
    expect(index().resolve('btc')).toMatchObject({ coin: { id: 'bitcoin' } });
    await turn();
    turns += 1;
  }
  expect(turns).toBeGreaterThan(50);
  expect(index().whole).toBe(true);
  expect(index().resolve('tao-inu')).toMatchObject({ kind: 'exact', coin: { id: 'tao-inu' } });
  expect(index().resolve('tao')).toMatchObject({ kind: 'exact', coin: { id: 'bittensor' } });
});

it('a list that changes while it is taken in: the last one wins', async () => {
  const { index, replace } = openList(TAO);
  replace(WORLD);
  await turn();
  replace([TAO, { id: 'newest', symbol: 'NEWEST', name: 'Newest', rank: null }]);
  await expect.poll(() => index().resolve('newest').kind, { timeout: 30_000 }).toBe('exact');
  expect(index().resolve('bitcoin').kind).not.toBe('exact');
});
