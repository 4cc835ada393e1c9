// A chat platform inside the process, in virtual time: takes every post a moment after the request left, and remembers it with its key.
import { plainText } from '../../../src/app/plain-text.ts';
import type { Sleep } from '../../../src/base/clock.ts';
import { type Bot, NOT_LEFT } from '../../../src/bots/bot.ts';
import { DISCORD_SEND_RULES } from '../../../src/bots/discord/send-rules.ts';
import { SLACK_SEND_RULES } from '../../../src/bots/slack/send-rules.ts';
import type { Mortal } from './mortal.ts';

type SeenPost = { id: string; channel: string; key: string; at: number };

export type FarEnd = {
  name: 'discord' | 'slack';
  posts: readonly SeenPost[];
  /** The platform's bot in one process. */
  bot(mortal: Pick<Mortal, 'gate'>): Bot;
};

const RULES = { discord: DISCORD_SEND_RULES, slack: SLACK_SEND_RULES };
/** Discord knows a key for this long at least; nobody says how long it is. */
const KEY_KNOWN_MS = 150_000;
/** A request waits for its pacer, then travels. */
const QUEUE_MS = 1500;
const TRAVEL_MS = 120;

export function createFarEnd(name: FarEnd['name'], clock: { now: () => number; sleep: Sleep }): FarEnd {
  const posts: SeenPost[] = [];

  /** Goes on by itself: a request that left is out of the sender's hands. */
  async function take(channel: string, key: string): Promise<SeenPost> {
    await clock.sleep(TRAVEL_MS);
    const known = posts.find((post) => post.key === key && clock.now() - post.at < KEY_KNOWN_MS);
    if (known !== undefined && name === 'discord') return known;
    const post = { id: String(posts.length + 1), channel, key, at: clock.now() };
    posts.push(post);
    return post;
  }

  return {
    name,
    posts,
    bot: ({ gate }) => ({
      name,
      sendRules: RULES[name],
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      health: () => ({ connected: true, detail: 'simulated' }),
      prepare: (card) => Promise.resolve({ json: plainText(card), files: [] }),
      async post({ channel }, _body, key, mayLeave = () => true) {
        await clock.sleep(QUEUE_MS);
        await gate();
        if (!mayLeave()) return NOT_LEFT;
        const { id } = await take(channel, key);
        await gate();
        return { kind: 'sent', messageId: id };
      },
      async find({ channel }, key, since) {
        await clock.sleep(TRAVEL_MS);
        await gate();
        const found = posts.find((one) => one.channel === channel && one.key === key && one.at >= since);
        return found === undefined ? { kind: 'absent' } : { kind: 'found', messageId: found.id };
      },
      remove: () => Promise.resolve(),
    }),
  };
}
