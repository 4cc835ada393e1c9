// A web server that listens: what goes wrong with it later is told and ends nothing.
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { closeServer, listen } from '../../src/wiring/listen.ts';

it('an error of the listener, as when the kernel refuses connections, is told each time', async () => {
  const told: unknown[] = [];
  const server = createServer();
  await listen(server, { HOST: '127.0.0.1', PORT: 0 }, (error) => void told.push(error));
  const refused = Object.assign(new Error('accept ENOBUFS'), { code: 'ENOBUFS' });
  for (let time = 0; time < 2; time++) server.emit('error', refused);
  expect(told).toEqual([refused, refused]);
  await closeServer(server);
});
