// The bot's listener on a loopback server, as the web server hangs it in under "/slack/".
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Listener } from '../../../src/bots/bot.ts';

export async function startWebMount(listener: Listener): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
