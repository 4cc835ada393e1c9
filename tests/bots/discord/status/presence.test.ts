// The price beside the bot's name: there after connecting, at most once a minute, only when it changed, again after a new session.
import { afterEach, expect, it } from 'vitest';
import type { DiscordOptions } from '../../../../src/bots/discord/bot.ts';
import { createTestClock, settled } from '../../../fakes/clock.ts';
import { bareBot } from '../../../fakes/discord/bare.ts';
import { type FakeDiscord, startFakeDiscord } from '../../../fakes/discord/discord.ts';
import { MINUTE } from '../../../../src/base/clock.ts';

let close: () => Promise<void>;
afterEach(() => close());

/** A connected bot on a clock of the test's own. */
async function open(changes: Partial<DiscordOptions>) {
  const clock = createTestClock({ freeMs: 100 });
  const discord = await startFakeDiscord();
  const bot = bareBot(discord, { now: clock.now, sleep: clock.sleep, silenceMs: 86_400_000, ...changes });
  close = async () => {
    await bot.stop();
    await discord.close();
  };
  await bot.start();
  return { clock, discord, bot };
}

/** What people would read, oldest first. */
const shown = ({ gateway }: FakeDiscord): unknown[] =>
  gateway.statuses.map(({ activities }) => (activities as { state?: string }[])[0]?.state);

it('is shown, and sent again only when it reads differently, at most once a minute', async () => {
  let asked = 0;
  const lines = ['TAO $250.28 ▲ 3.6%', 'TAO $250.28 ▲ 3.6%', 'TAO $251.00 ▲ 3.9%'];
  const { clock, discord } = await open({ presence: () => Promise.resolve(lines[asked++] ?? 'TAO price delayed') });
  await discord.until(() => shown(discord).length === 1, 'a status');
  for (const [passed, count] of [
    [MINUTE, 1],
    [MINUTE / 2, 1],
    [MINUTE / 2, 2],
    [MINUTE, 3],
  ] as const) {
    await clock.advance(passed);
    await discord.until(() => shown(discord).length >= count, 'a status');
    expect(shown(discord)).toHaveLength(count);
  }
  expect(asked).toBe(4);
  expect(shown(discord)).toEqual([lines[0], lines[2], 'TAO price delayed']);
  expect(discord.gateway.statuses[0]).toMatchObject({ status: 'online', activities: [{ type: 4 }] });
});

it('stays as it is when the price cannot be read, and is looked for again', async () => {
  let asked = 0;
  const { clock, discord, bot } = await open({
    presence: () => (asked++ === 0 ? Promise.reject(new Error('no price')) : Promise.resolve('TAO $1.00')),
  });
  await settled();
  await clock.advance(MINUTE);
  await discord.until(() => shown(discord).length === 1, 'a status');
  expect(bot.health().connected).toBe(true);
});

it.each<[string, (discord: FakeDiscord) => void]>([
  ['with a new session, which knows none', ({ gateway }) => gateway.invalidate(false)],
  ['that was away, and may have missed it', ({ gateway }) => gateway.drop()],
])('is sent again to a shard %s', async (_name, harm) => {
  const { discord } = await open({ presence: () => Promise.resolve('TAO $250.28'), sleep: realSleep });
  await discord.until(() => shown(discord).length === 1, 'a status');
  harm(discord);
  await discord.until(() => shown(discord).length === 2, 'a status again');
  expect(shown(discord)).toEqual(['TAO $250.28', 'TAO $250.28']);
});

const realSleep = (ms: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, Math.min(ms, 500)).unref());

it('is not there unless somebody wants it', async () => {
  const { clock, discord } = await open({});
  await clock.advance(5 * MINUTE);
  expect(shown(discord)).toEqual([]);
});
