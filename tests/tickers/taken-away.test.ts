// A ticker that one process takes away while another one writes it: the price must not stay under the channel for ever.
import { expect, it } from 'vitest';
import type { Bot, VoiceStatus } from '../../src/bots/bot.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createTickers } from '../../src/tickers/engine.ts';
import { MINUTE } from '../../src/base/clock.ts';
import { createFakeBot } from '../fakes/platform.ts';

const PLACE = { platform: 'discord', tenant: 'g1' };
const NINE = Date.parse('2026-11-23T09:00:00Z');

it('nothing stands there in the end, though the price arrives last', async () => {
  const database = await openDatabase('sqlite::memory:');
  let now = NINE;
  let line: string | null = null;
  let held: Promise<void> | undefined;
  const [asked, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const voice: VoiceStatus = {
    remedy: '',
    canShow: () => Promise.resolve({ kind: 'yes' }),
    async show(_target, words) {
      if (held !== undefined && words !== null) asked.resolve();
      if (words !== null) await held;
      line = words;
      return { kind: 'shown' };
    },
  };
  const bot: Bot = { ...createFakeBot({ name: 'discord', origin: 'http://127.0.0.1:9' }), voice };
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const process = () =>
    createTickers({
      database,
      bots: new Map([[bot.name, bot]]),
      words: (coin) => Promise.resolve(`${coin} $250`),
      now: () => now,
      log,
    });
  const [writing, other] = [process(), process()];
  await writing.tickers.set(PLACE, { channel: 'v1', coin: 'bittensor' });
  now += 5 * MINUTE;
  held = go.promise;
  const round = writing.tick();
  await asked.promise;
  expect(await other.tickers.clear(PLACE, 'v1')).toBe(true);
  expect(line).toBeNull();
  go.resolve();
  await round;
  expect(line).toBeNull();
  await bot.stop();
  await database.close();
});
