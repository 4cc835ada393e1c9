// Between the mark and the moment when a post leaves: what waits there too long, for whatever reason, does not leave, and is known not to have left.
import { afterEach, describe, expect, it } from 'vitest';
import type { Step } from '../../../src/delivery/attempt/tools.ts';
import { ENGINE_RULES } from '../../../src/delivery/limits/send-rules.ts';
import { balanced, openVirtual, type Virtual } from '../../digests/virtual.ts';
import type { PostFault } from '../../fakes/platform.ts';
import { DAY, MINUTE, SECOND } from '../../../src/base/clock.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const daily = { local_time: '09:00', next_at: NINE, after_at: NINE - DAY };

let open: Virtual[] = [];
afterEach(async () => {
  for (const virtual of open) {
    if (!(await balanced(virtual))) throw new Error('the totals do not balance');
    await virtual.close();
  }
  open = [];
});
async function stage(options: Parameters<typeof openVirtual>[0]): Promise<Virtual> {
  const virtual = await openVirtual(options);
  open.push(virtual);
  return virtual;
}

const lostOnce = () => {
  const seen = new Set<string>();
  return (channel: string): PostFault => (seen.has(channel) ? {} : (seen.add(channel), { lost: '502' }));
};

describe('a process that is stopped between the mark and the post', () => {
  it.each([
    'both clocks went on',
    'the computer slept',
    'the clock was set back meanwhile',
    'the computer slept and woke with its clock set back',
  ])('%s: it does not post, and posts once when it may again', async (how) => {
    let uptime = 0;
    let stops = 1;
    const step = (name: Step): void => {
      if (name !== 'marked-attempt' || stops-- <= 0) return;
      if (!how.startsWith('the computer slept')) uptime += 10 * MINUTE;
      if (how.endsWith('its clock set back')) virtual.clock.now -= MINUTE;
      else virtual.clock.now += how === 'the clock was set back meanwhile' ? -2 : 10 * MINUTE;
    };
    const virtual = await stage({ engine: { step, monotonic: () => uptime } });
    await virtual.add(0, daily);
    await virtual.at(NINE + 100);
    expect(virtual.platform.requests).toEqual([]);
    expect(await virtual.engine.totals()).toMatchObject({ pending: 1, ambiguous: 0 });
    uptime += MINUTE;
    await virtual.at(NINE + 11 * MINUTE);
    expect(virtual.platform.posts).toHaveLength(1);
  });

  it('repeats nothing when the platform may have forgotten the key meanwhile, but looks', async () => {
    const queue = () => Promise.resolve(void (virtual.clock.now += repeating ? 4 * SECOND : 0));
    let repeating = false;
    const virtual = await stage({ queue, platform: { keyWindowMs: 120 * SECOND, fault: lostOnce() } });
    await virtual.add(0, daily);
    await virtual.at(NINE + 100);
    repeating = true;
    await virtual.at(NINE + 118 * SECOND);
    expect(virtual.platform.requests).toHaveLength(1);
    repeating = false;
    await virtual.at(NINE + 3 * MINUTE);
    expect(virtual.platform.posts).toHaveLength(1);
    expect((await virtual.engine.totals()).reasons).toEqual({ 'sent:found': 1 });
  });
});

describe("posts that never leave the bot's own queue", () => {
  it('are not in doubt, cost no try, and go out once the queue moves', async () => {
    let limited = true;
    const freed: (() => void)[] = [];
    const queue = () => (limited ? new Promise<void>((resolve) => void freed.push(resolve)) : Promise.resolve());
    const virtual = await stage({ queue, engine: { rules: { ...ENGINE_RULES, leaveWithinMs: 300 } } });
    for (let index = 0; index < 200; index++) await virtual.add(index, daily);
    for (let round = 0; round < 3; round++) await virtual.at(NINE + round * 10 * SECOND + 100);
    expect(freed.length).toBeGreaterThan(3);
    expect(await virtual.engine.totals()).toMatchObject({ due: 200, pending: 200, ambiguous: 0 });
    const tried = await virtual.database.sql.selectFrom('delivery').select('id').where('attempt', '>', 0).execute();
    expect(tried).toEqual([]);
    limited = false;
    for (const resolve of freed) resolve(); // the first ones wake up late: they must not leave any more
    await virtual.until(NINE + 2 * MINUTE, 5 * SECOND);
    expect(virtual.platform.requests).toHaveLength(200);
    expect(await virtual.engine.totals()).toMatchObject({ sent: 200 });
  });
});
