// What became of a post in doubt is found out also when its time is over: the books say what people saw, and an alert that nobody saw is missed.
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import { openVirtual } from '../../digests/virtual.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const daily = { local_time: '09:00', next_at: NINE, after_at: NINE - DAY };
/** Digests are given up three hours after their time. */
const OVER = NINE + 3 * HOUR;

it.each([
  { what: 'one that was never made', made: false, reasons: { 'skipped:expired': 1 } },
  { what: 'one that was made', made: true, reasons: { 'sent:found': 1 } },
])('$what: the platform is away until after the deadline, then it is looked for again', async ({ made, reasons }) => {
  const virtual = await openVirtual({
    platform: { keyWindowMs: 0, fault: () => (made ? { lost: '502' } : { refuse: { status: 502, code: 'bad' } }) },
  });
  try {
    await virtual.add(0, daily);
    await virtual.at(NINE + 100);
    virtual.platform.options.away = true;
    await virtual.until(OVER + 20 * MINUTE, 2 * MINUTE);
    expect(await virtual.engine.totals()).toMatchObject({ due: 1, ambiguous: 1 });
    virtual.platform.options.away = false;
    await virtual.until(OVER + 40 * MINUTE, 2 * MINUTE);
    expect((await virtual.engine.totals()).reasons).toEqual(reasons);
    expect(virtual.platform.posts).toHaveLength(made ? 1 : 0);
  } finally {
    await virtual.close();
  }
});

it('one that nobody can look for stays in doubt two hours after the deadline, and is no longer asked about', async () => {
  const virtual = await openVirtual({ platform: { keyWindowMs: 0, fault: () => ({ lost: '502' }) } });
  try {
    await virtual.add(0, daily);
    await virtual.at(NINE + 100);
    virtual.platform.options.away = true;
    await virtual.until(OVER + 3 * HOUR, MINUTE);
    expect((await virtual.engine.totals()).reasons).toEqual({ 'ambiguous:unclear': 1 });
  } finally {
    await virtual.close();
  }
});
