// Shared tickers are said openly: which coin was taken, and the largest other one.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { namesakes, pickCoin } from '../../../src/app/input/coin-argument.ts';
import { coinWorld } from '../../../src/sample/coin-world/coin-world.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore({ world: coinWorld() });
  await vi.waitUntil(() => core.services.content.index().whole, { timeout: 30_000 });
}, 60_000);
afterAll(() => core.close());

const said = (text: string) => namesakes([{ text, picked: pickCoin(core.services, text) }], core.services);

it.each([
  ['tao', /^TAO is Bittensor here, not .+\.$/],
  ['btc', /^BTC is Bitcoin here, not .+\.$/],
])('%s', (text, words) => {
  expect(said(text)).toMatch(words);
});

it('a small coin that shares its ticker is said', () => {
  const picked = pickCoin(core.services, 'btc');
  if (picked.coin === null) throw new Error('no coin');
  const [small, ...others] = picked.others;
  if (small === undefined) throw new Error('no namesake');
  const turned = { coin: small, others: [picked.coin, ...others] };
  expect(namesakes([{ text: 'btc', picked: turned }], core.services)).toBe(`BTC is ${small.name} here, not Bitcoin.`);
});

it('a namesake that also has the same name is passed over: the sentence would tell nobody anything', () => {
  const coin = { id: 'pepe', symbol: 'pepe', name: 'Pepe', rank: 30 };
  const twin = { id: 'pepe-two', symbol: 'pepe', name: 'PEPE', rank: 900 };
  const other = { id: 'pepe-three', symbol: 'pepe', name: 'Pepe on Base', rank: 901 };
  const about = (others: readonly (typeof coin)[]) =>
    namesakes([{ text: 'pepe', picked: { coin, others } }], core.services);
  expect(about([twin])).toBeNull();
  expect(about([twin, other])).toBe('PEPE is Pepe here, not Pepe on Base.');
});
