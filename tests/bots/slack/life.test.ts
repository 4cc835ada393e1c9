// Trouble with Slack stays with Slack: wrong tokens, drops and refusals never end the process, health tells, connections come back.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createTestClock, settled } from '../../fakes/clock.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';
import type { FakeSlack } from '../../fakes/slack/slack.ts';
import { assertClean, collectRejections, openScene, type Scene, sleep } from './scene.ts';

let core: TestCore;
let scene: Scene;
const rejections = collectRejections();
beforeAll(async () => {
  core = await openTestCore();
});
afterEach(async () => {
  await scene.close();
  await settled();
  assertClean(scene, rejections);
});
afterAll(() => core.close());

/** Pauses of seconds become milliseconds; what guards against silence stays long. */
const brisk = (ms: number) => sleep(ms === HELLO_MS ? ms : Math.min(ms / 50, 300));
const HELLO_MS = 25_000;
const connected = () => scene.bot.health().connected;

it('notices a token that was revoked in the middle of the day', async () => {
  scene = await openScene(core, { mode: 'http' });
  const { slack } = scene;
  expect(connected()).toBe(true);
  slack.space.revoked.add(slack.token);
  await slack.mention('price tao', { user: 'U0LATE' });
  await slack.until(() => !connected());
  expect(scene.bot.health().detail).toContain('token_revoked');
  expect(scene.fatal).toEqual([
    expect.stringMatching(/^Slack refuses SLACK_BOT_TOKEN \(token_revoked\): it was revoked/),
  ]);
});

it('says why it is not connected when a token is wrong, and goes on when Slack takes it again', async () => {
  let refused = true;
  const options = { bot: { sleep: brisk } };
  scene = await openScene(core, options);
  scene.slack.fault = (call) =>
    refused && call.method === 'apps.connections.open' ? { kind: 'error', error: 'invalid_auth' } : null;
  scene.slack.socket.drop();
  await scene.slack.until(() => !connected() && scene.bot.health().detail.includes('invalid_auth'));
  expect(scene.fatal).toEqual([expect.stringContaining('App-Level Tokens')]);
  refused = false;
  await scene.slack.until(connected);
  await scene.slack.slash('/price', 'tao', { user: 'U0AGAIN' });
  await scene.slack.waitFor(1);
});

it.each<[string, (slack: FakeSlack) => void]>([
  ['a dropped connection', (slack) => slack.socket.drop()],
  ['a refresh', (slack) => slack.socket.askToReconnect('refresh_requested')],
  ['a warning', (slack) => slack.socket.askToReconnect('warning')],
])('comes back at once after %s', async (_name, cause) => {
  scene = await openScene(core);
  const { slack } = scene;
  cause(slack);
  await slack.until(() => slack.socket.connections === 2 && connected());
  await slack.slash('/price', 'tao', { user: 'U0BACK' });
  expect(await slack.waitFor(1)).toHaveLength(1);
});

it.each(['warning', 'refresh_requested'])('loses nothing while a connection is replaced: %s', async (reason) => {
  scene = await openScene(core);
  const { slack } = scene;
  const released = Promise.withResolvers<void>();
  slack.fault = ({ method }) => (method === 'apps.connections.open' ? { kind: 'held', until: released.promise } : null);
  slack.socket.askToReconnect(reason);
  await slack.until(() => slack.space.calls.filter(({ method }) => method === 'apps.connections.open').length === 2);
  expect(connected()).toBe(true); // the new connection is not there yet, so the old one has to do
  await slack.slash('/price', 'tao', { user: 'U0BETWEEN' }); // fails without an acknowledgement
  released.resolve();
  await slack.until(() => slack.socket.open() === 2);
  await Promise.all([
    slack.slash('/price', 'near', { user: 'U0FIRST' }), // over both connections in turn
    slack.slash('/price', 'near', { user: 'U0SECOND' }),
  ]);
  await slack.until(() => slack.socket.open() === 1);
  await slack.slash('/price', 'near', { user: 'U0AFTER' });
  await slack.waitFor(4);
  expect([connected(), slack.socket.connections]).toEqual([true, 2]);
});

it('replaces a connection at once when Slack turns Socket Mode off and on', async () => {
  scene = await openScene(core, { bot: { sleep: brisk } });
  const { slack } = scene;
  slack.socket.askToReconnect('link_disabled');
  await slack.until(() => slack.socket.connections === 2 && slack.socket.open() === 1);
  expect(core.lines.join('')).toContain(
    'Socket Mode is switched off in the settings of the app: Settings ▸ Socket Mode',
  );
  await slack.until(connected);
  await slack.slash('/price', 'tao', { user: 'U0SWITCH' });
  expect(await slack.waitFor(1)).toHaveLength(1);
});

it('survives refused, broken and silent connections, with growing pauses', async () => {
  const pauses: number[] = [];
  scene = await openScene(core, { bot: { sleep: (ms) => (pauses.push(ms), brisk(ms)) } });
  const { slack } = scene;
  let trouble = 0;
  const kinds = [
    { kind: 'status', status: 500, commit: false },
    { kind: 'reset', commit: false },
    { kind: 'garbage', commit: false },
    { kind: 'limited', seconds: 1 },
    { kind: 'error', error: 'internal_error' },
  ] as const;
  slack.fault = (call) =>
    call.method === 'apps.connections.open' && trouble < 10 ? (kinds[trouble++ % kinds.length] ?? null) : null;
  slack.socket.drop();
  await slack.until(() => trouble === 10 && connected());
  const between = pauses.filter((ms) => ms !== HELLO_MS);
  expect(between).toEqual(between.toSorted((a, b) => a - b));
  expect([between[0], between.at(-1)]).toEqual([500, 30_000]);
});

it('is not confused by frames that are no envelopes', async () => {
  scene = await openScene(core);
  const { slack } = scene;
  for (const frame of [
    'null',
    '[]',
    '5',
    '"x"',
    '{bad',
    '{}',
    '{"type":"events_api"}',
    '{"type":"events_api","payload":null,"envelope_id":"1"}',
    '{"type":"slash_commands","payload":{},"envelope_id":"2"}',
    '{"type":"nonsense","payload":{"a":1},"envelope_id":"3"}',
  ])
    slack.socket.push(frame);
  await slack.slash('/price', 'tao', { user: 'U0SANE' });
  expect(await slack.waitFor(1)).toHaveLength(1);
});

it('answers even when the acknowledgement cannot be sent any more', async () => {
  scene = await openScene(core);
  const { slack } = scene;
  slack.slash('/price', 'tao', { user: 'U0CUT' }).catch(() => undefined);
  slack.socket.drop();
  await slack.until(() => slack.socket.connections === 2 && connected());
  await slack.slash('/price', 'near', { user: 'U0WHOLE' });
  await slack.until(() => slack.messages().some(({ text }) => text.includes('NEAR')));
  expect(rejections).toEqual([]);
});

it('starts without Slack, in both modes, and says so', async () => {
  for (const mode of ['socket', 'http'] as const) {
    scene = await openScene(core, { mode, bot: { botToken: 'xoxb-wrong-token' } });
    expect(scene.bot.health()).toMatchObject({ connected: false });
    expect(scene.bot.health().detail).toMatch(
      /^Slack refuses SLACK_BOT_TOKEN \(invalid_auth\): it is wrong .*OAuth & Permissions/,
    );
    expect(scene.fatal).toContain(scene.bot.health().detail);
    await scene.close();
  }
  for (const mode of ['socket', 'http'] as const) {
    scene = await openScene(core, { mode, bot: { apiUrl: 'http://127.0.0.1:47111/api/', sleep: brisk } });
    expect(scene.bot.health().detail).toBe('Slack cannot be reached (ECONNREFUSED), trying again');
    if (mode === 'socket') await scene.close();
  }
});

it('stops at once and for good, also twice and while reconnecting', async () => {
  const clock = createTestClock();
  scene = await openScene(core, { bot: { now: clock.now, sleep: clock.sleep } });
  const { slack, bot } = scene;
  const reconnecting = clock.asked(500);
  slack.socket.drop();
  await reconnecting;
  const opened = () => slack.space.calls.filter(({ method }) => method === 'apps.connections.open').length;
  const before = opened();
  await Promise.all([bot.stop(), bot.stop()]); // nobody moves the clock: no pause is waited for
  await bot.stop();
  await clock.advance(3_600_000);
  expect([opened(), slack.socket.open()]).toEqual([before, 0]);
  expect(bot.health()).toEqual({ connected: false, detail: 'stopped' });
});

it('finishes what is under way before it stops', async () => {
  const [asked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  scene = await openScene(core, {
    bot: { dispatch: async (request) => (asked.resolve(), await released.promise, core.dispatch(request)) },
  });
  const { slack, bot } = scene;
  await slack.slash('/price', 'tao', { user: 'U0LAST' });
  await asked.promise;
  const stopped = bot.stop();
  released.resolve();
  await stopped;
  expect(slack.messages()).toHaveLength(1);
});

it('keeps tokens, texts and response addresses out of the log', async () => {
  core.lines.length = 0;
  scene = await openScene(core);
  const { slack } = scene;
  slack.fault = (call) =>
    call.method === 'chat.postMessage' || call.method === 'response_url'
      ? { kind: 'error', error: 'invalid_auth' }
      : null;
  await slack.slash('/coin', 'canary-text-1', { user: 'U0CANARY' });
  await slack.mention('canary-text-2', { user: 'U0CANARY' });
  await slack.dm('canary-text-3', { user: 'U0CANARY' });
  await slack.until(() => core.lines.filter((line) => line.includes('could not be answered')).length >= 3);
  const log = core.lines.join('\n');
  for (const secret of [slack.token, slack.appToken, slack.signingSecret, 'canary-text', '/response/', 'U0CANARY'])
    expect(log).not.toContain(secret);
});
