// A connection that is given up before it stands may still fail later: nobody is hurt by that.
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { bareBot } from '../../../fakes/discord/bare.ts';
import { settled } from '../../../fakes/clock.ts';
import { type FakeDiscord, startFakeDiscord } from '../../../fakes/discord/discord.ts';

let discord: FakeDiscord;
const uncaught: unknown[] = [];
const note = (error: unknown): void => void uncaught.push(error);
afterEach(async () => {
  process.off('uncaughtException', note);
  uncaught.length = 0;
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
  await discord.until(() => sockets.length === 1, 'a connection');
  await bot.stop();
  const closed = new Promise((resolve) => void sockets[0]?.once('close', resolve));
  sockets[0]?.resetAndDestroy();
  await closed;
  for (let turns = 0; turns < 20; turns++) await settled();
  expect(uncaught).toEqual([]);
  mute.close();
});

/** A connection that nobody stops: the library comes back to it in its own time. */
async function otherConnection() {
  const fake = await startFakeDiscord();
  const bot = bareBot(fake);
  await bot.start();
  await fake.until(() => bot.health().connected, 'the other connection');
  return {
    async lostAndBack(): Promise<void> {
      fake.gateway.drop();
      await fake.until(() => fake.gateway.counts.resumes === 1, 'the other connection again');
      await bot.stop();
      await fake.close();
    },
  };
}

describe.concurrent('a stop while the gateway', () => {
  it.each<
    [string, (gateway: FakeDiscord['gateway'], until: FakeDiscord['until'], started: Promise<void>) => Promise<void>]
  >([
    ['has just greeted', (gateway, until) => until(() => gateway.greeted() === 1, 'a greeting')],
    [
      'says nothing after the identification',
      (gateway, until) => until(() => gateway.heard() === 1, 'an identification'),
    ],
    [
      'is gone',
      async (gateway, _until, started) => {
        gateway.zombie(null);
        await started;
        gateway.zombie('gone');
      },
    ],
    [
      'is being connected to again',
      async (gateway, until, started) => {
        gateway.zombie(null);
        await started;
        gateway.drop();
        await until(() => gateway.connections() === 0, 'the end of the connection');
      },
    ],
    [
      'does not answer a resume',
      async (gateway, until, started) => {
        gateway.zombie(null);
        await started;
        gateway.zombie('deaf');
        gateway.drop();
        await until(() => gateway.greeted() === 2, 'a second connection');
      },
    ],
  ])(
    '%s is over in time, and nothing connects again',
    async (_name, bring) => {
      const fake = await startFakeDiscord();
      const bot = bareBot(fake);
      fake.gateway.zombie('deaf');
      const started = bot.start();
      await bring(fake.gateway, fake.until, started);
      const witness = await otherConnection();
      await bot.stop();
      const before = fake.gateway.greeted();
      await witness.lostAndBack(); // a connection lost later is back: this one would be, too
      expect(fake.gateway.greeted()).toBe(before);
      await fake.close();
    },
    25_000, // the library would wait 30 s for a goodbye
  );
});
