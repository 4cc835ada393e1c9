// Figures for `/metrics`: what prices wait for is there while it lasts, and gone with it.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { gauges } from '../../src/wiring/health/gauges.ts';
import { openTestCore, type TestCore } from '../fakes/core.ts';

let test: TestCore;
let now = Date.parse('2026-11-22T10:00:00Z');
beforeEach(async () => {
  test = await openTestCore({ now: () => now });
});
afterEach(() => test.close());

/** Values by name and labels. */
async function read(name: string): Promise<Record<string, number>> {
  const samples = gauges(test, [], () => now);
  const wanted = samples.filter((sample) => sample.name === name);
  return Object.fromEntries(wanted.map(({ labels, value }) => [Object.values(labels ?? {}).join(' '), value]));
}

const ask = () => test.services.market.quotes(['bittensor'], 'usd');
const rate = () => test.services.market.rate('usd', 'ars');

it('open pauses by endpoint, with the seconds left', async () => {
  await ask();
  test.gecko.broken.add('/exchange_rates');
  await rate();
  expect(await read('taobot_source_pause_seconds')).toEqual({ 'coingecko rates': 30 });
  now += 30_000;
  expect(await read('taobot_source_pause_seconds')).toEqual({});
});

it('doubts and the age of the oldest', async () => {
  await ask();
  await rate();
  expect(await read('taobot_doubts')).toEqual({ prices: 0, rates: 0 });
  test.gecko.set('bittensor', { price: 300 });
  test.gecko.rates.set('ars', 9_999);
  now += 20 * 60_000;
  await ask();
  await rate();
  expect(await read('taobot_doubts')).toEqual({ prices: 1, rates: 1 });
  now += 90_000;
  expect(await read('taobot_oldest_doubt_seconds')).toEqual({ prices: 90, rates: 90 });
});

it('the age of the prices themselves, by class, and of a source that fails', async () => {
  await ask();
  const young = await read('taobot_price_age_seconds');
  expect(Object.keys(young)).toEqual(['first', 'profiled']);
  test.gecko.broken.add('/exchange_rates');
  await rate();
  now += 20_000;
  expect(await read('taobot_source_failing_seconds')).toEqual({ 'coingecko rates': 20 });
  const older = await read('taobot_price_age_seconds');
  for (const name of ['first', 'profiled']) expect((older[name] ?? 0) - (young[name] ?? 0), name).toBeCloseTo(20);
});
