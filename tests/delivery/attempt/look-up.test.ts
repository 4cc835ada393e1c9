// What became of a post in doubt is found out also when its time is over: the books say what people saw, and an alert that nobody saw is missed.
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import { resolveAmbiguous } from '../../../src/delivery/attempt/resolve-ambiguous.ts';
import { deliveryRow } from '../../../src/delivery/port.ts';
import { openVirtual } from '../../digests/virtual.ts';
import { createFakeBot } from '../../fakes/platform.ts';

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

it.each([
  { connected: false, overMs: 10 * MINUTE, kind: 'wait' },
  { connected: false, overMs: 3 * HOUR, kind: 'final' },
  { connected: true, overMs: 10 * MINUTE, kind: 'final' },
])(
  'a process that began while the platform was away cannot see its own posts: connected $connected, $overMs ms after the deadline: $kind',
  async ({ connected, overMs, kind }) => {
    const bot = createFakeBot({ name: 'discord', origin: 'http://127.0.0.1:9' });
    const row = {
      ...deliveryRow({
        kind: 'alert',
        ownerId: 'a',
        occurrence: 'c1',
        platform: 'discord',
        tenant: 't',
        channel: 'c',
        dueAt: NINE,
        expiresAt: NINE + 15 * MINUTE,
        priority: 0,
      }),
      first_attempt_at: NINE,
    };
    const blind = {
      ...bot,
      health: () => ({ connected, detail: '' }),
      find: () => Promise.resolve({ kind: 'cannot-see' } as const), // as a Discord bot answers before it knows its own id
    };
    const resolution = await resolveAmbiguous(row, { bot: blind, now: () => row.expires_at + overMs });
    expect(resolution.kind).toBe(kind);
    await bot.stop();
  },
);
