// Prices that are told: once, in time, and never because of a wrong number.
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { openRoom, type Saying } from './room.ts';
import { type AlertStage, ASKER, openAlertStage, START, wish } from './stage.ts';
import { HOUR, MINUTE } from '../../src/base/clock.ts';

let stage: AlertStage;
afterEach(() => stage.close());

async function opened(): Promise<AlertStage> {
  stage = await openAlertStage();
  await stage.price(START, 280);
  return stage;
}

describe('a price', () => {
  it('is told once when it is reached, to the person, with target, value and moment', async () => {
    await opened();
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + MINUTE, 299);
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 2 * MINUTE, 301.2);
    expect(stage.channels()).toEqual(['user:u1']);
    expect(stage.texts()[0]).toContain('TAO rose above $300.00: $301.20');
    await stage.price(START + 3 * MINUTE, 250);
    await stage.price(START + 2 * HOUR, 320);
    expect(stage.texts()).toHaveLength(1);
    expect((await stage.alerts.list(ASKER))[0]).toMatchObject({ status: 'done', toldAt: START + 2 * MINUTE });
  });

  it('that is reached wakes the sender as soon as its message is written; one that is not wakes nobody', async () => {
    await opened();
    await stage.alerts.create(wish(), ASKER);
    let [now, price, wakes] = [START, 299, 0];
    const room = openRoom(stage.database, { now: () => now, said: () => ({ price }) });
    const plan = async () => {
      now += MINUTE;
      await room.kindOf.plan(now, 0, () => void wakes++);
      await room.look(); // the end of the one that the plan began
    };
    await plan();
    expect(wakes).toBe(0);
    price = 301;
    await plan();
    expect(wakes).toBe(1);
  });

  it('that wobbles around the target is told once, and again only after it went back by 1 % and an hour passed', async () => {
    await opened();
    await stage.alerts.create(wish({ repeat: 'always' }), ASKER);
    for (const [minute, price] of [301, 299.5, 300.5, 298, 302].entries())
      await stage.price(START + (minute + 1) * MINUTE, price);
    expect(stage.texts()).toHaveLength(1);
    await stage.price(START + 10 * MINUTE, 296.9);
    await stage.price(START + 11 * MINUTE, 301);
    expect(stage.texts()).toHaveLength(1);
    await stage.price(START + 62 * MINUTE, 301);
    expect(stage.texts()).toHaveLength(2);
  });

  it('that moves on by 5 % without going back is told again', async () => {
    await opened();
    await stage.alerts.create(wish({ repeat: 'always' }), ASKER);
    await stage.price(START + MINUTE, 300);
    await stage.price(START + 2 * HOUR, 314);
    expect(stage.texts()).toHaveLength(1);
    await stage.price(START + 3 * HOUR, 315);
    expect(stage.texts()).toHaveLength(2);
  });

  it('that is beyond the target when the alert is made is told the next time', async () => {
    await opened();
    await stage.alerts.create(wish({ condition: { kind: 'above', price: 270 } }), ASKER);
    await stage.price(START + MINUTE, 281);
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 2 * MINUTE, 265);
    await stage.price(START + 3 * MINUTE, 271);
    expect(stage.texts()).toHaveLength(1);
  });

  it('is reached from the side on which it lies', async () => {
    await opened();
    const { alert } = await stage.alerts.create(wish({ condition: { kind: 'reaches', price: 250 } }), ASKER);
    expect(alert.condition).toEqual({ kind: 'below', price: 250 });
  });

  it.each<[string, Saying]>([
    ['is being checked', { price: 310, checking: true }],
    ['nobody confirmed', { price: 310, unconfirmed: true }],
    ['is older than 15 minutes', { price: 310, at: START + MINUTE }],
  ])('that %s tells nothing', async (_, saying) => {
    await opened();
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + 17 * MINUTE, saying);
    await stage.price(START + 18 * MINUTE, saying);
    expect(stage.texts()).toEqual([]);
    expect(await stage.alerts.history(ASKER, 10)).toEqual([]);
  });

  it('that jumps by more than 15 %, or comes from another source, must be seen twice', async () => {
    await opened();
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + MINUTE, 400);
    await stage.price(START + 2 * MINUTE, 281);
    await stage.price(START + 3 * MINUTE, { price: 305, source: 'kraken' });
    await stage.price(START + 4 * MINUTE, 282);
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 5 * MINUTE, 400);
    await stage.price(START + 6 * MINUTE, 402);
    expect(stage.texts()).toHaveLength(1);
  });
});

it('a jump is one for the next process, too', async () => {
  await opened();
  await stage.alerts.create(wish(), ASKER);
  await stage.price(START + MINUTE, 281);
  await stage.restart();
  await stage.price(START + 2 * MINUTE, 400);
  expect(stage.texts()).toEqual([]);
  await stage.price(START + 3 * MINUTE, 401);
  expect(stage.texts()).toHaveLength(1);
});

it('an alert made while a reading is in doubt does not confirm it', async () => {
  await opened();
  await stage.alerts.create(wish(), ASKER);
  await stage.price(START + MINUTE, 400);
  await stage.alerts.create(wish({ condition: { kind: 'below', price: 200 } }), ASKER);
  await stage.price(START + 2 * MINUTE, 430);
  expect(stage.texts()).toEqual([]);
});

it('the same alert asked for twice at one moment is made once', async () => {
  await opened();
  const both = await Promise.allSettled([stage.alerts.create(wish(), ASKER), stage.alerts.create(wish(), ASKER)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await stage.alerts.list(ASKER)).toHaveLength(1);
});

it('a crossing that was only there for one reading is told, though somebody changed the alert at that moment', async () => {
  await opened();
  const { alert } = await stage.alerts.create(wish(), ASKER);
  await stage.price(START + MINUTE, 281);
  const elsewhere = stage.database.sql.updateTable('alert').set({ version: 7, expires_at: START + 90 * 24 * HOUR });
  await elsewhere.where('id', '=', alert.id).execute(); // another process; this one has not read it yet
  await stage.price(START + MINUTE + 5_000, 301);
  await stage.price(START + 2 * MINUTE, 290);
  expect(stage.texts()).toHaveLength(1);
});

it('a crossing that could not be written down is told when the database takes it, though it was only there for one reading', async () => {
  await opened();
  for (const price of [300, 305]) await stage.alerts.create(wish({ condition: { kind: 'above', price } }), ASKER);
  await stage.price(START + MINUTE, 281);
  const full = sql`CREATE TRIGGER full BEFORE UPDATE ON alert BEGIN SELECT RAISE(ABORT, 'disk is full'); END`;
  await full.execute(stage.database.sql);
  const spike = { price: 310, at: START + 2 * MINUTE };
  await stage.price(START + 2 * MINUTE, spike);
  await sql`DROP TRIGGER full`.execute(stage.database.sql);
  await stage.price(START + 2 * MINUTE + 1_000, spike);
  await stage.price(START + 3 * MINUTE, 290);
  expect(stage.texts()).toHaveLength(2);
});

it('after a reading that could not be written down a jump must be seen twice all the same', async () => {
  await opened();
  await stage.alerts.create(wish({ condition: { kind: 'above', price: 285 } }), ASKER);
  await stage.price(START + MINUTE, 281);
  const full = sql`CREATE TRIGGER full BEFORE UPDATE ON alert BEGIN SELECT RAISE(ABORT, 'disk is full'); END`;
  await full.execute(stage.database.sql);
  await stage.price(START + 2 * MINUTE, 290);
  await sql`DROP TRIGGER full`.execute(stage.database.sql);
  await stage.price(START + 3 * MINUTE, 2_900);
  expect(stage.texts()).toEqual([]);
  await stage.price(START + 4 * MINUTE, 291);
  expect(stage.texts()).toHaveLength(1);
});

it('an alert that another process made by a clock that is a minute behind is seen', async () => {
  await opened();
  await stage.alerts.create(wish({ condition: { kind: 'above', price: 500 } }), ASKER); // so that there is something to look at
  await stage.price(START + 5 * MINUTE, 281);
  const behind = openRoom(stage.database, { now: () => START + 4 * MINUTE + 1_000, said: () => ({ price: 281 }) });
  await behind.alerts.create(wish(), { ...ASKER, userId: 'u2' });
  await stage.price(START + 5 * MINUTE + 20_000, 282);
  await stage.price(START + 6 * MINUTE, 301);
  expect(stage.channels()).toEqual(['user:u2']);
});

describe('after a time away', () => {
  it('a crossing of the last minutes is told with its own moment, an older one is noted as missed', async () => {
    await opened();
    await stage.alerts.create(wish(), ASKER);
    await stage.alerts.create(wish({ condition: { kind: 'below', price: 260 } }), ASKER);
    await stage.price(START + MINUTE, 281);
    await stage.restart();
    stage.past.push([START + 2 * HOUR, 255], [START + 3 * HOUR, 280], [START + 5 * HOUR - 10 * MINUTE, 301]);
    await stage.price(START + 5 * HOUR, 290);
    expect(stage.texts()).toHaveLength(1);
    expect(stage.texts()[0]).toContain('rose above $300.00: $301.00');
    expect(stage.texts()[0]).toContain('told 10 min later');
    const states = (await stage.alerts.list(ASKER)).map(({ status, missed }) => `${status}, ${missed} missed`);
    expect(states.toSorted()).toEqual(['active, 1 missed', 'done, 0 missed']);
  });

  it('prices from before an alert was made are not its own', async () => {
    await opened();
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + MINUTE, 281);
    stage.silence(true);
    await stage.at(START + HOUR);
    await stage.alerts.create(wish({ condition: { kind: 'above', price: 295 } }), ASKER);
    stage.silence(false);
    stage.past.push([START + HOUR / 2, 310]);
    await stage.price(START + 2 * HOUR, 281);
    expect((await stage.alerts.list(ASKER)).map(({ missed }) => missed)).toEqual([1, 0]);
  });

  it('what had been looked at before the gap is not looked at again', async () => {
    await opened();
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + 10 * MINUTE, 281);
    stage.past.push([START + 5 * MINUTE, 310]);
    await stage.price(START + HOUR, 281);
    expect((await stage.alerts.list(ASKER))[0]?.missed).toBe(0);
  });

  it('a gap of more than a day is not looked at', async () => {
    await opened();
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + MINUTE, 281);
    stage.past.push([START + HOUR, 310]);
    await stage.price(START + 25 * HOUR, 281);
    expect((await stage.alerts.list(ASKER))[0]?.missed).toBe(0);
  });
});
