// Rows that cannot be read any more: the good ones beside them go on, and their owner hears which ones are lost and how to be rid of them.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../../src/base/clock.ts';
import { deliveryRow } from '../../../src/delivery/port.ts';
import { addDelivery } from '../../../src/store/delivery/deliveries.ts';
import { type AlertStage, ASKER, openAlertStage, START, wish } from '../../alerts/stage.ts';

const UNREADABLE = { unreadable: true, status: 'stopped' };
const above = (price: number) => wish({ condition: { kind: 'above', price }, repeat: 'always' });

let stage: AlertStage;
let good: string;
let bad: string;
beforeEach(async () => {
  stage = await openAlertStage();
  await stage.price(START, 280);
  bad = (await stage.alerts.create(above(300), ASKER)).alert.id;
  good = (await stage.alerts.create(above(310), ASKER)).alert.id;
});
afterEach(() => stage.close());

async function damage(patch: { spec?: string; memory?: string; status?: 'paused' | 'done' }, id = bad): Promise<void> {
  await stage.database.sql.updateTable('alert').set(patch).where('id', '=', id).execute();
}

it.each(['{broken', JSON.stringify({ ...above(300), condition: { kind: 'moonphase' } })])(
  '%s: it is set aside at the next start, and the others are told',
  async (text) => {
    await damage({ spec: text });
    await stage.restart();
    await stage.price(START + MINUTE, 320);
    expect(stage.texts().filter((one) => one.includes('$310'))).toHaveLength(1);
    expect(stage.texts()).toHaveLength(1);
    const views = await stage.alerts.list(ASKER);
    expect(views.map(({ id }) => id).toSorted()).toEqual([bad, good].toSorted());
    expect(views.find(({ id }) => id === bad)).toMatchObject(UNREADABLE);
    expect(views.find(({ id }) => id === bad)?.trouble).toContain(`/alert delete ${bad}`);
    expect((await stage.alerts.notices(ASKER)).map(({ id }) => id)).toEqual([bad]);
    expect(await stage.alerts.totals()).toMatchObject({ active: 1, unreadable: 1 });
  },
);

it('takes nothing else with it: lists, history, new ones, and it can be deleted but not started', async () => {
  await stage.price(START + MINUTE, 301);
  await damage({ spec: '{broken' });
  expect(await stage.alerts.history(ASKER, 10)).toHaveLength(2);
  const another = await stage.alerts.create(above(330), ASKER);
  await expect(stage.alerts.create(above(330), ASKER)).rejects.toThrow(another.alert.id);
  for (const refused of [
    () => stage.alerts.resume(bad, ASKER),
    () => stage.alerts.snooze(bad, ASKER, DAY),
    () => stage.alerts.extend(bad, ASKER, 30),
  ])
    await expect(refused()).rejects.toThrow(`/alert delete ${bad}`);
  expect((await stage.alerts.find(bad, ASKER, false)).id).toBe(bad);
  await stage.alerts.remove(bad, ASKER);
  expect((await stage.alerts.list(ASKER)).map(({ id }) => id)).not.toContain(bad);
});

it('a paused one is listed and can be deleted', async () => {
  await damage({ spec: '{broken', status: 'paused' });
  await stage.restart();
  await stage.price(START + MINUTE, 320);
  expect(await stage.alerts.list(ASKER)).toContainEqual(expect.objectContaining({ id: bad, unreadable: true }));
  await stage.alerts.remove(bad, ASKER);
});

it.each(['crossing', 'coming end'])(
  'a message of a %s that waits for it is given up, and the others are sent',
  async (what) => {
    const occurrence = what === 'crossing' ? 'x1' : 'end-1';
    const [ownerId, platform, tenant, channel] = [bad, 'discord', 't1', 'user:u1'];
    const when = { dueAt: START, expiresAt: START + DAY, priority: 0 };
    const event = { id: `${bad}:x1`, alert_id: bad, occurrence, kind: 'crossed', at: START, value: '301' } as const;
    await stage.database.sql.insertInto('alert_event').values(event).execute();
    await addDelivery(
      stage.database,
      deliveryRow({ kind: 'alert', ownerId, occurrence, platform, tenant, channel, ...when }),
    );
    await damage({ spec: '{broken' });
    for (const minute of [1, 2, 3, 4]) await stage.price(START + minute * MINUTE, 311);
    expect(stage.texts()).toEqual([expect.stringContaining('$310')]);
    expect((await stage.virtual.engine.totals()).reasons).toEqual({ 'dead:render': 2 }); // the watch knows it still, and saw it cross
  },
);

it.each(['{broken', '', 'null', '[1]'])(
  'a memory that reads %j begins anew: nothing is told that was not there',
  async (memory) => {
    await damage({ memory });
    await stage.restart();
    await stage.price(START + MINUTE, 301); // perhaps told before: nobody knows any more
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 2 * MINUTE, 290);
    await stage.price(START + 70 * MINUTE, 302);
    expect(stage.texts()).toHaveLength(1);
    expect(await stage.alerts.resume(bad, ASKER)).toMatchObject({ status: 'active' });
  },
);

it.each(['{broken', '{"price":"x"}'])('a mark that reads %j is as none: alerts are looked at', async (json) => {
  await stage.database.sql.deleteFrom('alert_mark').execute();
  await stage.database.sql.insertInto('alert_mark').values({ target: 'coin:bittensor usd', at: START, json }).execute();
  await stage.restart();
  await stage.price(START + MINUTE, 280);
  await stage.price(START + 2 * MINUTE, 301);
  expect(stage.texts()).toHaveLength(1);
});

it('a value in the history that is no number is left out', async () => {
  await stage.price(START + MINUTE, 301);
  await stage.database.sql.updateTable('alert_event').set({ value: 'x' }).where('kind', '=', 'crossed').execute();
  const events = await stage.alerts.history(ASKER, 10);
  expect(events.map(({ value }) => value)).toEqual([null, null]);
});
