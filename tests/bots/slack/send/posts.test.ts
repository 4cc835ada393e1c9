// Scheduled posts and replies when Slack answers badly: outcomes tell the truth, and nothing is posted twice.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Card } from '../../../../src/app/card.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { openTestCore, type TestCore } from '../../../fakes/core.ts';
import { MINUTE } from '../../../../src/base/clock.ts';
import type { FakeSlackOptions, SlackFault } from '../../../fakes/slack/slack.ts';
import { assertClean, hasty, openScene, type Scene } from '../scene.ts';

let core: TestCore;
let scene: Scene;
beforeAll(async () => {
  core = await openTestCore();
});
afterEach(async () => {
  assertClean(scene);
  await scene.close();
});
afterAll(() => core.close());

const DIGEST: Card = {
  kind: 'digest',
  outcome: 'ok',
  tone: 'up',
  title: 'TAO today',
  blocks: [
    { kind: 'headline', value: '$250.28', change: { direction: 'up', text: '▲ +3.6%' } },
    {
      kind: 'chart',
      chart: {
        title: 'TAO',
        alt: 'TAO rose from 240 to 250',
        fileName: 'tao.png',
        unit: { currency: 'usd' },
        series: [
          {
            label: 'TAO',
            points: [
              [1_700_000_000_000, 240],
              [1_700_100_000_000, 250],
            ],
          },
        ],
        png: () => Promise.resolve(Buffer.from('89504e470d0a1a0a00', 'hex')),
      },
    },
  ],
};
/** Distance between two messages to a channel that was limited (ms). */
const SPACING_MS = 1100;
const no = (remedy: string) => ({ kind: 'no', remedy });
const target = (channel: string) => ({ tenant: 'T0TEAM', channel });
/** Bodies are kept in the database between attempts. */
const prepared = async () =>
  JSON.parse(JSON.stringify(await scene.bot.prepare(DIGEST))) as Awaited<ReturnType<Scene['bot']['prepare']>>;

it('posts a prepared body with its key, finds and removes it', async () => {
  scene = await openScene(core);
  const since = Date.now();
  const outcome = await scene.bot.post(target('C0AAA'), await prepared(), 'key-1');
  const [message] = scene.slack.messages();
  expect(outcome).toEqual({ kind: 'sent', messageId: message?.ts });
  expect(message?.metadata).toEqual({ event_type: 'taobot_post', event_payload: { key: 'key-1' } });
  expect(await scene.bot.find(target('C0AAA'), 'key-1', since)).toEqual({ kind: 'found', messageId: message?.ts });
  expect(await scene.bot.find(target('C0AAA'), 'key-2', since)).toEqual({ kind: 'absent' });
  await scene.bot.remove(target('C0AAA'), message?.ts ?? '');
  await scene.bot.remove(target('C0AAA'), 'gone'); // no error
  expect(scene.slack.messages()).toEqual([]);
});

/** A clock that a test moves, for the bot and for Slack. */
async function withClock(fake: FakeSlackOptions = {}) {
  const clock = createTestClock({ freeMs: 5000 });
  const { now, sleep } = clock;
  scene = await openScene(core, { fake: { now, ...fake }, bot: { now, sleep, monotonic: now } });
  return clock;
}
const chatter = (count: number) => {
  const { space } = scene.slack;
  for (let i = 0; i < count; i++)
    space.add({ channel: 'C0AAA', ts: space.nextTs(), text: 'talk', blocks: [], via: 'people', sent: {} });
};
const reads = () => scene.slack.space.calls.filter(({ method }) => method === 'conversations.history').length;

it('finds a post with thousands of later messages by looking around the attempt only', async () => {
  const clock = await withClock();
  const since = clock.now();
  await scene.bot.post(target('C0AAA'), await prepared(), 'key-1');
  await clock.advance(10 * MINUTE);
  chatter(3000);
  expect(await scene.bot.find(target('C0AAA'), 'key-1', since, since + MINUTE)).toMatchObject({ kind: 'found' });
  expect(await scene.bot.find(target('C0AAA'), 'key-2', since, since + MINUTE)).toEqual({ kind: 'absent' });
  expect(reads()).toBe(2);
});

it('says that it cannot see rather than guess when there is more than it may read', async () => {
  const clock = await withClock();
  const since = clock.now();
  await scene.bot.post(target('C0AAA'), await prepared(), 'key-1');
  chatter(2000); // in the same minute
  expect(await scene.bot.find(target('C0AAA'), 'key-2', since)).toEqual({ kind: 'cannot-see' });
});

it('finds it where Slack gives 15 messages once a minute, in as many looks as that takes', async () => {
  const clock = await withClock({ distributed: true });
  const since = clock.now();
  await scene.bot.post(target('C0AAA'), await prepared(), 'key-1');
  chatter(40);
  const look = () => scene.bot.find(target('C0AAA'), 'key-1', since, since + MINUTE);
  for (let turn = 0; turn < 2; turn++) {
    await expect(look()).rejects.toThrow('rate'); // a passing fault: whoever asks may ask again
    await clock.advance(MINUTE);
  }
  expect(await look()).toMatchObject({ kind: 'found' });
});

it('begins anew once a look has ended: what was posted since is found', async () => {
  const clock = await withClock({ distributed: true });
  const since = clock.now();
  chatter(20);
  const look = () => scene.bot.find(target('C0AAA'), 'key-1', since, since + MINUTE);
  await expect(look()).rejects.toThrow('rate');
  await clock.advance(MINUTE);
  expect(await look()).toEqual({ kind: 'absent' });
  await scene.bot.post(target('C0AAA'), await prepared(), 'key-1');
  await clock.advance(MINUTE);
  expect(await look()).toMatchObject({ kind: 'found' });
});

it('asks for fewer messages where Slack refuses to give as many', async () => {
  scene = await openScene(core);
  const since = Date.now();
  await scene.bot.post(target('C0AAA'), await prepared(), 'key-1');
  scene.slack.fault = ({ method, args }) =>
    method === 'conversations.history' && Number(args['limit']) > 15 ? { kind: 'error', error: 'invalid_limit' } : null;
  expect(await scene.bot.find(target('C0AAA'), 'key-1', since)).toMatchObject({ kind: 'found' });
});

it('never takes for absent what it may not see, or an answer that says nothing', async () => {
  scene = await openScene(core, { fake: { outside: ['C0OUT', 'C0HIDDEN'], private: ['C0HIDDEN'] } });
  for (const channel of ['C0OUT', 'C0HIDDEN'])
    expect(await scene.bot.find(target(channel), 'key', Date.now())).toEqual({ kind: 'cannot-see' });
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
  [{ kind: 'error', error: 'msg_too_long' }, 'C0AAA', { kind: 'bad-body', reason: 'too-large' }],
  [
    { kind: 'error', error: 'restricted_action_read_only_channel' },
    'C0AAA',
    { kind: 'bad-target', reason: 'forbidden', detail: 'policy' },
  ],
  [{ kind: 'error', error: 'user_not_found' }, 'C0AAA', { kind: 'bad-target', reason: 'other' }],
  [null, 'C0GONE', { kind: 'bad-target', code: 'channel_not_found', reason: 'gone', detail: 'or-removed' }],
  [null, 'C0ARCHIVED', { kind: 'bad-target', code: 'is_archived', reason: 'archived' }],
  [null, 'C0OUTSIDE', { kind: 'bad-target', code: 'not_in_channel', reason: 'forbidden', detail: 'not-member' }],
])('%j in %s gives %j after exactly one attempt', async (fault, channel, expected) => {
  scene = await openScene(core, { fake: { outside: ['C0OUTSIDE'] } });
  scene.slack.fault = (call) => (call.method === 'chat.postMessage' ? fault : null);
  expect(await scene.bot.post(target(channel), await prepared(), 'key')).toMatchObject(expected);
  expect(scene.slack.space.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
});

it('is "not sent" when nobody listens', async () => {
  scene = await openScene(core);
  const body = await prepared();
  await scene.slack.close();
  expect(await scene.bot.post(target('C0AAA'), body, 'key')).toMatchObject({ kind: 'not-sent', code: 'ECONNREFUSED' });
});

it('one channel that is limited delays no other, and is not asked before its time', async () => {
  const clock = createTestClock();
  scene = await openScene(core, { bot: { now: clock.now, sleep: clock.sleep } });
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
  expect(await scene.bot.post(target('C0OTHER'), await prepared(), 'key')).toMatchObject({ kind: 'sent' });
  busy = false;
  await clock.advance(1999);
  expect(asked()).toBe(1);
  await clock.advance(1);
  await slack.until(() => slack.messages().some((message) => message.channel === 'C0BUSY'));
  expect(asked()).toBe(2);
});

it('20 lost answers make no second reply where history may be read', async () => {
  scene = await openScene(core, { bot: { sleep: hasty } });
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
  scene = await openScene(core, { fake: { history: false }, bot: { sleep: hasty } });
  const { slack } = scene;
  slack.fault = (call) => (call.method === 'chat.postMessage' ? { kind: 'reset', commit: true } : null);
  for (let i = 0; i < 20; i++) await slack.mention('price tao', { channel: `C0LOST${i}`, user: `U0LOST${i}` });
  await slack.until(() => scene.counts.get('slack_reply_ambiguous') === 20);
  expect(slack.messages()).toHaveLength(20);
  expect(await scene.bot.find(target('C0LOST1'), 'key', Date.now())).toEqual({ kind: 'cannot-see' });
});

it.each<[string, SlackFault]>([
  ['lost', { kind: 'reset', commit: false }],
  ['a fault of Slack', { kind: 'status', status: 502, commit: false }],
])('repeats a private answer whose response address is %s', async (_name, fault) => {
  scene = await openScene(core, { bot: { sleep: hasty } });
  const { slack } = scene;
  let faults = 0;
  slack.fault = ({ method }) => (method === 'response_url' && faults++ < 2 ? fault : null);
  await slack.slash('/coin', 'nosuchcoin', { user: 'U0PRIVATE' });
  const answers = await slack.waitFor(1);
  expect(answers).toMatchObject([{ ephemeralFor: 'U0PRIVATE', via: 'response_url' }]);
  expect(answers[0]?.text).not.toContain('did not confirm'); // there is nothing to be unsure about
});

it('says a private answer by the Web API when the response address stays broken', async () => {
  scene = await openScene(core, { bot: { sleep: hasty } });
  const { slack } = scene;
  slack.fault = ({ method }) => (method === 'response_url' ? { kind: 'status', status: 503, commit: false } : null);
  await slack.slash('/coin', 'nosuchcoin', { user: 'U0PRIVATE' });
  expect(await slack.waitFor(1)).toMatchObject([{ ephemeralFor: 'U0PRIVATE', via: 'chat.postEphemeral' }]);
});

it.each<[string, boolean, boolean]>([
  ['arrived, where history may be read', true, true],
  ['arrived, where nobody may look', true, false],
  ['did not arrive', false, true],
])('tells a public answer privately unless it is found: it %s', async (_name, commit, history) => {
  scene = await openScene(core, { fake: { history }, bot: { sleep: hasty } });
  const { slack } = scene;
  let faults = 0;
  slack.fault = ({ method }) =>
    method === 'response_url' && faults++ === 0 ? { kind: 'status', status: 502, commit } : null;
  await slack.slash('/price', 'tao', { user: 'U0PUBLIC' });
  await slack.waitFor(commit && !history ? 2 : 1);
  await scene.bot.stop();
  const shown = slack.messages().map(({ ephemeralFor }) => (ephemeralFor === undefined ? 'public' : 'private'));
  expect(shown).toEqual([...(commit ? ['public'] : []), ...(commit && history ? [] : ['private'])]);
  if (shown.includes('private')) expect(slack.messages().at(-1)?.text).toContain('did not confirm');
  expect(scene.counts.get('slack_reply_announced') ?? 0).toBe(shown.includes('private') ? 1 : 0);
});

it('waits as long as a response address says', async () => {
  const clock = await withClock();
  clock.freeMs = 0;
  const { slack } = scene;
  let limited = 1;
  slack.fault = ({ method }) => (method === 'response_url' && limited-- > 0 ? { kind: 'limited', seconds: 7 } : null);
  await slack.slash('/price', 'tao', { user: 'U0WAIT' });
  await slack.until(() => clock.waits().includes(7000));
  await clock.advance(6999);
  expect(slack.messages()).toEqual([]);
  await clock.advance(1);
  await slack.waitFor(1);
});

it('does not drop a mention that Slack tells to wait again and again', async () => {
  const clock = await withClock();
  const { slack } = scene;
  let limited = 4;
  slack.fault = ({ method }) =>
    method === 'chat.postMessage' && limited-- > 0 ? { kind: 'limited', seconds: 3 } : null;
  await slack.mention('price tao', { user: 'U0PATIENT' });
  await slack.waitFor(1);
  expect(clock.waits().filter((ms) => ms === 3000)).toHaveLength(4);
});

it('publishes the Home tab again after a fault', async () => {
  scene = await openScene(core, { bot: { sleep: hasty } });
  const { slack } = scene;
  let faults = 0;
  slack.fault = ({ method }) =>
    method === 'views.publish' && faults++ < 2 ? { kind: 'status', status: 500, commit: false } : null;
  await slack.home('U0HOME');
  await slack.until(() => slack.space.views.has('U0HOME'));
  expect(faults).toBe(3);
});

it('asks before each form of a post whether it may still leave, and gives up in the middle', async () => {
  scene = await openScene(core, { fake: { dataVisualization: false }, bot: { sleep: hasty } });
  const sent = () => scene.slack.space.calls.filter(({ method }) => method === 'chat.postMessage').length;
  let asked = 0;
  const mayLeave = () => ++asked < 2;
  const outcome = await scene.bot.post(target('C0AAA'), await prepared(), 'key', mayLeave);
  expect(outcome).toEqual({ kind: 'not-sent', code: 'not-left' });
  expect([asked, sent(), scene.slack.messages().length]).toEqual([2, 1, 0]);
});

it('keeps one deadline for all forms of a post: nothing leaves when the whole took too long', async () => {
  let uptime = 0;
  scene = await openScene(core, {
    fake: { dataVisualization: false },
    bot: { sleep: hasty, monotonic: () => uptime },
  });
  scene.slack.fault = ({ method }) => {
    if (method === 'files.completeUploadExternal') uptime += 25_000;
    return null;
  };
  const outcome = await scene.bot.post(target('C0AAA'), await prepared(), 'key');
  expect(outcome).toEqual({ kind: 'not-sent', code: 'not-left' });
  expect(scene.slack.messages()).toEqual([]);
});

it('leaves out pictures that are not uploaded in time', async () => {
  const clock = createTestClock();
  const { now, sleep } = clock;
  scene = await openScene(core, { fake: { dataVisualization: false, now }, bot: { now, sleep, monotonic: now } });
  scene.slack.fault = ({ method }) =>
    method === 'files.getUploadURLExternal' ? { kind: 'hang', commit: false } : null;
  const waiting = clock.asked(3500);
  const posted = scene.bot.post(target('C0AAA'), await prepared(), 'key');
  await waiting;
  await clock.advance(3500);
  expect(await posted).toMatchObject({ kind: 'sent' });
  expect(scene.slack.messages()[0]?.text).toContain('$250.28');
});

it('posts to a person in the direct conversation, finds and removes it there, and opens that once', async () => {
  scene = await openScene(core);
  const since = Date.now();
  const person = target('user:U0PERSON');
  const outcome = await scene.bot.post(person, await prepared(), 'key-1');
  await scene.bot.post(person, await prepared(), 'key-2');
  const [message] = scene.slack.messages();
  expect(message).toMatchObject({ channel: 'DU0PERSON' });
  expect(outcome).toEqual({ kind: 'sent', messageId: message?.ts });
  expect(await scene.bot.find(person, 'key-1', since)).toEqual({ kind: 'found', messageId: message?.ts });
  await scene.bot.remove(person, message?.ts ?? '');
  expect(scene.slack.messages()).toHaveLength(1);
  expect(scene.slack.space.calls.filter(({ method }) => method === 'conversations.open')).toHaveLength(1);
});

it.each<[string, FakeSlackOptions, SlackFault | null, string, object]>([
  ['is gone', {}, null, 'user:U0GONE', { kind: 'bad-target', code: 'user_disabled', reason: 'closed-dm' }],
  ['cannot be asked for', {}, { kind: 'reset', commit: true }, 'user:U0A', { kind: 'not-sent' }],
  ['must wait', {}, { kind: 'limited', seconds: 9 }, 'user:U0A', { kind: 'not-sent', retryAfterMs: 9000 }],
  ['was installed for without im:write', { scopes: ['chat:write'] }, null, 'user:U0A', { kind: 'sent' }],
])('tells what became of a post to a person who %s', async (_name, fake, fault, channel, expected) => {
  scene = await openScene(core, { fake });
  scene.slack.fault = ({ method }) => (method === 'conversations.open' ? fault : null);
  expect(await scene.bot.post(target(channel), await prepared(), 'key')).toMatchObject(expected);
});

it('pings the one person whom a card names, at the beginning, and nobody else', async () => {
  scene = await openScene(core);
  const title = '<@U0OTHER> <!channel>';
  for (const mention of ['U0OWNER', '!channel', '@everyone', 'U0OWNER> <!here'])
    await scene.bot.post(target('C0AAA'), await scene.bot.prepare({ ...DIGEST, title, mention }), mention.slice(0, 9));
  const pings = scene.slack
    .messages()
    .map(({ text, blocks }) => [...(text + JSON.stringify(blocks)).matchAll(/<[@!#][^>]*>/g)]);
  expect(pings.map((found) => found.map(([ping]) => ping))).toEqual([['<@U0OWNER>', '<@U0OWNER>'], [], [], []]);
  const [pinged] = scene.slack.messages();
  expect(pinged?.text.startsWith('<@U0OWNER> ')).toBe(true);
  expect(JSON.stringify(pinged?.blocks[0])).toContain('<@U0OWNER>');
});

it.each<[string, string, FakeSlackOptions, object]>([
  ['we are in it', 'C0NEWS', {}, { kind: 'yes' }],
  ['a direct conversation', 'D0DIRECT', {}, { kind: 'yes' }],
  ['a person', 'user:U0A', {}, { kind: 'yes' }],
  ['not in it', 'C0NEWS', { outside: ['C0NEWS'] }, no('I am not in #news, so invite me first: /invite @taobot.')],
  [
    'not in it, and public posts are granted',
    'C0NEWS',
    { outside: ['C0NEWS'], scopes: ['channels:read', 'chat:write.public'] },
    { kind: 'yes' },
  ],
  [
    'private, and not in it',
    'C0NEWS',
    { outside: ['C0NEWS'], private: ['C0NEWS'] },
    no('I am not in that channel, so invite me first: /invite @taobot.'),
  ],
  ['archived', 'C0ARCHIVED', {}, no('I cannot post in #old: it is archived.')],
  [
    'restricted',
    'C0NEWS',
    { readOnly: ['C0NEWS'] },
    no('I may not post in #news: its settings restrict who posts. Ask an admin of the workspace.'),
  ],
  ['a person who is gone', 'user:U0GONE', {}, { kind: 'no' }],
  ['no scope to ask', 'C0NEWS', { scopes: ['chat:write'] }, { kind: 'unknown' }],
])('says whether posts can arrive: %s', async (_name, channel, fake, expected) => {
  scene = await openScene(core, { fake: { names: { C0NEWS: 'news', C0ARCHIVED: 'old' }, ...fake } });
  expect(await scene.bot.canPost?.(target(channel))).toMatchObject(expected);
  const sent = await scene.bot.post(target(channel), await prepared(), 'key');
  if ('kind' in expected && expected.kind !== 'unknown') expect(sent.kind === 'sent').toBe(expected.kind === 'yes');
});

it('does not know whether posts can arrive while Slack is away', async () => {
  scene = await openScene(core);
  scene.slack.fault = () => ({ kind: 'status', status: 503, commit: false });
  expect(await scene.bot.canPost?.(target('C0NEWS'))).toEqual({ kind: 'unknown' });
});

it('a lost answer of a response address makes no second message', async () => {
  scene = await openScene(core, { bot: { sleep: hasty } });
  const { slack } = scene;
  slack.fault = (call) => (call.method === 'response_url' ? { kind: 'status', status: 502, commit: true } : null);
  await slack.slash('/price', 'tao', { user: 'U0ONE' });
  await slack.waitFor(1);
  await scene.bot.stop();
  expect(slack.messages()).toHaveLength(1);
});

it('keeps to one message a second in a channel once Slack asked for it', async () => {
  const clock = createTestClock();
  const limits = { burst: 3, perSecond: 1, perMinute: 600 };
  scene = await openScene(core, { fake: { limits, now: clock.now }, bot: { now: clock.now, sleep: clock.sleep } });
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
