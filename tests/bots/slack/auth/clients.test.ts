// Thousands of workspaces that are posted to one after the other leave no thousands of clients behind: each is large.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createClients } from '../../../../src/bots/slack/auth/clients.ts';

const MIB = 1024 * 1024;

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

it('two thousand workspaces cost a few megabytes, and who was used last keeps its client', () => {
  const quiet = () => undefined;
  const clients = createClients({
    apiUrl: 'http://127.0.0.1:9',
    fetches: () => () => Promise.reject(new Error('nobody is called')),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  const first = clients.of('xoxb-first', 'reply');
  const before = heapUsed();
  for (let index = 0; index < 2000; index++) {
    clients.of(`xoxb-${index}`, 'digest');
    clients.of('xoxb-first', 'reply');
  }
  expect((heapUsed() - before) / MIB).toBeLessThan(16);
  expect(clients.of('xoxb-first', 'reply')).toBe(first);
});
