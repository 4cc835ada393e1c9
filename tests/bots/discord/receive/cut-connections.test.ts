// A connection that is given up before it stands may still fail later: nobody is hurt by that.
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { bareBot } from '../../../fakes/discord/bare.ts';
import { settled } from '../../../fakes/clock.ts';
import { type FakeDiscord, startFakeDiscord } from '../../../fakes/discord/discord.ts';

let discord: FakeDiscord;
const uncaught: unknown[] = [];
const note = (error: unknown): void => void uncaught.push(error);
afterEach(async () => {
  process.off('uncaughtException', note);
  await discord.close();
});

it('a gateway that resets a connection after the bot gave it up ends nothing', async () => {
  const sockets: Socket[] = [];
  const mute = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => void mute.listen(0, '127.0.0.1', resolve));
  const { port } = mute.address() as AddressInfo;
  discord = await startFakeDiscord();
  const session_start_limit = { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 };
  discord.faults.push(({ path }) =>
    path === '/gateway/bot'
      ? { answer: { status: 200, body: { url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit } } }
      : undefined,
  );
  process.on('uncaughtException', note);
  const bot = bareBot(discord);
  void bot.start();
  await discord.until(() => sockets.length === 1, 5000, 'a connection');
  await bot.stop();
  const closed = new Promise((resolve) => void sockets[0]?.once('close', resolve));
  sockets[0]?.resetAndDestroy();
  await closed;
  for (let turns = 0; turns < 20; turns++) await settled();
  expect(uncaught).toEqual([]);
  mute.close();
});
