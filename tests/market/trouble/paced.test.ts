// Every attempt is paced, whatever came of it: a bad feed does not burn the month.
import { afterEach, expect, it } from 'vitest';
import type { FakeRow } from '../../fakes/market/coingecko.ts';
import type { Fault } from '../../fakes/server.ts';
import { MINUTE, openScene, tao } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { askFor, callsDuring } from './ask.ts';
import { HOUR } from '../../../src/base/clock.ts';

let scene: Scene;
afterEach(() => scene.close());

/** Ten attempts an hour would be one in six minutes; a pause doubles to ten minutes, per endpoint. */
const MOST_PER_DAY = 24 * 6 + 10;

/** A day of rounds in the background. */
async function dayOfRounds(): Promise<void> {
  for (let passed = 0; passed < 24 * HOUR; passed += 30_000) await scene.round(30_000);
}

const implausible = (rows: FakeRow[]) => rows.map((row) => ({ ...row, current_price: row.current_price * 1e7 }));

it.each<[string, { glitch?: (rows: FakeRow[]) => unknown; fault?: Fault }]>([
  ['implausible prices', { glitch: implausible }],
  ['unreadable rows', { glitch: (rows) => rows.map(() => ({})) }],
  ['HTML', { fault: { kind: 'html' } }],
  ['a refused question', { fault: { kind: 'status', status: 422 } }],
])('%s for a day, nobody asks: a few calls an hour', { timeout: 60_000 }, async (_case, { glitch, fault }) => {
  scene = await openScene({ plan: 'demo' });
  await tao(scene.market);
  scene.market.start();
  scene.gecko.glitch = glitch ?? null;
  scene.gecko.fault = fault ?? null;
  expect(await callsDuring(scene, '/coins/markets', dayOfRounds)).toBeLessThanOrEqual(2 * MOST_PER_DAY);
  const others = scene.gecko.calls.length - scene.gecko.count('/coins/markets');
  expect(others).toBeLessThanOrEqual(MOST_PER_DAY);
});

it.each<[string, (rows: FakeRow[]) => FakeRow[]]>([
  ['empty', () => []],
  ['cut short', (rows) => rows.slice(0, 2)],
])('a page that is %s calls no coin unlisted: its price is there a minute later', async (_case, glitch) => {
  scene = await openScene();
  scene.gecko.glitch = glitch;
  expect((await scene.market.quotes(['bittensor'], 'usd')).get('bittensor').quote).toBeNull();
  scene.gecko.glitch = null;
  scene.clock.now += MINUTE;
  expect((await tao(scene.market)).price).toBe(250.28);
});

it('implausible prices in another currency, asked every minute: that currency is asked for less and less', async () => {
  scene = await openScene();
  await tao(scene.market, 'eur');
  scene.gecko.glitch = implausible;
  const calls = await callsDuring(scene, '/coins/markets', () => askFor(scene, 3 * HOUR, { currency: 'eur' }));
  expect(calls).toBeLessThanOrEqual(3 * 6 + 6);
});

it('coins that nobody knows, asked while CoinGecko fails: no call beside the pace', async () => {
  scene = await openScene();
  await tao(scene.market);
  scene.gecko.fault = { kind: 'status', status: 422 };
  const calls = await callsDuring(scene, '/coins/markets', async () => {
    for (let ask = 0; ask < 300; ask++) {
      scene.clock.now += 12_000;
      await scene.market.quotes([`made-up-${ask}`], 'usd');
    }
  });
  expect(calls).toBeLessThanOrEqual(12);
});

it('new coins without a pause do not buy more than their share of calls', async () => {
  scene = await openScene({ plan: 'demo' });
  await tao(scene.market);
  const calls = await callsDuring(scene, '/coins/markets', async () => {
    for (let ask = 0; ask < 2 * 360; ask++) {
      scene.clock.now += 10_000;
      await scene.market.quotes([`made-up-${ask}`], 'usd');
    }
  });
  expect(calls).toBeLessThanOrEqual(120 + 40); // once a minute, and the share of single coins
});

it('a doubt that does not end is followed up from a share of the budget', async () => {
  scene = await openScene({ plan: 'demo', fallbacks: ['kraken'] });
  await tao(scene.market);
  scene.market.start();
  scene.gecko.glitch = (rows) =>
    rows.map((row) => (row.id === 'bittensor' ? { ...row, current_price: row.current_price * 1.4 } : row));
  const calls = await callsDuring(scene, '/coins/markets', async () => {
    for (let passed = 0; passed < 24 * HOUR; passed += 30_000) {
      await scene.round(30_000);
      if (passed % (9 * MINUTE) === 0) await tao(scene.market);
    }
  });
  expect(calls).toBeLessThanOrEqual(400); // 320 a day is the even pace of the plan
});

it('a doubted price that lasts is looked at again every minute, however slow the pace of the month', async () => {
  scene = await openScene({ plan: 'demo' });
  await scene.memory.spend('coingecko', '2026-11-20', 8_500);
  await tao(scene.market);
  scene.market.start();
  await scene.round(0);
  scene.gecko.set('bittensor', { price: 250.28 * 3 });
  expect(scene.market.status().refreshMs).toBeGreaterThan(10 * MINUTE);
  await scene.round(scene.market.status().refreshMs);
  expect(await tao(scene.market)).toMatchObject({ price: 250.28, checking: true });
  const before = scene.gecko.count('/coins/markets');
  for (let minute = 0; minute < 3; minute++) await scene.round(MINUTE);
  expect(await tao(scene.market)).toMatchObject({ price: 250.28 * 3, checking: false });
  expect(scene.gecko.count('/coins/markets') - before).toBe(2);
});

it.each(['/coins/list', '/exchange_rates'])('%s refused with 422 for a day: a few calls an hour', async (ending) => {
  scene = await openScene();
  await tao(scene.market);
  scene.gecko.refusals.set(ending, 422);
  scene.market.start();
  const calls = await callsDuring(scene, ending, async () => {
    for (let passed = 0; passed < 24 * HOUR; passed += MINUTE) {
      await scene.round(MINUTE);
      await scene.market.rate('usd', 'eur');
    }
  });
  expect(calls).toBeGreaterThan(100);
  expect(calls).toBeLessThanOrEqual(MOST_PER_DAY);
});

it('the page of the largest refused with 422 for a day: a few calls an hour, and the list is not read again for it', async () => {
  scene = await openScene();
  const largest = () => scene.gecko.calls.filter(({ query }) => query.has('order')).length;
  scene.gecko.refusals.set('/coins/markets', 422);
  scene.market.start();
  for (let passed = 0; passed < 23 * HOUR; passed += MINUTE) await scene.round(MINUTE);
  expect(largest()).toBeGreaterThan(100);
  expect(largest()).toBeLessThanOrEqual(MOST_PER_DAY);
  expect(scene.gecko.count('/coins/list')).toBe(1);
});
