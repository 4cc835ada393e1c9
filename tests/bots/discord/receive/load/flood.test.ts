// One person who sends hundreds of commands: a bounded number costs work, the rest nothing, and everybody else is answered.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestClock, settled } from '../../../../fakes/clock.ts';
import { bareBot, CARD } from '../../../../fakes/discord/bare.ts';
import { type FakeDiscord, startFakeDiscord } from '../../../../fakes/discord/discord.ts';
import { somebody } from '../../people.ts';

/** Heard at once, and then two a second. */
const BURST = 60;
let discord: FakeDiscord;
let clock: ReturnType<typeof createTestClock>;
let bot: ReturnType<typeof bareBot>;
let [claims, asked, counted] = [0, [] as string[], [] as string[]];

beforeEach(async () => {
  [claims, asked, counted] = [0, [], []];
  clock = createTestClock({ freeMs: 100 });
  discord = await startFakeDiscord({ checks: false });
  bot = bareBot(discord, {
    monotonic: clock.now,
    seenKeys: { seen: () => Promise.resolve(++claims === 0) },
    dispatch: ({ user }) => {
      asked.push(user.id);
      return Promise.resolve(CARD);
    },
    count: (event) => void counted.push(event),
  });
  await bot.start();
  await discord.until(() => bot.health().connected);
});
afterEach(async () => {
  await bot.stop();
  await discord.close();
});
const dropped = () => counted.filter((event) => event === 'discord_flood_dropped').length;

it('commands and mentions beyond 60 at once do not reach the database, the core or the network', async () => {
  const abuser = somebody();
  for (let index = 0; index < 150; index++)
    discord.interact({ command: 'price', options: { coins: 'tao' }, id: abuser });
  for (let index = 0; index < 50; index++) discord.message({ content: `<@${discord.botId}> tao`, id: abuser });
  await discord.until(() => dropped() === 200 - BURST);
  const other = discord.interact({ command: 'price', options: { coins: 'tao' }, id: somebody() });
  await discord.answered(other);
  await discord.until(() => asked.length === BURST + 1);
  expect(claims).toBe(BURST + 1);
  expect(discord.count('POST', /callback$/)).toBe(BURST + 1);
});

it('is over when it is over: two more are heard after a second', async () => {
  const abuser = somebody();
  const send = (count: number) => {
    for (let index = 0; index < count; index++) discord.interact({ command: 'help', id: abuser });
  };
  send(100);
  await discord.until(() => dropped() === 40 && asked.length === BURST);
  const before = dropped();
  await clock.advance(1000);
  await settled();
  send(10);
  await discord.until(() => dropped() > before && asked.length > BURST);
  await discord.until(() => dropped() - before + (asked.length - BURST) === 10);
  expect(asked.length - BURST).toBeGreaterThanOrEqual(2);
  expect(asked.length - BURST).toBeLessThan(10);
});
