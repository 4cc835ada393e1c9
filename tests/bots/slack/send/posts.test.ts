// Scheduled posts and replies when Slack answers badly: outcomes tell the truth, and nothing is posted twice.
import { expect, it } from 'vitest';
import { createTestClock } from '../../../fakes/clock.ts';
import type { SlackFault } from '../../../fakes/slack/slack.ts';
import { hasty, openScenes, type Scene } from '../scene.ts';
import { prepared, target } from './digest-post.ts';

const scenes = openScenes();
let scene: Scene;

/** Distance between two messages to a channel that was limited (ms). */
const SPACING_MS = 1100;

it('posts a prepared body with its key, finds and removes it', async () => {
  scene = await scenes.open();
  const since = Date.now();
  const outcome = await scene.bot.post(target('C0AAA'), await prepared(scene.bot), 'key-1');
  const [message] = scene.slack.messages();
  expect(outcome).toEqual({ kind: 'sent', messageId: message?.ts });
  expect(message?.metadata).toEqual({ event_type: 'taobot_post', event_payload: { key: 'key-1' } });
  expect(await scene.bot.find(target('C0AAA'), 'key-1', since)).toEqual({ kind: 'found', messageId: message?.ts });
  expect(await scene.bot.find(target('C0AAA'), 'key-2', since)).toEqual({ kind: 'absent' });
  await scene.bot.remove(target('C0AAA'), message?.ts ?? '');
  await scene.bot.remove(target('C0AAA'), 'gone'); // no error
  expect(scene.slack.messages()).toEqual([]);
});

it.each<[SlackFault | null, string, object]>([
  [{ kind: 'status', status: 502, commit: true }, 'C0AAA', { kind: 'ambiguous', code: 'http_502' }],
  [{ kind: 'reset', commit: true }, 'C0AAA', { kind: 'ambiguous' }],
  [{ kind: 'garbage', commit: true }, 'C0AAA', { kind: 'ambiguous', code: 'unreadable' }],
  [{ kind: 'error', error: 'internal_error' }, 'C0AAA', { kind: 'ambiguous', code: 'internal_error' }],
  [{ kind: 'limited', seconds: 7 }, 'C0AAA', { kind: 'not-sent', code: 'ratelimited', retryAfterMs: 7000 }],
  [{ kind: 'limited', seconds: -5 }, 'C0AAA', { kind: 'not-sent', retryAfterMs: 1000 }],
  [{ kind: 'error', error: 'ratelimited' }, 'C0AAA', { kind: 'not-sent' }],
  [{ kind: 'status', status: 403, commit: false }, 'C0AAA', { kind: 'not-sent', code: 'http_403' }],
  [{ kind: 'error', error: 'token_revoked' }, 'C0AAA', { kind: 'bad-credential', code: 'token_revoked' }],
  [{ kind: 'error', error: 'account_inactive' }, 'C0AAA', { kind: 'bad-credential' }],
  // Of the whole workspace, for the network that we are in: https://docs.slack.dev/reference/methods/chat.postMessage#errors
  [{ kind: 'error', error: 'accesslimited' }, 'C0AAA', { kind: 'bad-credential' }],
  [{ kind: 'error', error: 'msg_too_long' }, 'C0AAA', { kind: 'bad-body', reason: 'too-large' }],
  [
    { kind: 'error', error: 'restricted_action_read_only_channel' },
    'C0AAA',
    { kind: 'bad-target', reason: 'forbidden', detail: 'policy' },
  ],
  // About this conversation, and no word on the token: https://docs.slack.dev/reference/methods/chat.postMessage#errors
  [
    { kind: 'error', error: 'no_permission' },
    'C0AAA',
    { kind: 'bad-target', reason: 'forbidden', detail: 'not-member' },
  ],
  [{ kind: 'error', error: 'access_denied' }, 'C0AAA', { kind: 'bad-target', reason: 'forbidden' }],
  [{ kind: 'error', error: 'messages_tab_disabled' }, 'C0AAA', { kind: 'bad-target', reason: 'closed-dm' }],
  [{ kind: 'error', error: 'team_added_to_org' }, 'C0AAA', { kind: 'not-sent', retryAfterMs: 30_000 }],
  [{ kind: 'error', error: 'user_not_found' }, 'C0AAA', { kind: 'bad-target', reason: 'other' }],
  [null, 'C0GONE', { kind: 'bad-target', code: 'channel_not_found', reason: 'gone', detail: 'or-removed' }],
  [null, 'C0ARCHIVED', { kind: 'bad-target', code: 'is_archived', reason: 'archived' }],
  [null, 'C0OUTSIDE', { kind: 'bad-target', code: 'not_in_channel', reason: 'forbidden', detail: 'not-member' }],
])('%j in %s gives %j after exactly one attempt', async (fault, channel, expected) => {
  scene = await scenes.open({ fake: { outside: ['C0OUTSIDE'] } });
  scene.slack.fault = (call) => (call.method === 'chat.postMessage' ? fault : null);
  expect(await scene.bot.post(target(channel), await prepared(scene.bot), 'key')).toMatchObject(expected);
  expect(scene.slack.space.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
});

it('is "not sent" when nobody listens', async () => {
  scene = await scenes.open();
  const body = await prepared(scene.bot);
  await scene.slack.close();
  expect(await scene.bot.post(target('C0AAA'), body, 'key')).toMatchObject({ kind: 'not-sent', code: 'ECONNREFUSED' });
});

it('one channel that is limited delays no other, and is not asked before its time', async () => {
  const clock = createTestClock();
  scene = await scenes.open({ bot: { now: clock.now, sleep: clock.sleep } });
  const { slack } = scene;
  let busy = true;
  slack.fault = (call) =>
    busy && call.method === 'chat.postMessage' && call.args['channel'] === 'C0BUSY'
      ? { kind: 'limited', seconds: 2 }
      : null;
  const asked = () => slack.space.calls.filter(({ args }) => args['channel'] === 'C0BUSY').length;
  const waiting = clock.asked(2000);
  await slack.mention('price tao', { channel: 'C0BUSY', user: 'U0ONE' });
  await waiting;
  for (let i = 0; i < 5; i++) await slack.mention('price near', { channel: `C0FREE${i}`, user: `U0FREE${i}` });
  await slack.until(() => slack.messages().length === 5); // though nobody moves the clock
  expect(await scene.bot.post(target('C0OTHER'), await prepared(scene.bot), 'key')).toMatchObject({ kind: 'sent' });
  busy = false;
  await clock.advance(1999);
  expect(asked()).toBe(1);
  await clock.advance(1);
  await slack.until(() => slack.messages().some((message) => message.channel === 'C0BUSY'));
  expect(asked()).toBe(2);
});

it('20 lost answers make no second reply where history may be read', async () => {
  scene = await scenes.open({ bot: { sleep: hasty } });
  const { slack } = scene;
  const lost = new Set<unknown>();
  const kinds: SlackFault[] = [
    { kind: 'reset', commit: true },
    { kind: 'status', status: 502, commit: true },
    { kind: 'garbage', commit: true },
    { kind: 'status', status: 503, commit: false },
  ];
  slack.fault = (call) => {
    if (call.method !== 'chat.postMessage' || lost.has(call.args['channel'])) return null;
    lost.add(call.args['channel']);
    return kinds[lost.size % kinds.length] ?? null;
  };
  for (let i = 0; i < 20; i++)
    await (i % 2 === 0
      ? slack.mention('price tao', { channel: `C0LOST${i}`, user: `U0LOST${i}` })
      : slack.dm('price tao', { channel: `D0LOST${i}`, user: `U0LOST${i}` }));
  await slack.until(() => new Set(slack.messages().map(({ channel }) => channel)).size === 20);
  await scene.bot.stop(); // finishes all work under way
  expect(slack.messages()).toHaveLength(20);
  expect(scene.counts.get('slack_reply_ambiguous')).toBeUndefined();
});

it('without history it does not repeat what may have arrived, and counts it', async () => {
  scene = await scenes.open({ fake: { history: false }, bot: { sleep: hasty } });
  const { slack } = scene;
  slack.fault = (call) => (call.method === 'chat.postMessage' ? { kind: 'reset', commit: true } : null);
  for (let i = 0; i < 20; i++) await slack.mention('price tao', { channel: `C0LOST${i}`, user: `U0LOST${i}` });
  await slack.until(() => scene.counts.get('slack_reply_ambiguous') === 20);
  expect(slack.messages()).toHaveLength(20);
  expect(await scene.bot.find(target('C0LOST1'), 'key', Date.now())).toEqual({ kind: 'cannot-see' });
});

it('asks before each form of a post whether it may still leave, and gives up in the middle', async () => {
  scene = await scenes.open({ fake: { dataVisualization: false }, bot: { sleep: hasty } });
  const sent = () => scene.slack.space.calls.filter(({ method }) => method === 'chat.postMessage').length;
  let asked = 0;
  const mayLeave = () => ++asked < 2;
  const outcome = await scene.bot.post(target('C0AAA'), await prepared(scene.bot), 'key', mayLeave);
  expect(outcome).toEqual({ kind: 'not-sent', code: 'not-left' });
  expect([asked, sent(), scene.slack.messages().length]).toEqual([2, 1, 0]);
});

/** How long a post waits for its pictures. */
const UPLOAD_MS = 3500;

it('keeps one deadline for all forms of a post: nothing leaves when the whole took too long', async () => {
  let uptime = 0;
  scene = await scenes.open({
    fake: { dataVisualization: false },
    bot: { sleep: (ms) => hasty(ms < UPLOAD_MS ? ms : 10_000), monotonic: () => uptime }, // a busy machine has time to upload
  });
  scene.slack.fault = ({ method }) => {
    if (method === 'files.completeUploadExternal') uptime += 25_000;
    return null;
  };
  const outcome = await scene.bot.post(target('C0AAA'), await prepared(scene.bot), 'key');
  expect(outcome).toEqual({ kind: 'not-sent', code: 'not-left' });
  expect(scene.slack.messages()).toEqual([]);
});

it('leaves out pictures that are not uploaded in time', async () => {
  const clock = createTestClock();
  const { now, sleep } = clock;
  scene = await scenes.open({ fake: { dataVisualization: false, now }, bot: { now, sleep, monotonic: now } });
  scene.slack.fault = ({ method }) =>
    method === 'files.getUploadURLExternal' ? { kind: 'hang', commit: false } : null;
  const waiting = clock.asked(3500);
  const posted = scene.bot.post(target('C0AAA'), await prepared(scene.bot), 'key');
  await waiting;
  await clock.advance(3500);
  expect(await posted).toMatchObject({ kind: 'sent' });
  expect(scene.slack.messages()[0]?.text).toContain('$250.28');
});

it('keeps to one message a second in a channel once Slack asked for it', async () => {
  const clock = createTestClock();
  const limits = { burst: 3, perSecond: 1, perMinute: 600 };
  scene = await scenes.open({ fake: { limits, now: clock.now }, bot: { now: clock.now, sleep: clock.sleep } });
  const { slack } = scene;
  for (let i = 0; i < 6; i++) await slack.mention('price tao', { user: `U0CROWD${i}` });
  const asked = () => slack.space.calls.filter(({ method }) => method === 'chat.postMessage').length;
  await slack.until(() => slack.messages().length === 3 && asked() > 3 && clock.waits().includes(3200)); // the other three wait
  const before = asked();
  for (let turn = 1; turn <= 3; turn++) {
    await clock.advance(SPACING_MS);
    await slack.waitFor(3 + turn);
    expect(slack.messages()).toHaveLength(3 + turn);
  }
  expect(asked()).toBe(before + 3); // each asked once more, in a second of its own
});

it.each<[string, string, SlackFault, boolean]>([
  ['must wait', 'C0AAA', { kind: 'limited', seconds: 9 }, false],
  ['got no answer', 'C0AAA', { kind: 'reset', commit: false }, false],
  ['must wait for the conversation', 'user:U0A', { kind: 'limited', seconds: 9 }, false],
  ['finds it gone', 'C0AAA', { kind: 'error', error: 'message_not_found' }, true],
])('a removal that %s is over or tried again by whoever asked', async (_how, channel, fault, over) => {
  scene = await scenes.open();
  scene.slack.fault = ({ method }) => (/^(chat\.delete|conversations\.open)$/.test(method) ? fault : null);
  const removed = scene.bot.remove(target(channel), '1700000000.000001').then(
    () => true,
    () => false,
  );
  expect(await removed).toBe(over);
});
