// The fake keeps to Slack's documents: asked by Slack's own client and read by Bolt, never by our code.
import { App, type Receiver, type ReceiverEvent } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, expect, it } from 'vitest';
import type { FakeSlack, FakeSlackOptions } from '../../fakes/slack/slack.ts';
import { startFakeSlack } from '../../fakes/slack/slack.ts';

let slack: FakeSlack;
afterEach(() => slack.close());

async function open(options: FakeSlackOptions = {}): Promise<WebClient> {
  slack = await startFakeSlack(options);
  return new WebClient(slack.token, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

const CHANNEL = 'C0TALK';
const talk = async (client: WebClient, count: number, thread?: string): Promise<string[]> => {
  const stamps: string[] = [];
  for (let i = 0; i < count; i++) {
    const place = { channel: CHANNEL, ...(thread === undefined ? {} : { thread_ts: thread }) };
    const posted = await client.apiCall('chat.postMessage', { ...place, text: `message ${i}` });
    stamps.push(String((posted as { ts?: unknown }).ts));
  }
  return stamps;
};
const stampsOf = ({ messages = [] }: { messages?: { ts?: string }[] }) => messages.map(({ ts }) => ts);

// https://docs.slack.dev/reference/methods/conversations.history
it('lists the newest messages first, between oldest and latest, both excluded unless inclusive', async () => {
  const client = await open();
  const stamps = await talk(client, 5);
  const [oldest = '', , , , latest = ''] = stamps;
  const all = await client.conversations.history({ channel: CHANNEL });
  expect(stampsOf(all)).toEqual(stamps.toReversed());
  const inner = await client.conversations.history({ channel: CHANNEL, oldest, latest });
  expect(stampsOf(inner)).toEqual(stamps.slice(1, 4).toReversed());
  const whole = await client.conversations.history({ channel: CHANNEL, oldest, latest, inclusive: true });
  expect(stampsOf(whole)).toEqual(stamps.toReversed());
});

it('gives pages with a cursor, and has_more until the last one', async () => {
  const client = await open();
  const stamps = await talk(client, 5);
  const first = await client.conversations.history({ channel: CHANNEL, limit: 3 });
  expect([stampsOf(first), first.has_more]).toEqual([stamps.slice(2).toReversed(), true]);
  const cursor = first.response_metadata?.next_cursor ?? '';
  const last = await client.conversations.history({ channel: CHANNEL, limit: 3, cursor });
  expect([stampsOf(last), last.has_more]).toEqual([stamps.slice(0, 2).toReversed(), false]);
});

// https://docs.slack.dev/reference/methods/conversations.replies
it('lists a thread from its beginning, which is on every page', async () => {
  const client = await open();
  const [thread = ''] = await talk(client, 1);
  const replies = await talk(client, 3, thread);
  const found = await client.conversations.replies({ channel: CHANNEL, ts: thread, limit: 2 });
  expect([stampsOf(found), found.has_more]).toEqual([[thread, ...replies.slice(0, 2)], true]);
  expect(stampsOf(await client.conversations.history({ channel: CHANNEL }))).toEqual([thread]);
});

// https://docs.slack.dev/apis/web-api/rate-limits
it('gives apps outside of the Marketplace 15 messages once a minute', async () => {
  let now = Date.now();
  const client = await open({ distributed: true, now: () => now });
  await talk(client, 20);
  const read = () => client.conversations.history({ channel: CHANNEL, limit: 100 });
  expect(stampsOf(await read())).toHaveLength(15);
  await expect(read()).rejects.toMatchObject({ retryAfter: 60 });
  now += 60_000;
  expect(stampsOf(await read())).toHaveLength(15);
});

// https://docs.slack.dev/reference/methods/conversations.history#errors, …/chat.postMessage#errors, …/conversations.info#errors
it.each([
  ['a public channel without us', { outside: [CHANNEL] }, 'not_in_channel', 'not_in_channel', null],
  [
    'a private channel without us',
    { outside: [CHANNEL], private: [CHANNEL] },
    'channel_not_found',
    'channel_not_found',
    'channel_not_found',
  ],
  ['no history scope', { history: false }, 'missing_scope', null, null],
  ['no scope to read channels', { scopes: ['chat:write'] }, null, null, 'missing_scope'],
])('%s', async (_name, options, history, post, info) => {
  const client = await open(options);
  const errorOf = (call: Promise<unknown>) =>
    call.then(
      () => null,
      (error: { data?: { error?: string } }) => error.data?.error,
    );
  expect(await errorOf(client.conversations.history({ channel: CHANNEL }))).toBe(history);
  expect(await errorOf(client.apiCall('chat.postMessage', { channel: CHANNEL, text: 'x' }))).toBe(post);
  expect(await errorOf(client.conversations.info({ channel: CHANNEL }))).toBe(info);
});

// https://docs.slack.dev/reference/methods/conversations.open
it('opens the same direct conversation each time, and says what the token may do', async () => {
  const client = await open();
  const [first, second] = [
    await client.conversations.open({ users: 'U0A' }),
    await client.conversations.open({ users: 'U0A' }),
  ];
  expect(first.channel?.id).toMatch(/^D/);
  expect(second.channel?.id).toBe(first.channel?.id);
  expect(first.response_metadata?.scopes).toContain('im:write');
});

/** Whose event Bolt takes it for. */
async function contextOf(deliver: () => Promise<unknown>): Promise<object> {
  const seen = Promise.withResolvers<object>();
  let listen: App | null = null;
  const receiver: Receiver = {
    init: (app) => void (listen = app),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  const app = new App({ receiver, authorize: () => Promise.resolve({}), convoStore: false });
  app.use(({ context: { teamId, enterpriseId, isEnterpriseInstall } }) => {
    seen.resolve({ teamId, enterpriseId, isEnterpriseInstall });
    return Promise.resolve();
  });
  await deliver();
  const event: ReceiverEvent = { body: payload, ack: () => Promise.resolve() };
  await (listen as App | null)?.processEvent(event);
  return await seen.promise;
}

let payload: Record<string, unknown> = {};
/** Notes what would be sent; nobody listens. */
function noted(): FakeSlack {
  slack.socket.send = (envelope) => {
    payload = envelope.payload;
    return Promise.resolve({ ms: 0, payload: {} });
  };
  return slack;
}

// https://docs.slack.dev/apis/events-api#authorizations, https://docs.slack.dev/apis/slack-connect, https://docs.slack.dev/enterprise
it('says for whose installation something is: a workspace, a shared channel, an organisation', async () => {
  await open();
  const people = noted();
  const ours = { teamId: 'TOURS', enterpriseId: undefined, isEnterpriseInstall: false };
  const organisation = { teamId: 'TOURS', enterpriseId: 'E0ORG', isEnterpriseInstall: true };
  const where = { team: 'TOURS' };
  expect(await contextOf(() => people.mention('x', where))).toEqual(ours);
  expect(await contextOf(() => people.mention('x', { ...where, host: 'TTHEIRS' }))).toEqual(ours);
  expect(payload['team_id']).toBe('TTHEIRS');
  expect(await contextOf(() => people.mention('x', { ...where, organisation: 'E0ORG' }))).toEqual(organisation);
  expect(await contextOf(() => people.slash('/x', '', { ...where, organisation: 'E0ORG' }))).toEqual(organisation);
  const pressed = { ...where, organisation: 'E0ORG' };
  expect(await contextOf(() => people.shortcut({ ts: '1.2', text: 'x' }, pressed))).toEqual(organisation);
});
