// What follows from refusals: a second look at a channel that seems gone, three in a row, and no post elsewhere than in the channel that was chosen.
import { afterEach, expect, it } from 'vitest';
import type { PostFault } from '../fakes/platform.ts';
import { openRoom } from './room.ts';
import { type AlertStage, ASKER, openAlertStage, START, wish } from './stage.ts';
import { HOUR, MINUTE } from '../../src/base/clock.ts';

const GONE = { status: 404, code: '10003', reason: 'gone' } as const;
const FORBIDDEN = { status: 403, code: '50013', reason: 'forbidden' } as const;
let stage: AlertStage;
afterEach(() => stage.close());

/** Channel c9 answers so to its first posts, and takes what comes after; people refuse like that, always. */
async function opened(answers: readonly (PostFault['refuse'] | null)[], people?: PostFault['refuse']): Promise<void> {
  const left = [...answers];
  const fault = (channel: string): PostFault => {
    const refuse = channel === 'c9' ? left.shift() : channel.startsWith('user:') ? people : null;
    return refuse == null ? {} : { refuse };
  };
  stage = await openAlertStage({ platform: { fault } });
  await stage.price(START, 280);
}

const statusNow = async () => (await stage.alerts.list(ASKER))[0]?.status;

it('a channel that is gone for a moment is told at the second look', async () => {
  await opened([GONE]);
  await stage.alerts.create(wish({ channel: 'c9' }), ASKER);
  await stage.price(START + MINUTE, 301);
  expect(stage.texts()).toEqual([]);
  await stage.at(START + 3 * MINUTE);
  expect(stage.channels()).toEqual(['c9']);
  expect(await statusNow()).toBe('done');
});

it('a channel that is still gone at the second look pauses the alert, and nothing is posted elsewhere', async () => {
  await opened([GONE, GONE]);
  await stage.alerts.create(wish({ channel: 'c9' }), ASKER);
  for (const minute of [1, 3, 5]) await stage.price(START + minute * MINUTE, 301);
  expect(stage.virtual.platform.requests.map(({ channel }) => channel)).toEqual(['c9', 'c9']);
  expect((await stage.alerts.notices(ASKER))[0]?.trouble).toContain('The channel was deleted');
});

it('an alert that is started again has three refusals before it', async () => {
  await opened([FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN]);
  const { alert } = await stage.alerts.create(wish({ channel: 'c9', repeat: 'always' }), ASKER);
  const crossAt = async (hours: number) => {
    await stage.price(START + hours * HOUR, 301);
    await stage.price(START + (hours + 1) * HOUR, 290);
  };
  for (const hours of [1, 3, 5]) await crossAt(hours);
  expect(await statusNow()).toBe('stopped');
  await stage.alerts.resume(alert.id, ASKER);
  await crossAt(7);
  expect(await statusNow()).toBe('active');
});

it('a refusal that is handled twice, as after the death of a process in between, counts once', async () => {
  await opened([]);
  await stage.alerts.create(wish({ channel: 'c9', repeat: 'always' }), ASKER);
  const room = openRoom(stage.database, { now: () => START + MINUTE, said: () => ({ price: 301 }) });
  await room.look();
  const row = await stage.database.sql.selectFrom('delivery').selectAll().executeTakeFirstOrThrow();
  for (let life = 0; life < 2; life++)
    expect(await room.kindOf.refused(row, { code: '50013', reason: 'forbidden', before: null })).toEqual({
      kind: 'dead',
    });
  const alert = await stage.database.sql.selectFrom('alert').selectAll().executeTakeFirstOrThrow();
  expect(alert).toMatchObject({ fail_streak: 1, status: 'active' });
  expect((await stage.alerts.totals()).undeliverable).toBe(1);
});

it('a direct message that is refused for what it says goes nowhere else', async () => {
  await opened([], { status: 403, code: '200000', reason: 'blocked' });
  await stage.alerts.create(wish(), ASKER);
  for (const minute of [1, 2, 3]) await stage.price(START + minute * MINUTE, 301);
  expect(stage.virtual.platform.requests.map(({ channel }) => channel)).toEqual(['user:u1']);
  expect((await stage.alerts.notices(ASKER))[0]?.trouble).toContain('A moderation rule blocks the message');
});

it('an alert that was made in a direct message has no channel to fall back to', async () => {
  await opened([], { status: 403, code: '50007', reason: 'closed-dm' });
  const alone = { ...ASKER, tenant: '-', channel: '-' };
  await stage.alerts.create(wish(), alone);
  for (const minute of [1, 2, 3]) await stage.price(START + minute * MINUTE, 301);
  expect(stage.virtual.platform.requests.map(({ channel }) => channel)).toEqual(['user:u1']);
  expect((await stage.alerts.notices(alone))[0]?.trouble).toContain('I could not write you a direct message');
});

it('only refusals in a row count: a message that arrives begins anew', async () => {
  await opened([FORBIDDEN, FORBIDDEN, null, FORBIDDEN, FORBIDDEN]);
  await stage.alerts.create(wish({ channel: 'c9', repeat: 'always' }), ASKER);
  for (let round = 0; round < 6; round++) {
    await stage.price(START + (2 * round + 1) * HOUR, 301);
    await stage.price(START + (2 * round + 2) * HOUR, 290);
  }
  expect(stage.channels()).toEqual(['c9', 'c9']);
  expect(await statusNow()).toBe('active');
});
