// A person's whole life with the bot over two processes, then `/privacy delete` while a post hangs, then the removal of the bot: what is left where.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import { directTarget } from '../../../src/base/direct-target.ts';
import type { Bot } from '../../../src/bots/bot.ts';
import { createInbox } from '../../../src/store/inbox/inbox.ts';
import { LEDGER_DAYS } from '../../../src/store/delivery/ledger.ts';
import { placeEvents } from '../../../src/wiring/place-events.ts';
import { wish } from '../../alerts/stage.ts';
import { sqliteFile, subscription } from '../../delivery/stage.ts';
import { openTestCore } from '../../fakes/core.ts';
import { createFakeBot, startFakePlatform } from '../../fakes/platform.ts';
import { startPostgres, type TestPostgres } from '../../fakes/postgres.ts';
import { everyRow, tablesWith } from '../../store/every-row.ts';

const START = Date.parse('2026-11-23T09:00:30Z');
const PERSON = '771122334455667788';
const OTHER = '772233445566778899';
const SERVER = 'server-of-life';
const CHANNEL = 'channel-of-life';
const VOICE = 'voice-of-life';
const PLACE = { platform: 'discord', tenant: SERVER, channel: CHANNEL };

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

it.each(['sqlite', 'postgres'] as const)(
  '%s: nothing of the person is left at once, nothing of the server but what PRIVACY.md says',
  async (engine) => {
    let now = START;
    const platform = await startFakePlatform({ keyWindowMs: 120_000, history: true, now: () => now });
    const bot: Bot = {
      ...createFakeBot({ name: 'discord', origin: platform.origin }),
      voice: {
        remedy: '',
        canShow: () => Promise.resolve({ kind: 'yes' }),
        show: () => Promise.resolve({ kind: 'shown' }),
      },
    };
    const bots = new Map([['discord', bot]]);
    const file = sqliteFile();
    const settings = { DATABASE_URL: engine === 'sqlite' ? file.url : await postgres.fresh() };
    const open = () => openTestCore({ now: () => now, monotonic: () => now, settings, bots });
    const [core, other] = [await open(), await open()];
    const ask = async (who: string, command: string, args: Record<string, string> = {}) =>
      await core.dispatch({
        command,
        args,
        platform: 'discord',
        locale: 'en',
        via: 'command',
        user: { id: who, canManage: true },
        place: { tenant: SERVER, channel: CHANNEL },
      });
    const tick = async () => {
      for (const one of [core, other]) await one.deliveries.tick();
      for (const one of [core, other]) await one.deliveries.settled();
    };
    const holding = async (word: string) => tablesWith(await everyRow(core.database), word);

    for (const [nth, who] of [PERSON, OTHER].entries()) {
      const own = { tenant: SERVER, owner: who };
      await core.database.sql
        .insertInto('subscription')
        .values([
          subscription(nth, now, { ...own, channel: `${CHANNEL}-${nth}` }),
          subscription(10 + nth, now, { ...own, channel: directTarget(who) }),
          subscription(20 + nth, now, { ...own, channel: `${CHANNEL}-gone-${nth}`, next_at: now + DAY }),
        ])
        .execute();
      await core.services.alerts.create(wish({ days: 90 }), { ...PLACE, userId: who });
      await core.services.alerts.create(wish({ days: 90, channel: CHANNEL }), { ...PLACE, userId: who });
      await ask(who, 'digest create', { time: '11:00', timezone: 'UTC' });
      for (const list of ['digest list', 'alert list', 'alert history']) await ask(who, list);
    }
    await core.services.tickers.set(PLACE, { channel: VOICE, coin: 'bittensor' });
    core.services.feedback.vote(SERVER, 'block-time', true);
    core.services.feedback.mismatched(SERVER, 'when', 'block-time', 'wrong');
    core.services.feedback.missed(SERVER, 'what colour has a block');
    await createInbox(core.database, () => now).seen(`discord-greeted:${SERVER}`, 'discord:interaction-1');

    const release = Promise.withResolvers<void>();
    let hung = 0;
    platform.options.fault = (channel) => {
      if (channel !== directTarget(PERSON)) return {};
      hung++;
      return { until: release.promise };
    };
    await core.deliveries.tick(); // the daily post to the person leaves, and hangs
    await expect.poll(() => hung).toBe(1);
    const places = placeEvents('discord', other, other.log);
    places.onChannelGone(SERVER, `${CHANNEL}-gone-0`); // a notice to them is being planned by the other process
    expect(await holding(PERSON)).toEqual(expect.arrayContaining(['alert', 'delivery', 'subscription']));
    await Promise.all([ask(PERSON, 'privacy delete', { confirm: 'true' }), other.deliveries.tick()]);
    expect(await holding(PERSON)).toEqual([]);
    release.resolve();
    await tick();
    await expect.poll(async () => (await holding(`${CHANNEL}-gone-0`)).length, { timeout: 5000 }).toBeGreaterThan(0); // the digest of that channel is there, without a name
    now += 2 * MINUTE;
    await tick();
    expect(await holding(PERSON)).toEqual([]);
    expect(await holding(OTHER)).toEqual(expect.arrayContaining(['alert', 'subscription']));

    places.onRemoved(SERVER);
    await expect.poll(async () => (await everyRow(core.database))['ticker']).toBe('[]');
    const states = async () =>
      (await core.database.sql.selectFrom('subscription').select('status').distinct().execute()).map(
        (row) => row.status,
      );
    await expect.poll(async () => (await states()).includes('active')).toBe(false);
    const pass = async (...moments: readonly number[]) => {
      for (const later of moments) {
        now = START + later;
        await tick();
        for (const one of [core, other]) await one.forget();
      }
    };
    await pass(HOUR, DAY, 3 * DAY, 8 * DAY, 30 * DAY + HOUR, 30 * DAY + 3 * HOUR);
    expect(await holding(OTHER)).toEqual([]);
    expect(await holding(VOICE)).toEqual([]);
    expect((await holding(SERVER)).toSorted()).toEqual(['delivery', 'gap', 'mismatch', 'vote']);
    await pass((LEDGER_DAYS + 1) * DAY, 91 * DAY, 91 * DAY + 2 * HOUR);
    expect((await holding(SERVER)).toSorted()).toEqual(['mismatch', 'vote']); // counts that PRIVACY.md names, for good
    expect(await holding(CHANNEL)).toEqual([]);
    for (const one of [core, other]) {
      await one.deliveries.stop();
      await one.close();
    }
    await platform.close();
    file.remove();
  },
  60_000,
);
