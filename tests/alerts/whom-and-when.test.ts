// Whom an alert tells and when: refused messages, pauses between two, snoozing, the end of its life.
import { afterEach, describe, expect, it } from 'vitest';
import { type AlertStage, ASKER, openAlertStage, START, wish } from './stage.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';

let stage: AlertStage;
afterEach(() => stage.close());

async function opened(options: Parameters<typeof openAlertStage>[0] = {}): Promise<AlertStage> {
  stage = await openAlertStage(options);
  await stage.price(START, 280);
  return stage;
}

describe('whom and when', () => {
  it('a closed direct message is told in the channel where the alert was made, mentioning its owner', async () => {
    await opened({
      platform: {
        fault: (channel) =>
          channel.startsWith('user:') ? { refuse: { status: 403, code: '50007', reason: 'closed-dm' } } : {},
      },
    });
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + MINUTE, 301);
    await stage.at(START + 2 * MINUTE);
    expect(stage.channels()).toEqual(['c1']);
    expect(stage.mentions()).toEqual([null, 'u1']);
    expect(await stage.alerts.notices(ASKER)).toEqual([]);
  });

  it('a closed direct message is tried in the channel once: where that refuses too, nothing more is sent for it', async () => {
    const refuse = { status: 403, code: '50013', reason: 'forbidden' } as const;
    await opened({ platform: { fault: () => ({ refuse }) } });
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + MINUTE, 301);
    for (const minute of [2, 3, 10, 20]) await stage.price(START + minute * MINUTE, 302);
    expect(stage.virtual.platform.requests.map(({ channel }) => channel)).toEqual(['user:u1', 'c1']);
    expect((await stage.alerts.notices(ASKER))[0]?.trouble).toContain('I may not post in the channel');
  });

  it('a direct message that closes only sometimes falls back for each crossing by itself', async () => {
    let closed = true;
    const refuse = { status: 403, code: '50007', reason: 'closed-dm' } as const;
    await opened({ platform: { fault: (channel) => (closed && channel === 'user:u1' ? { refuse } : {}) } });
    await stage.alerts.create(wish({ repeat: 'always' }), ASKER);
    for (const hours of [1, 3, 5]) {
      await stage.price(START + hours * HOUR, 301);
      closed = hours !== 1;
      await stage.price(START + (hours + 1) * HOUR, 290);
    }
    expect(stage.channels()).toEqual(['c1', 'user:u1', 'c1']);
    expect(await stage.alerts.totals()).toMatchObject({ told: 3, undeliverable: 0 });
  });

  it('a message that reached neither its owner nor the channel in time is missed, and the alert waits again', async () => {
    await opened({
      platform: {
        fault: (channel) => ({
          refuse: channel.startsWith('user:')
            ? { status: 403, code: '50007', reason: 'closed-dm' }
            : { status: 429, code: 'limited', retryAfterMs: 20 * MINUTE },
        }),
      },
    });
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + MINUTE, 301);
    for (const minute of [18, 19, 40, 41]) await stage.price(START + minute * MINUTE, 302);
    expect(stage.texts()).toEqual([]);
    expect((await stage.alerts.list(ASKER))[0]).toMatchObject({ status: 'active', missed: 1 });
  });

  it('an alert that cannot be delivered is paused and says so once with the next command', async () => {
    await opened({ platform: { fault: () => ({ refuse: { status: 403, code: '50013', reason: 'forbidden' } }) } });
    await stage.alerts.create(wish({ channel: 'c9' }), ASKER);
    await stage.price(START + MINUTE, 301);
    expect((await stage.alerts.list(ASKER))[0]).toMatchObject({
      status: 'stopped',
      trouble: expect.stringContaining('I may not post'),
    });
    expect(await stage.alerts.notices(ASKER)).toHaveLength(1);
    expect(await stage.alerts.notices(ASKER)).toEqual([]);
  });

  it('an alert that repeats is paused after three refusals in a row, and says so', async () => {
    await opened({ platform: { fault: () => ({ refuse: { status: 403, code: '50013', reason: 'forbidden' } }) } });
    await stage.alerts.create(wish({ channel: 'c9', repeat: 'always' }), ASKER);
    const states: (string | undefined)[] = [];
    for (const hours of [1, 3, 5]) {
      await stage.price(START + hours * HOUR, 301);
      states.push((await stage.alerts.list(ASKER))[0]?.status);
      await stage.price(START + (hours + 1) * HOUR, 290);
    }
    expect(states).toEqual(['active', 'active', 'stopped']);
    expect((await stage.alerts.notices(ASKER))[0]?.trouble).toMatch(/Then run `\/alert resume \w{8}`\.$/u);
  });

  it('the hour between two tellings begins with a delivery, not with a crossing', async () => {
    let away = true;
    await opened({
      platform: { fault: () => (away ? { refuse: { status: 429, code: 'limited', retryAfterMs: 20 * MINUTE } } : {}) },
    });
    await stage.alerts.create(wish({ repeat: 'always' }), ASKER);
    await stage.price(START + MINUTE, 301);
    away = false;
    await stage.price(START + 30 * MINUTE, 295);
    expect(stage.texts()).toEqual([]);
    expect((await stage.alerts.list(ASKER))[0]?.toldAt).toBeNull();
    await stage.price(START + 31 * MINUTE, 301);
    expect(stage.texts()).toHaveLength(1);
    await stage.price(START + 33 * MINUTE, 302);
    expect((await stage.alerts.list(ASKER))[0]).toMatchObject({ missed: 1, toldAt: START + 31 * MINUTE });
  });

  it('a message on its way counts as told: the price that comes again meanwhile makes no second one', async () => {
    let slow = true;
    await opened({
      platform: { fault: () => (slow ? { refuse: { status: 429, code: 'limited', retryAfterMs: 5 * MINUTE } } : {}) },
    });
    await stage.alerts.create(wish({ repeat: 'always' }), ASKER);
    for (const [minute, price] of [301, 295, 302, 295, 303].entries())
      await stage.price(START + minute * MINUTE, price);
    slow = false;
    await stage.price(START + 12 * MINUTE, 304);
    expect(stage.texts()).toHaveLength(1);
    expect((await stage.alerts.history(ASKER, 10)).map(({ kind }) => kind).toSorted()).toEqual(['crossed', 'told']);
  });

  it.each(['paused', 'stopped'] as const)('a message that waits is not sent once its alert is %s', async (status) => {
    let slow = true;
    await opened({
      platform: { fault: () => (slow ? { refuse: { status: 429, code: 'limited', retryAfterMs: 5 * MINUTE } } : {}) },
    });
    await stage.alerts.create(wish({ repeat: 'always' }), ASKER);
    await stage.price(START + MINUTE, 301);
    await stage.database.sql.updateTable('alert').set({ status }).execute();
    slow = false;
    for (const minute of [8, 9, 12]) await stage.price(START + minute * MINUTE, 302);
    expect(stage.texts()).toEqual([]);
  });

  it('a message that waits is not sent while its alert is snoozed', async () => {
    let slow = true;
    await opened({
      platform: { fault: () => (slow ? { refuse: { status: 429, code: 'limited', retryAfterMs: 5 * MINUTE } } : {}) },
    });
    const { alert } = await stage.alerts.create(wish({ repeat: 'always' }), ASKER);
    await stage.price(START + MINUTE, 301);
    await stage.alerts.snooze(alert.id, ASKER, DAY);
    slow = false;
    for (const minute of [8, 9, 12]) await stage.price(START + minute * MINUTE, 302);
    expect(stage.texts()).toEqual([]);
  });

  it('an alert that tells daily waits for a day after a message', async () => {
    await opened();
    await stage.alerts.create(wish({ repeat: 'daily' }), ASKER);
    for (const [hours, price] of [
      [1, 301],
      [2, 290],
      [24, 301],
      [25, 302],
      [48, 290],
      [50, 301],
    ] as const)
      await stage.price(START + hours * HOUR, price);
    expect(stage.virtual.platform.posts.map(({ at }) => (at - START) / HOUR)).toEqual([1, 25, 50]);
  });

  it('an alert of a channel is changed by its owner and by those who manage the channel, one of a person by that person', async () => {
    await opened();
    const ofChannel = (await stage.alerts.create(wish({ channel: 'c1' }), ASKER)).alert.id;
    const ofPerson = (await stage.alerts.create(wish(), ASKER)).alert.id;
    const other = { ...ASKER, userId: 'u2' };
    expect((await stage.alerts.find(ofChannel, ASKER, false)).id).toBe(ofChannel);
    expect((await stage.alerts.find(ofChannel, other, true)).id).toBe(ofChannel);
    await expect(stage.alerts.find(ofChannel, other, false)).rejects.toThrow('only people who manage it');
    await expect(stage.alerts.find(ofPerson, other, true)).rejects.toThrow('No such alert');
  });

  it('a snoozed alert is silent and tells what still holds when it wakes', async () => {
    await opened();
    const { alert } = await stage.alerts.create(wish(), ASKER);
    await stage.alerts.snooze(alert.id, ASKER, HOUR);
    await stage.price(START + MINUTE, 301);
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 61 * MINUTE, 302);
    expect(stage.texts()).toHaveLength(1);
  });

  it('an alert that is started again begins with the present price', async () => {
    await opened();
    const { alert } = await stage.alerts.create(wish(), ASKER);
    await stage.alerts.pause(alert.id, ASKER);
    await stage.price(START + MINUTE, 301);
    await stage.alerts.resume(alert.id, ASKER);
    await stage.price(START + 2 * MINUTE, 302);
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 3 * MINUTE, 296);
    await stage.price(START + 4 * MINUTE, 301);
    expect(stage.texts()).toHaveLength(1);
  });

  it('the end is said three days before, and an extended alert goes on', async () => {
    await opened();
    const { alert } = await stage.alerts.create(wish({ days: 5 }), ASKER);
    await stage.price(START + DAY, 281);
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 2 * DAY + MINUTE, 281);
    expect(stage.texts()[0]).toContain('An alert ends soon');
    await stage.price(START + 3 * DAY, 281);
    expect(stage.texts()).toHaveLength(1);
    await stage.alerts.extend(alert.id, ASKER, 30);
    await stage.price(START + 10 * DAY, 281);
    await stage.price(START + 10 * DAY + MINUTE, 301);
    expect(stage.texts().at(-1)).toContain('rose above');
  });

  it('the end is said of a snoozed alert, too', async () => {
    await opened();
    const { alert } = await stage.alerts.create(wish({ days: 5 }), ASKER);
    await stage.alerts.snooze(alert.id, ASKER, 4 * DAY);
    await stage.at(START + 2 * DAY);
    expect(stage.texts()).toHaveLength(1);
  });

  it('the end is said in the channel where the alert was made, too, when direct messages are closed', async () => {
    const refuse = { status: 403, code: '50007', reason: 'closed-dm' } as const;
    await opened({ platform: { fault: (channel) => (channel === 'user:u1' ? { refuse } : {}) } });
    await stage.alerts.create(wish({ days: 5 }), ASKER);
    for (const minute of [1, 2, 3]) await stage.at(START + 2 * DAY + minute * MINUTE);
    expect(stage.channels()).toEqual(['c1']);
    expect(stage.texts()[0]).toContain('An alert ends soon');
    expect(stage.mentions()).toEqual([null, 'u1']);
    expect((await stage.alerts.list(ASKER))[0]).toMatchObject({ status: 'active', toldAt: null });
  });

  it('an expired alert tells nothing', async () => {
    await opened();
    await stage.alerts.create(wish({ days: 1 }), ASKER);
    await stage.price(START + DAY + MINUTE, 301);
    expect(stage.texts()).toEqual([]);
    expect((await stage.alerts.list(ASKER))[0]?.status).toBe('expired');
  });
});
