// Thirty days after the bot was removed from a server, no table of the database holds the id of anybody there: read whole, on both engines.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { directTarget } from '../../src/base/direct-target.ts';
import { placeEvents } from '../../src/wiring/place-events.ts';
import { LEDGER_DAYS } from '../../src/store/delivery/ledger.ts';
import { wish } from '../alerts/stage.ts';
import { subscription } from '../delivery/stage.ts';
import { openTestCore } from '../fakes/core.ts';
import { createFakeBot, startFakePlatform } from '../fakes/platform.ts';
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts';
import { everyRow, tablesWith } from '../store/every-row.ts';

const START = Date.parse('2026-11-23T09:00:30Z');
const PERSON = '771122334455667788';
const GONE = { platform: 'discord', tenant: 'server-left', channel: 'channel-left' };
const ASKER = { ...GONE, userId: PERSON };

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

it.each(['sqlite', 'postgres'] as const)(
  '%s: a digest, alerts, a list and a post, then the removal: nothing names the person',
  async (engine) => {
    let now = START;
    const platform = await startFakePlatform({ keyWindowMs: 120_000, history: true, now: () => now });
    const bots = new Map([['discord', createFakeBot({ name: 'discord', origin: platform.origin })]]);
    const settings = engine === 'sqlite' ? {} : { DATABASE_URL: await postgres.fresh() };
    const core = await openTestCore({ now: () => now, monotonic: () => now, settings, bots });
    const tick = async () => {
      await core.deliveries.tick();
      await core.deliveries.settled();
    };
    const place = { ...GONE, owner: PERSON };
    await core.database.sql
      .insertInto('subscription')
      .values([subscription(0, now, place), subscription(1, now, { ...place, channel: directTarget(PERSON) })])
      .execute();
    await core.services.alerts.create(wish({ days: 90 }), ASKER);
    await core.services.alerts.create(wish({ days: 90, channel: GONE.channel }), ASKER);
    const user = { id: PERSON, canManage: true };
    const at = { tenant: GONE.tenant, channel: GONE.channel };
    for (const command of ['digest list', 'alert list'])
      await core.dispatch({ command, args: {}, platform: 'discord', user, place: at, locale: 'en', via: 'command' });
    await tick();
    expect(platform.posts.length).toBeGreaterThan(0);
    const before = await everyRow(core.database);
    expect(Object.keys(before).length).toBeGreaterThan(15);
    expect(before['shown_list']).not.toBe('[]'); // by a digest of who saw it
    expect(tablesWith(before, PERSON)).toEqual(expect.arrayContaining(['subscription', 'alert', 'delivery']));

    placeEvents('discord', core, core.log).onRemoved(GONE.tenant);
    const retired = async () => JSON.parse((await everyRow(core.database))['alert'] ?? '[]') as { status: string }[];
    await expect.poll(async () => (await retired()).every(({ status }) => status === 'stopped')).toBe(true);
    const pass = async (...moments: readonly number[]) => {
      for (const later of moments) {
        now = START + later;
        await tick();
        await core.forget();
      }
      return await everyRow(core.database);
    };
    const month = await pass(MINUTE, DAY, 3 * DAY, 30 * DAY, 30 * DAY + 2 * HOUR);
    expect(tablesWith(month, PERSON)).toEqual([]);
    expect(month['shown_list']).toBe('[]');
    const whole = await pass((LEDGER_DAYS + 1) * DAY); // until then the ledger knows where posts went, and not whose they were
    expect([...tablesWith(whole, GONE.channel), ...tablesWith(whole, GONE.tenant)]).toEqual([]);
    await core.deliveries.stop();
    await core.close();
    await platform.close();
  },
);
