// Discord keeps the contract of all bots.
import { type BotFixture, describeBot, type Refusal } from '../../contracts/bot.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { bareBot } from '../../fakes/discord/bare.ts';
import { startFakeDiscord } from '../../fakes/discord/discord.ts';
import type { DiscordFault } from '../../fakes/discord/rest/http.ts';
import { BITS } from '../../fakes/discord/permissions.ts';
import { channelOf, target } from './posting.ts';

const LONGEST_STOP_MS = 10_000;
const refusal = (status: number, code: number): DiscordFault => ({ answer: { status, body: { code, message: 'x' } } });
const REFUSALS: Record<Refusal, DiscordFault> = {
  gone: refusal(404, 10003),
  forbidden: refusal(403, 50001),
  'too-large': refusal(413, 40005),
  limited: { answer: { status: 429, body: { retry_after: 2 }, headers: { 'retry-after': '2' } } },
  credential: refusal(401, 0),
  broken: { answer: { status: 502 } },
};

async function open(): Promise<BotFixture> {
  const clock = createTestClock({ freeMs: 100 });
  const discord = await startFakeDiscord({ now: clock.now });
  const bot = bareBot(discord, { now: clock.now, sleep: clock.sleep });
  const isPost = (call: { method: string; path: string }) =>
    call.method === 'POST' && call.path.startsWith('/channels/');
  const fault = (what: DiscordFault, times = Number.POSITIVE_INFINITY) => {
    let left = times;
    discord.faults.push((call) => (isPost(call) && left-- > 0 ? what : undefined));
  };
  return {
    bot,
    channel: (index) => target(channelOf(index)),
    visible: () => discord.messages().length,
    refuse: (how) => fault(REFUSALS[how]),
    loseAnswer: () => fault({ commit: true, answer: 'reset' }, 1),
    hold() {
      const released = Promise.withResolvers<void>();
      fault({ commit: true, answer: 'ok', until: released.promise });
      return {
        arrived: (count) => discord.until(() => discord.state.calls.filter(isPost).length >= count),
        release: released.resolve,
      };
    },
    down: () => discord.close(),
    closeHistory: () => void discord.state.badChannels.set(channelOf(1), { status: 403, code: 50001 }),
    hideHistory: ({ channel }) => discord.world.deny(channel, BITS.readMessageHistory),
    forbidPosts: ({ channel }) => discord.world.deny(channel, BITS.sendMessages),
    removes: true,
    async close() {
      const stopped = bot.stop();
      await clock.advance(LONGEST_STOP_MS); // work that waits for a platform that is gone is not waited for longer
      await stopped;
      await discord.close();
    },
  };
}

describeBot('Discord', open);
