// Slack repeats itself; we do not. And nothing that hangs behind us may delay an acknowledgement.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestClock } from '../../../fakes/clock.ts';
import { openTestCore, type TestCore } from '../../../fakes/core.ts';
import type { Envelope } from '../../../fakes/slack/socket.ts';
import { hasty, openScene, type Scene } from '../scene.ts';

let core: TestCore;
let scene: Scene;
beforeAll(async () => {
  core = await openTestCore();
});
afterEach(() => scene.close());
afterAll(() => core.close());

/** Stops the bot, which finishes all work under way: nothing more can come. */
const finished = () => scene.bot.stop();

/** An event as Slack sends it; the same object again is a repetition. */
function mention(id: string, more: object = {}): Envelope {
  const event = {
    type: 'app_mention',
    user: 'U0ALICE',
    text: '<@U0BOT> price tao',
    ts: `17000${id}.000100`,
    channel: 'C0GENERAL',
    client_msg_id: `client-${id}`,
    ...more,
  };
  return {
    type: 'events_api',
    payload: {
      type: 'event_callback',
      team_id: 'T0TEAM',
      api_app_id: 'A0APP',
      event_id: `Ev${id}`,
      event_time: 1_700_000_000,
      event,
    },
  };
}

it('answers once: four deliveries, over a reconnect, with retry marks', async () => {
  scene = await openScene(core);
  const { slack } = scene;
  const event = mention('00001');
  await slack.deliver(event);
  await slack.deliver({ ...event, retry: { attempt: 1, reason: 'timeout' } });
  slack.socket.askToReconnect('refresh_requested');
  await slack.until(() => slack.socket.connections === 2 && slack.socket.open() === 1);
  await slack.deliver({ ...event, retry: { attempt: 2, reason: 'timeout' } });
  await slack.deliver({ ...event, retry: { attempt: 3, reason: 'timeout' } });
  await slack.waitFor(1);
  await finished();
  expect(slack.messages()).toHaveLength(1);
});

it('answers once across processes and after a restart, however the repetition is dressed', async () => {
  scene = await openScene(core);
  const { slack } = scene;
  await slack.deliver(mention('00002'));
  await slack.waitFor(1);
  await scene.bot.stop();
  const again = await scene.restart(); // a new process: empty memory, the same store
  await slack.deliver(mention('00002'));
  const same = mention('00002');
  await slack.deliver({ ...same, payload: { ...same.payload, event_id: 'EvOther1' } }); // same message, other event
  const other = mention('00003', { client_msg_id: 'client-00002' }); // a phantom copy with a new timestamp
  await slack.deliver(other);
  await slack.deliver({
    ...mention('00002'),
    payload: {
      ...same.payload,
      event_id: 'EvOther2',
      event: { ...(same.payload['event'] as object), type: 'message', channel_type: 'im' },
    },
  });
  await slack.deliver({ ...mention('00004'), retry: { attempt: 1, reason: 'timeout' } }); // a retry of what never arrived
  await slack.waitFor(2);
  await again.stop();
  expect(slack.messages()).toHaveLength(2);
});

it('HTTP behind a balancer: an event that it gives to one of two processes, or to both, is answered once', async () => {
  scene = await openScene(core, { mode: 'http' });
  const { slack } = scene;
  const first = slack.http ?? '';
  const other = await scene.restart(); // a second process beside the first, with the same store; Slack knows one address, the balancer two
  const second = slack.http ?? '';
  const to = async (address: string, event: Envelope) => {
    slack.http = address;
    return (await slack.deliver(event)).status;
  };
  const statuses = [
    await to(first, mention('00011')),
    await to(second, mention('00012')),
    await to(first, mention('00013')),
    await to(second, { ...mention('00013'), retry: { attempt: 1, reason: 'http_timeout' } }),
  ];
  await slack.waitFor(3);
  await Promise.all([finished(), other.stop()]);
  expect([first === second, statuses, slack.messages().length]).toEqual([false, [200, 200, 200, 200], 3]);
});

it('runs a button once when the same click arrives twice', async () => {
  scene = await openScene(core);
  const { slack } = scene;
  const envelope: Envelope = {
    type: 'slash_commands',
    envelopeId: 'twice-1',
    payload: {
      command: '/price',
      text: 'tao',
      team_id: 'T0TEAM',
      user_id: 'U0BEN',
      channel_id: 'C0GENERAL',
      trigger_id: 'twice-trigger',
      response_url: `${slack.origin}/response/none`,
    },
  };
  await Promise.all([slack.deliver(envelope), slack.deliver({ ...envelope, envelopeId: 'twice-2' })]);
  await slack.waitFor(1);
  await finished();
  expect(slack.messages()).toHaveLength(1);
});

it('ignores bots, itself and edits', async () => {
  scene = await openScene(core);
  const { slack } = scene;
  await slack.dm('price tao', { bot_id: 'B0OTHER' });
  await slack.dm('price tao', { user: slack.botUser });
  await slack.dm('Reminder: price tao', { user: 'USLACKBOT' });
  await slack.dm('price tao', { subtype: 'message_changed' });
  await slack.event({
    type: 'message',
    channel_type: 'channel',
    user: 'U0BOB',
    text: 'price tao',
    ts: '1700000001.0001',
    channel: 'C0GENERAL',
  });
  await finished();
  expect(slack.messages()).toEqual([]);
});

describe.each(['socket', 'http'] as const)('%s mode', (mode) => {
  it('acknowledges at once while the database and the data source hang', async () => {
    const never = () => new Promise<never>(() => undefined);
    const dispatch = never;
    const stuck = { store: never, fetch: never, remove: never, tenantsOf: never, flaggedAt: never, setFlag: never };
    scene = await openScene(core, {
      mode,
      bot: { seenKeys: { seen: never }, installations: stuck, dispatch, sleep: hasty },
    });
    const { slack } = scene;
    const sent = Array.from({ length: 40 }, (_, i) =>
      i % 2 === 0 ? slack.slash('/coin', 'tao') : slack.mention('price tao'),
    );
    const acknowledged = await Promise.all(sent); // a missing acknowledgement fails after 5 s
    expect(acknowledged.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200));
  });
});

it('answers from its own memory when the store fails, and still only once', async () => {
  scene = await openScene(core, { bot: { seenKeys: { seen: () => Promise.reject(new Error('database is locked')) } } });
  const { slack } = scene;
  await slack.deliver(mention('00005'));
  await slack.deliver(mention('00005'));
  await slack.waitFor(1);
  await finished();
  expect(slack.messages()).toHaveLength(1);
});

it('waits a second at most for a store that hangs', async () => {
  const clock = createTestClock();
  const { now, sleep } = clock;
  scene = await openScene(core, {
    bot: { seenKeys: { seen: () => new Promise(() => undefined) }, now, sleep },
  });
  const { slack } = scene;
  await slack.deliver(mention('00006'));
  await slack.until(() => clock.waits().filter((ms) => ms === 1000).length >= 2); // its place under way, and the store
  await clock.advance(1000);
  expect(await slack.waitFor(1)).toHaveLength(1);
});
