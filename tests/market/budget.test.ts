// The month's allowance: never exceeded however busy the chat, and used for freshness when there is some left.
import { DAY } from '../../src/base/clock.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEST_REFRESH_MS, monthOf, refreshMs, usableCalls } from '../../src/market/coingecko/call-budget.ts';
import { createCallMeter } from '../../src/market/coingecko/call-meter.ts';
import type { CallMeter } from '../../src/market/coingecko/call-meter.ts';
import type { Purpose } from '../../src/market/coingecko/call-shares.ts';
import { createMemory } from '../fakes/market/memory.ts';
import { MINUTE } from './scene.ts';

const MONTH = monthOf(Date.parse('2026-12-15T00:00:00Z'));
const at = (part: number) => MONTH.from + (MONTH.to - MONTH.from) * part;

describe('time between refreshes', () => {
  it('is never below a minute, never falls when more is used, and is infinite when all is used', () => {
    const state = fc.record({
      used: fc.nat(12_000),
      part: fc.double({ min: 0, max: 0.9999, noNaN: true }),
      calls: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(state, fc.nat(500), ({ used, part, calls }, more) => {
        const shared = { plan: 'demo' as const, now: at(part), callsPerRefresh: calls };
        const now = refreshMs({ ...shared, used });
        expect(now).toBeGreaterThanOrEqual(BEST_REFRESH_MS);
        expect(refreshMs({ ...shared, used: used + more })).toBeGreaterThanOrEqual(now);
        expect(now === Number.POSITIVE_INFINITY).toBe(used >= (usableCalls('demo') ?? 0));
      }),
      { seed: 1 },
    );
  });
  it('is a minute when the chat was quiet so far, and about the even pace when it was busy', () => {
    expect(refreshMs({ plan: 'demo', used: 500, now: at(0.5), callsPerRefresh: 1 })).toBe(BEST_REFRESH_MS);
    const even = refreshMs({ plan: 'demo', used: 4_900 + 80, now: at(0.5), callsPerRefresh: 1 });
    expect(even).toBeGreaterThan(3 * MINUTE);
    expect(even).toBeLessThan(6 * MINUTE);
    expect(refreshMs({ plan: 'pro', used: 100_000, now: at(0.5), callsPerRefresh: 1 })).toBe(BEST_REFRESH_MS);
  });
});

/** Plays a month: `step` is called every `everyMs` and says what is wanted; returns calls made and the longest gap between refreshes. */
async function play(
  meter: CallMeter,
  clock: { now: number },
  everyMs: number,
  wants: (t: number) => Purpose[],
  currencies = 1,
) {
  let [refreshed, longestGapMs] = [Number.NEGATIVE_INFINITY, 0];
  const made: Partial<Record<Purpose, number>> = {};
  for (; clock.now < MONTH.to; clock.now += everyMs) {
    for (const purpose of wants(clock.now)) {
      if (purpose === 'quotes' && clock.now - refreshed < meter.refreshMs(currencies)) continue;
      if (!(await meter.take(purpose)).granted) continue;
      made[purpose] = (made[purpose] ?? 0) + 1;
      if (purpose !== 'quotes' && purpose !== 'lookup') continue;
      if (refreshed > 0) longestGapMs = Math.max(longestGapMs, clock.now - refreshed);
      refreshed = clock.now;
    }
  }
  return { made, longestGapMs, refreshed };
}

function open(plan: 'demo' | 'keyless' = 'demo', from = MONTH.from) {
  const clock = { now: from };
  const memory = createMemory();
  return { clock, memory, meter: createCallMeter({ plan, memory, now: () => clock.now }) };
}

const spent = (memory: ReturnType<typeof createMemory>) =>
  [...memory.spent.values()].reduce((sum, calls) => sum + calls, 0);

it('a month of demand without a pause: at most 10,000 calls, fresh to the last hour', async () => {
  const { clock, memory, meter } = open();
  const { longestGapMs, refreshed } = await play(meter, clock, MINUTE, () => ['quotes']);
  expect(spent(memory)).toBeLessThanOrEqual(10_000);
  expect(spent(memory)).toBeGreaterThan(9_500); // and not much is left unused
  expect(longestGapMs).toBeLessThan(10 * MINUTE);
  expect(MONTH.to - refreshed).toBeLessThan(10 * MINUTE);
});

it('charts, new coins and rates without a pause on top cannot starve the prices', async () => {
  const { clock, memory, meter } = open();
  const { made, longestGapMs } = await play(meter, clock, 3 * MINUTE, () => ['history', 'lookup', 'rates', 'quotes']);
  expect(spent(memory)).toBeLessThanOrEqual(10_000);
  expect(made.history).toBeLessThan(2_700);
  expect((made.quotes ?? 0) + (made.lookup ?? 0)).toBeGreaterThan(5_500);
  expect(longestGapMs).toBeLessThan(20 * MINUTE);
});

it('three currencies share the same allowance', async () => {
  const { clock, memory, meter } = open();
  const { longestGapMs } = await play(meter, clock, 3 * MINUTE, () => ['quotes'], 3);
  expect(spent(memory)).toBeLessThanOrEqual(10_000);
  expect(longestGapMs).toBeLessThan(30 * MINUTE);
});

it('two busy hours a day are served every minute', async () => {
  const { clock, memory, meter } = open();
  const busy = (t: number) => new Date(t).getUTCHours() >= 18 && new Date(t).getUTCHours() < 20;
  const { made } = await play(meter, clock, MINUTE, (t) => (busy(t) ? ['quotes'] : []));
  expect(spent(memory)).toBeLessThanOrEqual(10_000);
  expect(made.quotes ?? 0).toBeGreaterThan(31 * 110); // 120 minutes a day
});

it('restarts all the time change nothing: what is spent is remembered', async () => {
  const { clock, memory } = open('demo', at(0.9));
  await memory.spend('coingecko', '2026-12-03', 9_750);
  let granted = 0;
  for (let restart = 0; restart < 100; restart++) {
    const meter = createCallMeter({ plan: 'demo', memory, now: () => clock.now });
    for (let call = 0; call < 3; call++) if ((await meter.take('quotes')).granted) granted += 1;
    clock.now += MINUTE;
  }
  expect(granted).toBe(50); // 9,800 is where the reserve begins
  const { meter } = { meter: createCallMeter({ plan: 'demo', memory, now: () => clock.now }) };
  expect(await meter.take('quotes')).toEqual({
    granted: false,
    reason: 'our monthly CoinGecko budget is used up; it resets on 1 January',
  });
  expect(meter.credits()).toEqual({ used: 9_800, projected: 9_800, allowed: 10_000 });
  clock.now = MONTH.to;
  expect(await meter.take('quotes')).toEqual({ granted: true });
});

it('keyless: ten calls a minute, one of them kept for prices', async () => {
  const { clock, meter } = open('keyless');
  const granted: boolean[] = [];
  for (let call = 0; call < 11; call++) granted.push((await meter.take('history')).granted);
  expect(granted).toEqual([...Array.from({ length: 9 }, () => true), false, false]);
  expect((await meter.take('quotes')).granted).toBe(true);
  expect(await meter.take('quotes')).toMatchObject({
    granted: false,
    reason: expect.stringContaining('for this minute is used up until'),
  });
  clock.now += MINUTE;
  expect((await meter.take('quotes')).granted).toBe(true);
  expect(meter.credits().allowed).toBeNull();
});

it('askers at the same instant cannot both take the last credit', async () => {
  const { memory, meter } = open('demo', at(0.5));
  await memory.spend('coingecko', '2026-12-01', (usableCalls('demo') ?? 0) - 1);
  const granted = await Promise.all(Array.from({ length: 20 }, () => meter.take('quotes')));
  expect(granted.filter((credit) => credit.granted)).toHaveLength(1);
});

it('months are UTC months', () => {
  expect(monthOf(Date.parse('2027-02-28T23:59:59.999Z'))).toMatchObject({
    name: '2027-02',
    to: Date.parse('2027-03-01T00:00:00Z'),
  });
  expect((MONTH.to - MONTH.from) / DAY).toBe(31);
});
