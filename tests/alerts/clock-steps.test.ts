// The end of an alert, its snooze and its beginning where the clock is ahead or behind for a while, and no end that nobody announced.
import { afterEach, expect, it } from 'vitest';
import { type AlertStage, ASKER, openAlertStage, START, wish } from './stage.ts';
import { DAY, MINUTE } from '../../src/base/clock.ts';

let stage: AlertStage;
afterEach(() => stage.close());

async function opened(): Promise<void> {
  stage = await openAlertStage();
  await stage.price(START, 280);
}

const first = async () => (await stage.alerts.list(ASKER))[0];

it('alerts that ended because the clock was 40 days ahead go on when it is set back, paused ones paused', async () => {
  await opened();
  await stage.alerts.create(wish({ days: 2 }), ASKER);
  const paused = await stage.alerts.create(wish({ days: 2, condition: { kind: 'above', price: 290 } }), ASKER);
  await stage.alerts.pause(paused.alert.id, ASKER);
  await stage.at(START + 40 * DAY);
  const states = async () => (await stage.alerts.list(ASKER)).map(({ status }) => status);
  expect(await states()).toEqual(['expired', 'expired']);
  await stage.at(START + 2 * MINUTE);
  expect((await states()).toSorted()).toEqual(['active', 'paused']);
  await stage.price(START + 3 * MINUTE, 301);
  expect(stage.texts()).toHaveLength(1);
});

it('an alert made while the clock was a year ahead lives as long as it was wished for', async () => {
  await opened();
  await stage.at(START + 365 * DAY);
  await stage.alerts.create(wish({ days: 5 }), ASKER);
  await stage.at(START + MINUTE);
  expect((await first())?.expiresAt).toBe(START + MINUTE + 5 * DAY);
  await stage.price(START + 2 * MINUTE, 301);
  expect(stage.texts()).toHaveLength(1);
});

it('one that was kept longer while the clock was ahead lives a year at most', async () => {
  await opened();
  const { alert } = await stage.alerts.create(wish(), ASKER);
  await stage.at(START + 20 * DAY);
  await stage.alerts.extend(alert.id, ASKER, 365);
  await stage.at(START + MINUTE);
  expect((await first())?.expiresAt).toBe(START + MINUTE + 365 * DAY);
});

it('a snooze of a day that began while the clock was ahead lasts a day', async () => {
  await opened();
  const { alert } = await stage.alerts.create(wish(), ASKER);
  await stage.at(START + 20 * DAY);
  await stage.alerts.snooze(alert.id, ASKER, DAY);
  await stage.at(START + MINUTE);
  expect((await first())?.snoozedUntil).toBe(START + MINUTE + DAY);
  await stage.price(START + DAY, 301);
  expect(stage.texts()).toEqual([]);
  await stage.price(START + DAY + 2 * MINUTE, 301);
  expect(stage.texts()).toHaveLength(1);
});

it('an alert made while the clock was a year behind does not end when it is put right: its end is announced first', async () => {
  await opened();
  await stage.at(START - 365 * DAY);
  await stage.alerts.create(wish(), ASKER);
  await stage.price(START + MINUTE, 281);
  expect(await first()).toMatchObject({ status: 'active', expiresAt: START + MINUTE + 3 * DAY });
  expect(stage.texts()).toEqual([expect.stringContaining('An alert ends soon')]);
  await stage.price(START + 2 * MINUTE, 301);
  expect(stage.texts()[1]).toContain('rose above');
});

it('an alert that goes on is announced again before its new end', async () => {
  await opened();
  const { alert } = await stage.alerts.create(wish({ days: 5 }), ASKER);
  await stage.at(START + 2 * DAY + MINUTE);
  await stage.alerts.extend(alert.id, ASKER, 5);
  await stage.at(START + 4 * DAY + 2 * MINUTE);
  expect(stage.texts()).toHaveLength(2);
  await stage.alerts.pause(alert.id, ASKER);
  await stage.alerts.resume(alert.id, ASKER); // for a week
  await stage.at(START + 7 * DAY);
  expect(stage.texts()).toHaveLength(2);
  await stage.at(START + 8 * DAY + 3 * MINUTE);
  expect(stage.texts()).toHaveLength(3);
});

it('an alert whose last three days fell into a time away is announced once and then ends', async () => {
  await opened();
  await stage.alerts.create(wish(), ASKER);
  await stage.restart();
  for (const day of [31, 32, 33, 34]) await stage.price(START + day * DAY, 281);
  expect(stage.texts()).toEqual([expect.stringContaining('An alert ends soon')]);
  await stage.at(START + 34 * DAY + MINUTE);
  expect((await first())?.status).toBe('expired');
  await stage.price(START + 35 * DAY, 301);
  expect(stage.texts()).toHaveLength(1);
});
