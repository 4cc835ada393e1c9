// What is left of alerts: figures of what became of them, and nothing with an id in it 30 days after the bot left.
import type { KyselyPlugin } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { bookGauges } from '../../src/wiring/health/gauges.ts';
import { openRows } from '../delivery/stage.ts';
import type { PostFault } from '../fakes/platform.ts';
import { openRoom } from './room.ts';
import { type AlertStage, ASKER, openAlertStage, START, wish } from './stage.ts';
import { DAY, MINUTE } from '../../src/base/clock.ts';

let stage: AlertStage;
afterEach(() => stage.close());

it('figures: what waits, what was told (a fallback once), what came too late, and what was refused', async () => {
  const refusals: Readonly<Record<string, NonNullable<PostFault['refuse']>>> = {
    'user:away': { status: 429, code: 'limited', retryAfterMs: 20 * MINUTE },
    'user:closed': { status: 403, code: '50007', reason: 'closed-dm' },
    c9: { status: 403, code: '50013', reason: 'forbidden' },
  };
  const fault = (channel: string): PostFault => {
    const refuse = refusals[channel];
    return refuse === undefined ? {} : { refuse };
  };
  stage = await openAlertStage({ platform: { fault } });
  await stage.price(START, 280);
  for (const userId of ['open', 'away', 'closed']) await stage.alerts.create(wish(), { ...ASKER, userId });
  await stage.alerts.create(wish({ channel: 'c9' }), ASKER);
  await stage.alerts.create(wish({ condition: { kind: 'below', price: 200 } }), ASKER);
  await stage.price(START + MINUTE, 301);
  for (const minute of [18, 19, 20]) await stage.price(START + minute * MINUTE, 302);
  const figures = { active: 2, told: 2, missed: 1, undeliverable: 1, unreadable: 0 }; // what was missed waits again
  expect(await stage.alerts.totals()).toEqual(figures);
  const digests = { totals: () => Promise.reject(new Error('the database is slow')) };
  const samples = await bookGauges({ services: { digests, alerts: stage.alerts } });
  expect(samples.every(({ name }) => name === 'taobot_alerts')).toBe(true);
  expect(Object.fromEntries(samples.map(({ labels, value }) => [labels?.['state'], value]))).toEqual(figures);
});

/** All that is stored of alerts and their messages. */
async function stored(): Promise<string> {
  const tables = ['alert', 'alert_event', 'alert_mark', 'delivery', 'body'] as const;
  const { sql } = stage.database;
  return JSON.stringify(await Promise.all(tables.map((table) => sql.selectFrom(table).selectAll().execute())));
}

it('the message of an alert whose channel is gone is over at once', async () => {
  const fault = (): PostFault => ({ refuse: { status: 429, code: 'limited', retryAfterMs: 5 * MINUTE } });
  stage = await openAlertStage({ platform: { fault } });
  await stage.price(START, 280);
  await stage.alerts.create(wish({ channel: 'c9', repeat: 'always' }), ASKER);
  await stage.price(START + MINUTE, 301);
  expect(await openRows(stage.database)).toBe(1);
  expect(await stage.retire({ platform: 'discord', tenant: 't1', channel: 'c9' }, 'gone')).toBe(1);
  expect(await openRows(stage.database)).toBe(0);
});

it('30 days after the bot was removed from a server nothing there names it, its channels or its people', async () => {
  stage = await openAlertStage();
  await stage.price(START, 280);
  const gone = { platform: 'discord', tenant: 'server-left', channel: 'channel-left', userId: 'person-left' };
  await stage.alerts.create(wish({ days: 90 }), gone);
  await stage.alerts.create(wish({ days: 90, channel: 'channel-left' }), gone);
  const later = { kind: 'above', price: 310 } as const;
  await stage.alerts.create(wish({ days: 90, channel: 'channel-left', repeat: 'always', condition: later }), gone);
  await stage.alerts.create(wish({ days: 90, condition: { kind: 'above', price: 400 } }), ASKER);
  await stage.price(START + MINUTE, 311);
  expect(stage.texts()).toHaveLength(3);
  expect(await stage.retire({ platform: 'discord', tenant: 'server-left' }, 'uninstalled')).toBe(1);
  await stage.at(START + 30 * DAY - MINUTE);
  expect(await stored()).toContain('"status":"stopped"');
  await stage.at(START + 30 * DAY + 2 * 60 * MINUTE);
  expect(await stored()).not.toMatch(/-left|stopped|done/u);
  expect((await stage.alerts.list(ASKER)).map(({ status }) => status)).toEqual(['active']);
});

it('an alert of a channel that is gone ends although another process changes it at that moment', async () => {
  stage = await openAlertStage();
  await stage.price(START, 280);
  const { alert } = await stage.alerts.create(wish({ channel: 'c9' }), ASKER);
  const { sql } = stage.database;
  let isChanged = false;
  const meanwhile: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (!isChanged && result.rows.some((row) => row['id'] === alert.id && 'version' in row)) {
        isChanged = true;
        await sql.updateTable('alert').set({ version: 7, crossings: 1 }).execute();
      }
      return result;
    },
  };
  const room = openRoom(
    { ...stage.database, sql: sql.withPlugin(meanwhile) },
    { now: () => START, said: () => undefined },
  );
  expect(await room.retire({ platform: 'discord', tenant: 't1', channel: 'c9' }, 'gone')).toBe(1);
  expect((await stage.alerts.list(ASKER)).map(({ status }) => status)).toEqual(['stopped']);
});
