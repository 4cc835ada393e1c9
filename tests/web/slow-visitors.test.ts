// Whoever sends or reads slowly loses the connection, and everybody else is served meanwhile. Real sockets, short deadlines.
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createLimitedServer } from '../../src/web/limited-server.ts';
import { openTestSite, type TestSite } from '../fakes/web.ts';

const HEAD = 'POST /ask HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n';
const FORM = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n';

let site: TestSite;
const open: Socket[] = [];
beforeAll(async () => {
  site = await openTestSite({ demo: true, limits: { headMs: 100, requestMs: 150 } });
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});
afterAll(() => site.close());

/** A connection that sends these words and then no more; `closed`: what came back until the other side ended it. */
function visit(port: number, words: string): { socket: Socket; closed: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  open.push(socket);
  let text = '';
  socket.on('data', (part) => (text += part.toString()));
  socket.on('error', () => undefined);
  socket.write(words);
  return { socket, closed: new Promise((resolve) => socket.once('close', () => resolve(text))) };
}

it.each([
  ['the first line', 'GET / HT'],
  ['the head', HEAD],
  ['the body', `${HEAD}${FORM}a=faq`],
  ['a body in chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\na=faq\r\n`],
])('%s never ends: closed, and others are answered before and after', async (_what, words) => {
  const port = Number(new URL(site.base).port);
  const slow = Array.from({ length: 20 }, () => visit(port, words));
  expect((await site.get('/livez')).status).toBe(200);
  const answers = await Promise.all(slow.map(({ closed }) => closed));
  expect(answers.filter((text) => text !== '' && !text.startsWith('HTTP/1.1 408'))).toEqual([]);
  expect((await site.get('/livez')).status).toBe(200);
  expect(site.core.lines.filter((line) => line.includes('web request failed'))).toEqual([]);
});

it('an answer that nobody reads: closed before it is out', async () => {
  const left = Promise.withResolvers<boolean>();
  const large = Buffer.alloc(64 * 1024 * 1024); // more than the kernel takes for one connection
  const server = createLimitedServer(
    (request, response) => {
      if (request.url !== '/large') return void response.end('small');
      response.once('close', () => left.resolve(response.writableFinished));
      response.end(large);
    },
    { answerMs: 200 },
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { socket } = visit(port, 'GET /large HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  socket.pause();
  expect(await (await fetch(`http://127.0.0.1:${port}/small`)).text()).toBe('small');
  expect(await left.promise).toBe(false);
  await new Promise((resolve) => server.close(resolve));
});

it('more connections than the most are refused, not kept waiting', async () => {
  const server = createLimitedServer((_request, response) => void response.end('here'), { connections: 2 });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const request = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
  const taken = [visit(port, request), visit(port, request)];
  await Promise.all(taken.map(({ socket }) => new Promise((resolve) => socket.once('data', resolve))));
  expect(await visit(port, request).closed).toBe('');
  for (const { socket } of taken) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});
