// More questions than can be answered: those that can still be in time are answered, the rest refused before any work, and soon all is well.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Card } from '../../../../../src/app/card.ts';
import { createTestClock } from '../../../../fakes/clock.ts';
import { bareBot, CARD } from '../../../../fakes/discord/bare.ts';
import { type FakeDiscord, startFakeDiscord } from '../../../../fakes/discord/discord.ts';
import type { FakeInteraction } from '../../../../fakes/discord/state.ts';
import { somebody, textOf } from '../../people.ts';

/** As the bot bounds them. */
const [UNDER_WAY, PLACE_MS, LONGEST_WAIT_MS] = [96, 1000, 2000];

let discord: FakeDiscord;
let clock: ReturnType<typeof createTestClock>;
let bot: ReturnType<typeof bareBot>;
let working: { asked: string; finish: (card: Card) => void }[];
let counted: string[];
/** How often the bot looked at its clock: once for each question that has to wait. */
let looks: number;

beforeEach(async () => {
  clock = createTestClock({ freeMs: 0 });
  working = [];
  counted = [];
  looks = 0;
  discord = await startFakeDiscord({ now: clock.now, checks: false });
  bot = bareBot(discord, {
    now: clock.now,
    monotonic: () => {
      looks++;
      return clock.now();
    },
    sleep: clock.sleep,
    count: (event) => void counted.push(event),
    dispatch: ({ user }) => new Promise((resolve) => void working.push({ asked: user.id, finish: resolve })),
  });
  clock.freeMs = 50; // the pauses between calls
  await bot.start();
  await discord.until(() => bot.health().connected);
  clock.freeMs = 0;
});
afterEach(async () => {
  for (const { finish } of working) finish(CARD);
  const stopped = bot.stop();
  await clock.advance(20_000);
  await stopped;
  await discord.close();
});

function ask(count: number): { ids: string[]; asked: FakeInteraction[] } {
  const ids = Array.from({ length: count }, somebody);
  return { ids, asked: ids.map((id) => discord.interact({ command: 'help', id })) };
}
const refused = () => counted.filter((event) => event === 'discord_overload_refused').length;
const begun = (count: number) => discord.until(() => working.length === count, `${count} begun`);

it('bounds the work in progress, and lets the newest go first', async () => {
  ask(UNDER_WAY);
  await begun(UNDER_WAY);
  looks = 0;
  const { ids } = ask(10);
  const heard = discord.interact({ complete: 'coin', arg: 'coin', text: 't' }); // choices are not offered meanwhile
  await discord.until(() => looks >= 10, 'all waiting');
  for (const { finish } of working.slice(0, 4)) finish(CARD);
  await begun(UNDER_WAY + 4);
  expect(working.slice(UNDER_WAY).map((one) => one.asked)).toEqual(ids.slice(-4).toReversed());
  expect([heard.choices, refused()]).toEqual([null, 0]);
});

it('refuses before any work what waited for two seconds, says so, and recovers', async () => {
  ask(UNDER_WAY);
  await begun(UNDER_WAY);
  looks = 0;
  const { asked } = ask(3 * UNDER_WAY);
  await discord.until(() => looks >= 3 * UNDER_WAY, 'all waiting');
  for (const rounds of [2, 3]) {
    await clock.advance(PLACE_MS); // work that hangs gives its place away
    await begun(rounds * UNDER_WAY);
  }
  expect(refused()).toBe(0);
  await clock.advance(LONGEST_WAIT_MS - 2 * PLACE_MS + 300);
  expect([working.length, refused()]).toEqual([3 * UNDER_WAY, UNDER_WAY]);
  const told = () => asked.filter(({ message }) => message !== null && textOf(message).includes('Too many questions'));
  await discord.until(() => told().length > 0, 'a polite answer');
  expect(told().every(({ message }) => message?.ephemeral)).toBe(true);
  await clock.advance(PLACE_MS);
  ask(1);
  await begun(3 * UNDER_WAY + 1);
});
