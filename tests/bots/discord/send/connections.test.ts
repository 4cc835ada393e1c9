// At most 64 connections to Discord: whoever comes beyond that waits in line, answers to people first, and what waited in vain never left.
import { getRequestListener } from '@hono/node-server';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NoConnectionError } from '../../../../src/bots/connections.ts';
import { failureOf } from '../../../../src/bots/discord/outcomes.ts';
import { createRest, type Rest } from '../../../../src/bots/discord/send/rest.ts';
import { createTestClock, settled } from '../../../fakes/clock.ts';

const MOST = 64;
/** Longest wait in line. */
const WAIT_MS = 8000;

/** Requests that have arrived and wait for their answer, oldest first. */
let held: { path: string; response: ServerResponse }[];
/** Most of them at a time, and the most connections. */
let most = 0;
let mostOpen = 0;
let clock: ReturnType<typeof createTestClock>;
let rest: Rest;
const server = () =>
  createServer((request, response) => {
    held.push({ path: request.url ?? '', response });
    most = Math.max(most, held.length);
    request.resume();
  });
let far: ReturnType<typeof server>;

beforeEach(async () => {
  [held, most, mostOpen] = [[], 0, 0];
  let open = 0;
  clock = createTestClock({ freeMs: 100 });
  far = server();
  far.on('connection', (socket) => {
    mostOpen = Math.max(mostOpen, ++open);
    socket.once('close', () => open--);
  });
  await new Promise<void>((resolve) => void far.listen(0, '127.0.0.1', resolve));
  const quiet = () => undefined;
  rest = createRest({
    token: 'token',
    apiUrl: `http://127.0.0.1:${(far.address() as AddressInfo).port}/api`,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    monotonic: clock.now,
    sleep: clock.sleep,
    count: quiet,
    timeoutMs: 600_000,
    onUnauthorised: quiet,
  });
});
afterEach(async () => {
  rest.close();
  far.closeAllConnections();
  await new Promise((resolve) => void far.close(resolve));
});

const post = (channel: number) =>
  rest
    .paced('digest', (paced) => paced.post(`/channels/${10_000 + channel}/messages`, { body: { content: 'x' } }))
    .then(
      () => 'sent',
      (error: unknown) => error,
    );
async function arrived(count: number): Promise<void> {
  await expect.poll(() => held.length).toBe(count);
}
async function inLine(count: number): Promise<void> {
  await expect.poll(() => clock.waits().filter((ms) => ms === WAIT_MS).length).toBe(count);
}
function answer(): void {
  held.shift()?.response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}');
}

it('64 at a time; an answer to a person goes before posts that came earlier', async () => {
  const posts = Array.from({ length: 100 }, (_, channel) => post(channel));
  await arrived(MOST);
  const callback = rest.interactions.post('/interactions/1/token/callback', { auth: false, body: { type: 5 } });
  await inLine(100 - MOST + 1);
  answer();
  await expect.poll(() => held.at(-1)?.path).toContain('/interactions/');
  const done = { is: false };
  const all = Promise.all([callback, ...posts]).finally(() => (done.is = true));
  while (!done.is) {
    if (held.length > 0) answer();
    await settled();
  }
  expect(new Set((await all).slice(1))).toEqual(new Set(['sent']));
  expect([most, mostOpen]).toEqual([MOST, MOST]);
});

it('who has waited for 8 s is told that nothing left', async () => {
  const posts = Array.from({ length: MOST + 10 }, (_, channel) => post(channel));
  await arrived(MOST);
  await inLine(10);
  await clock.advance(WAIT_MS);
  const late = await Promise.all(posts.slice(MOST));
  expect(late.every((error) => error instanceof NoConnectionError)).toBe(true);
  expect(failureOf(late[0])).toEqual({ kind: 'not-sent', code: 'busy' });
  while (held.length > 0) answer();
  expect(new Set(await Promise.all(posts.slice(0, MOST)))).toEqual(new Set(['sent']));
  expect([most, mostOpen]).toEqual([MOST, MOST]);
});

it('a picture travels as a form with its boundary', async () => {
  getRequestListener(() => new Response()); // puts its own Response in place of Node's, as in the running bot
  const files = [{ name: 'chart.png', data: Buffer.from('89504e47', 'hex'), contentType: 'image/png' }];
  const posting = rest.paced('digest', (paced) =>
    paced.post('/channels/1/messages', { body: { content: 'x' }, files }),
  );
  await Promise.race([arrived(1), posting]);
  const type = held[0]?.response.req.headers['content-type'];
  answer();
  expect(await posting).toEqual({ id: '1' });
  expect(type).toMatch(/^multipart\/form-data; boundary=/);
});
