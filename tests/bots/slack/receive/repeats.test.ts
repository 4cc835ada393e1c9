// What Slack repeats, and what it sends while a connection is replaced: nothing fails, nothing is answered twice.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestClock } from '../../../fakes/clock.ts';
import { openTestCore, type TestCore } from '../../../fakes/core.ts';
import { openScene, type Scene } from '../scene.ts';

let core: TestCore;
let scene: Scene;
let clock: ReturnType<typeof createTestClock>;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  core = await openTestCore();
});
beforeEach(() => void (clock = createTestClock()));
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  await scene.close();
});
afterAll(() => core.close());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const open = async (mode: 'socket' | 'http', fake: { delayedEvents?: boolean } = {}) => {
  const { now, sleep } = clock;
  scene = await openScene(core, { mode, fake: { now, sleep, ...fake }, bot: { now, sleep } });
  return scene.slack;
};

it.each(['warning', 'refresh_requested'])(
  'no slash command fails from the notice to the end of the old connection: %s',
  async (reason) => {
    const slack = await open('socket');
    let count = 0;
    const ask = () => slack.slash('/price', 'tao', { user: `U0${reason}${++count}` }); // fails without an acknowledgement
    const released = Promise.withResolvers<void>();
    slack.fault = ({ method }) =>
      method === 'apps.connections.open' ? { kind: 'held', until: released.promise } : null;
    await clock.advance(MINUTE); // a connection that hardly lived is replaced after a pause
    const notice = clock.asked(10_000);
    slack.socket.askToReconnect(reason);
    await notice;
    await Promise.all([ask(), ask()]); // only the old connection is there
    const overlap = clock.asked(2000);
    released.resolve();
    await slack.until(() => slack.socket.open() === 2);
    await overlap;
    await Promise.all([ask(), ask(), ask(), ask()]); // over both in turn
    await clock.advance(2000);
    await slack.until(() => slack.socket.open() === 1);
    await Promise.all([ask(), ask()]);
    await clock.advance(8000); // the end that Slack announced
    await ask();
    await slack.waitFor(count);
    expect([slack.messages().length, slack.socket.connections, scene.bot.health().connected]).toEqual([9, 2, true]);
  },
);

it('a mention that goes down with a connection comes again on the next one, and is answered once', async () => {
  const slack = await open('socket');
  const reconnecting = clock.asked(500);
  const again = clock.asked(MINUTE);
  const sent = slack.mention('price tao', { user: 'U0SUNK' });
  slack.socket.drop(); // perhaps after the bot read it, and never after it could acknowledge
  await Promise.all([reconnecting, again]);
  await clock.advance(500);
  await slack.until(() => slack.socket.open() === 1);
  await clock.advance(MINUTE);
  await sent;
  await slack.waitFor(1);
  await scene.bot.stop();
  expect(slack.messages()).toHaveLength(1);
});

/** A front of the bot's address that loses answers as `lose` says. `arrived` counts what came; `mount` puts it before the bot of now. */
async function lossyFront(lose: () => boolean): Promise<{ arrived: () => number; mount: () => void }> {
  let count = 0;
  let behind = '';
  const pass = async (headers: Record<string, string>, body: Buffer<ArrayBuffer>): Promise<number> => {
    const { status } = await fetch(behind, { method: 'POST', headers, body });
    count++;
    return status;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => name.startsWith('x-slack-') || name === 'content-type'),
      ) as Record<string, string>;
      const lost = lose();
      void pass(headers, Buffer.concat(chunks)).then((status) => response.writeHead(lost ? 502 : status).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const mount = () => {
    behind = scene.slack.http ?? '';
    scene.slack.http = url;
  };
  mount();
  return { arrived: () => count, mount };
}

it('an event whose acknowledgements are lost is answered once: three repeats, a new process, and a repeat an hour later', async () => {
  const slack = await open('http', { delayedEvents: true });
  const front = await lossyFront(() => front.arrived() < 4);
  const pauses = [clock.asked(MINUTE), clock.asked(5 * MINUTE), clock.asked(HOUR)];
  await slack.mention('price tao', { user: 'U0DEAF' });
  for (const [index, ms] of [MINUTE, 5 * MINUTE].entries()) {
    await pauses[index];
    await clock.advance(ms);
  }
  await pauses[2];
  await slack.waitFor(1);
  expect(front.arrived()).toBe(4);
  await scene.bot.stop();
  const young = await scene.restart();
  front.mount();
  await clock.advance(HOUR);
  await slack.until(() => front.arrived() === 5);
  await young.stop();
  expect(slack.messages()).toHaveLength(1);
});

it('an event that came while the bot was away for hours is answered when Slack sends it again, once', async () => {
  const slack = await open('http', { delayedEvents: true });
  await scene.bot.stop(); // its address answers 503
  const waits = [MINUTE, 5 * MINUTE, HOUR];
  const asked = waits.map((ms) => clock.asked(ms));
  expect((await slack.mention('price tao', { user: 'U0AWAY' })).status).toBe(503);
  for (const [index, ms] of [MINUTE, 5 * MINUTE].entries()) {
    await asked[index];
    await clock.advance(ms);
  }
  await asked[2];
  const next = clock.asked(HOUR);
  await clock.advance(HOUR);
  await next;
  expect(slack.messages()).toEqual([]);
  await scene.restart();
  await clock.advance(HOUR);
  await slack.waitFor(1);
  await clock.advance(24 * HOUR);
  expect(slack.messages()).toHaveLength(1);
});
