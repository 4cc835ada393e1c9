// Price glitches on record and invented ones, played through the whole market: none may be shown or stored.
import { afterEach, expect, it } from 'vitest';
import type { FakeRow } from '../../fakes/market/coingecko.ts';
import { MINUTE, openScene, reasonOf, tao } from '../scene.ts';
import type { Scene } from '../scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const times = (factor: number, only?: string) => (rows: FakeRow[]) =>
  rows.map((row) =>
    only !== undefined && row.id !== only ? row : { ...row, current_price: row.current_price * factor },
  );

/** Every price that lies in the memory, in dollars, of the coin. */
function stored(id: string): number[] {
  return [...scene.memory.rows.values()]
    .filter((row) => row.key === `quote:usd:${id}`)
    .map((row) => (JSON.parse(row.json) as { quote: { price: number } }).quote.price);
}

/** Asks every minute while the glitch lasts; all prices shown. */
async function watch(
  minutes: number,
  factorAt: (minute: number) => (rows: FakeRow[]) => unknown,
): Promise<Set<number>> {
  const shown = new Set<number>();
  for (let minute = 1; minute <= minutes; minute++) {
    scene.clock.now += MINUTE;
    scene.gecko.glitch = factorAt(minute);
    shown.add((await tao(scene.market)).price);
    for (const price of stored('bittensor')) shown.add(price);
  }
  return shown;
}

it('December 2021: everything ×17,000,000 with the stablecoins, then ×0.01, is neither shown nor stored', async () => {
  scene = await openScene();
  await tao(scene.market);
  const shown = await watch(110, (minute) => times(minute <= 90 ? 17_000_000 : 0.01));
  expect([...shown]).toEqual([250.28]);
  expect(stored('usd-coin')).toEqual([0.9998]);
  expect(scene.market.status().sources[0]?.lastError).toBe('CoinGecko sends implausible prices');
  scene.gecko.glitch = null;
  scene.gecko.set('bittensor', { price: 252 });
  scene.clock.now += 10 * MINUTE; // the longest pause after failures
  expect((await tao(scene.market)).price).toBe(252);
});

it('the same glitch at the very first poll shows no price at all', async () => {
  scene = await openScene();
  // Every figure in money is wrong by the same factor, so no row contradicts itself: only the stablecoins tell.
  scene.gecko.glitch = (rows) =>
    rows.map((row) => ({
      ...row,
      ...(Object.fromEntries(
        ['current_price', 'high_24h', 'low_24h', 'market_cap'].map((key) => [key, Number(row[key]) * 17_000_000]),
      ) as Partial<FakeRow>),
      sparkline_in_7d: null,
    }));
  expect(await reasonOf(scene.market)).toBe('CoinGecko sends implausible prices');
  expect(scene.memory.rows.size).toBe(0);
});

it.each([10, 1.5, 1 / 1000])(
  'one coin ×%d for an hour is never shown, with and without a second source',
  async (factor) => {
    scene = await openScene({ fallbacks: ['kraken'] });
    await tao(scene.market);
    expect([...(await watch(60, () => times(factor, 'bittensor')))]).toEqual([250.28]);
  },
);

it.each([10, 1 / 1000])('one coin ×%d without any second source is never shown', async (factor) => {
  scene = await openScene();
  await tao(scene.market);
  expect([...(await watch(120, () => times(factor, 'bittensor')))]).toEqual([250.28]);
  expect((await tao(scene.market)).checking).toBe(true);
});

it('a sign flip, a frozen zero and an old trade between fresh ones change nothing', async () => {
  scene = await openScene();
  await tao(scene.market);
  const old = (rows: FakeRow[]) =>
    rows.map((row) => ({
      ...row,
      current_price: 200,
      last_updated: new Date(scene.clock.now - 3_600_000).toISOString(),
    }));
  const ahead = (rows: FakeRow[]) => rows.map((row) => ({ ...row, last_updated: '2099-01-01T00:00:00.000Z' }));
  const faults = [times(-1, 'bittensor'), times(0, 'bittensor'), old, ahead];
  expect([...(await watch(20, (minute) => faults[minute % 4] ?? old))]).toEqual([250.28]);
});

it('a true fall of 60 % confirmed by a second source shows within two polls', async () => {
  scene = await openScene({ fallbacks: ['coinpaprika', 'kraken', 'coinbase'] });
  await tao(scene.market);
  scene.gecko.set('bittensor', { price: 100.11, change24h: -60 });
  scene.others.setTao(100.4);
  const shown: number[] = [];
  for (let index = 0; index < 2; index++) {
    scene.clock.now += MINUTE;
    shown.push((await tao(scene.market)).price);
  }
  expect(shown).toContain(100.11);
  expect(stored('bittensor')).toEqual([100.11]);
});

it('a true fall of 60 % seen by one source alone shows at the third poll, and is marked as being checked before', async () => {
  scene = await openScene();
  await tao(scene.market);
  scene.gecko.set('bittensor', { price: 100.11 });
  const seen: [number, boolean][] = [];
  for (let index = 0; index < 3; index++) {
    scene.clock.now += MINUTE;
    const { price, checking } = await tao(scene.market);
    seen.push([price, checking]);
  }
  expect(seen).toEqual([
    [250.28, true],
    [250.28, true],
    [100.11, false],
  ]);
});

it('a market that loses a third at once is believed when second sources stand by bitcoin', async () => {
  scene = await openScene({ fallbacks: ['kraken'] });
  await tao(scene.market);
  scene.gecko.set('bitcoin', { price: 50_000 });
  scene.gecko.set('bittensor', { price: 150 });
  scene.others.setTao(150.1);
  scene.others.kraken.prices.set('XBTUSD', 50_100);
  scene.clock.now += MINUTE;
  expect((await tao(scene.market)).price).toBe(150);
});

it('sources that disagree: ours is held back, and after 15 minutes the other one shows under its own name', async () => {
  scene = await openScene({ fallbacks: ['kraken'] });
  await tao(scene.market);
  scene.gecko.glitch = times(1.4, 'bittensor');
  const sources = new Set<string>();
  for (let minute = 0; minute < 60; minute++) {
    scene.clock.now += MINUTE;
    const quote = await tao(scene.market);
    expect(quote.price).toBe(250.28);
    sources.add(quote.source.name);
  }
  expect([...sources]).toEqual(['CoinGecko', 'Kraken']);
});
