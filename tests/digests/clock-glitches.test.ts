// A wall clock that is wrong for a while around the time of a digest, and put right again: each date once, nothing given up, nothing removed that is young.
import { afterEach, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { balanced, openVirtual, type Virtual } from './virtual.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const daily = { local_time: '09:00', next_at: NINE, after_at: NINE - DAY, created_at: NINE - 5 * DAY };

let virtual: Virtual;
/** True time, and what the machine says of it. */
let time = 0;
let clock = (at: number): number => at;
afterEach(() => virtual.close());

async function opened(options: Parameters<typeof openVirtual>[0] = {}): Promise<void> {
  [time, clock] = [NINE - 40 * MINUTE, (at) => at];
  virtual = await openVirtual({ now: time, engine: { monotonic: () => time }, ...options });
}

/** Ticks at this true time. */
async function at(moment: number): Promise<void> {
  time = moment;
  await virtual.at(clock(time));
}

async function until(moment: number, stepMs: number): Promise<void> {
  for (let next = time + stepMs; next < moment; next += stepMs) await at(next);
  await at(moment);
}

const sent = async () =>
  await virtual.database.sql
    .selectFrom('delivery')
    .select(['occurrence', 'subscription_id'])
    .where('state', '=', 'sent')
    .execute();

const BATTERY = NINE - 12 * HOUR; // what a clock that begins in 1970 has lost
const WRONG: readonly [string, (at: number) => number][] = [
  ['an hour ahead', (real) => real + HOUR],
  ['an hour behind', (real) => real - HOUR],
  ['a day ahead', (real) => real + DAY],
  ['a day behind', (real) => real - DAY],
  ['30 s ahead', (real) => real + 30 * SECOND],
  ['40 days ahead', (real) => real + 40 * DAY],
  ['in 2040', (real) => real + 14 * 365 * DAY],
  ['in 1970', (real) => real - BATTERY],
];
const SPANS: readonly [string, number, number][] = [
  ['over nine for a minute', -10 * SECOND, 40 * SECOND],
  ['from half past eight for an hour', -30 * MINUTE, 65 * MINUTE],
  ['after nine for five minutes', 20 * SECOND, 5 * MINUTE],
];
const CASES = WRONG.flatMap(([what, wrong]) =>
  SPANS.map(([when, begin, lasts]) => ({ what, when, wrong, from: NINE + begin, to: NINE + begin + lasts })),
);

it.each(CASES)('$what, $when: each date once', async ({ wrong, from, to }) => {
  await opened();
  for (const index of [0, 1]) await virtual.add(index, daily);
  await at(from - SECOND);
  clock = wrong;
  await at(from);
  await until(to - SECOND, (to - from) / 4);
  clock = (real) => real;
  await at(to);
  await until(NINE + 3 * HOUR, 20 * MINUTE);
  for (const day of [1, 2]) await at(NINE + day * DAY + MINUTE);
  const rows = await sent();
  for (const date of ['2026-11-23', '2026-11-24', '2026-11-25'])
    expect(rows.filter(({ occurrence }) => occurrence === date)).toHaveLength(2);
  expect(virtual.platform.posts).toHaveLength(rows.length);
  expect(await balanced(virtual)).toBe(true);
  expect((await virtual.row(0)).next_at).toBe(NINE + 3 * DAY);
});

it('a post that the platform refused, given up by a clock that was a day ahead, is tried again', async () => {
  let well = false;
  await opened({ platform: { fault: () => (well ? {} : { refuse: { status: 503, code: 'away' } }) } });
  await virtual.add(0, daily);
  await at(NINE + SECOND);
  clock = (real) => real + DAY;
  await at(NINE + 5 * SECOND);
  clock = (real) => real;
  well = true;
  await until(NINE + 2 * MINUTE, 20 * SECOND);
  expect((await sent()).map(({ occurrence }) => occurrence)).toContain('2026-11-23');
});

it('a digest that was made while the clock was in 2040 is posted the next day', async () => {
  await opened();
  const later = NINE + 14 * 365 * DAY;
  await virtual.add(0, { ...daily, next_at: later, after_at: later - DAY, created_at: later - HOUR });
  await at(NINE - 30 * MINUTE); // a start: the clock is right by now
  await at(NINE + SECOND);
  expect(virtual.platform.posts).toHaveLength(1);
});

it('a digest that was made after its time is not posted for that day because the clock was in 1970', async () => {
  await opened();
  const made = NINE + 10 * MINUTE;
  await virtual.add(1, { ...daily, local_time: '04:00', next_at: NINE - 5 * HOUR, after_at: NINE - 29 * HOUR });
  await at(made); // the other one was missed
  await virtual.add(0, { ...daily, next_at: NINE + DAY, after_at: made, created_at: made });
  clock = (real) => real - BATTERY;
  await at(made + MINUTE);
  clock = (real) => real;
  await until(made + HOUR, 10 * MINUTE);
  expect(virtual.platform.posts).toEqual([]);
  await at(NINE + DAY + SECOND);
  expect((await sent()).filter((row) => row.subscription_id === 's00000')).toHaveLength(1);
});

it('a stopped digest whose next try was planned in 2040 is tried within a week, and is not retired there', async () => {
  await opened();
  const stopped = { ...daily, next_at: null, status: 'suspended', last_error: 'forbidden' } as const;
  await virtual.add(0, { ...stopped, suspended_until: NINE + 14 * 365 * DAY, stopped_at: NINE - DAY });
  await virtual.add(1, { ...stopped, suspended_until: NINE + 6 * DAY, stopped_at: NINE - DAY });
  await at(NINE);
  clock = (real) => real + 14 * 365 * DAY;
  await at(NINE + MINUTE);
  clock = (real) => real;
  await at(NINE + 2 * MINUTE);
  expect([(await virtual.row(0)).status, (await virtual.row(1)).status]).toEqual(['suspended', 'suspended']);
  expect((await virtual.row(0)).suspended_until).toBeLessThanOrEqual(NINE + 2 * MINUTE + 7 * DAY);
});

it('drafts and the ledger outlive a leap to 2040; after a day there the clock is believed', async () => {
  await opened();
  await virtual.add(0, daily);
  await virtual.add(1, { ...daily, status: 'draft', next_at: null, created_at: NINE - HOUR });
  await at(NINE + SECOND);
  clock = (real) => real + 14 * 365 * DAY;
  await at(NINE + MINUTE);
  expect(virtual.engine.believesClock()).toBe(false);
  expect(await virtual.row(1)).toBeDefined();
  expect((await sent()).some(({ occurrence }) => occurrence === '2026-11-23')).toBe(true);
  await at(NINE + 2 * MINUTE + DAY);
  expect(virtual.engine.believesClock()).toBe(true);
  await expect(virtual.row(1)).rejects.toThrow('no result');
});

it('the lease of a process that died while the clock was in 2040 is taken over', async () => {
  await opened();
  await virtual.add(0, daily);
  clock = (real) => real + 14 * 365 * DAY;
  await at(NINE - 30 * MINUTE); // it holds the lease, and is never heard of again
  clock = (real) => real;
  virtual.clock.now = NINE + MINUTE;
  const next = virtual.beside({});
  await next.tick();
  await next.settled();
  expect((await sent()).some(({ occurrence }) => occurrence === '2026-11-23')).toBe(true);
  await next.stop();
});

it('a start long after the last post removes nothing until two sources say that the clock is right', async () => {
  let agreed = false;
  await opened({ engine: { monotonic: () => time, clockAgreed: () => agreed } });
  await virtual.add(0, daily);
  await at(NINE + SECOND);
  const draft = { ...daily, status: 'draft', next_at: null } as const;
  await virtual.add(1, { ...draft, created_at: NINE });
  time = NINE + 10 * DAY;
  virtual.clock.now = time;
  await virtual.restart({});
  await at(time);
  expect(virtual.engine.believesClock()).toBe(false);
  expect(await virtual.row(1)).toMatchObject({ status: 'draft' });
  agreed = true;
  await at(time + SECOND);
  await expect(virtual.row(1)).rejects.toThrow('no result');
  agreed = false;
  expect(virtual.engine.believesClock()).toBe(true); // once said, it is not doubted again without another leap
});
