// A chat platform inside the process, in virtual time: it loses requests and answers, posts late, knows keys for a while, and remembers everything.
import { fnv1a, mulberry32 } from '../../src/base/hash.ts';
import type { Sleep } from '../../src/base/clock.ts';
import { plainText } from '../../src/app/plain-text.ts';
import { type Bot, NOT_LEFT, type PostOutcome } from '../../src/bots/bot.ts';
import { DISCORD_SEND_RULES } from '../../src/bots/discord/send-rules.ts';
import { SLACK_SEND_RULES } from '../../src/bots/slack/send-rules.ts';
import type { Life } from './life.ts';

export type SeenPost = { id: string; channel: string; text: string; key: string; at: number };

export type FarEnd = {
  name: 'discord' | 'slack';
  posts: SeenPost[];
  /** Parts of requests that go wrong, 0 to 1. */
  trouble: number;
  /** The platform's bot in one process; `planted` puts a known mistake into it. */
  bot(life: Pick<Life, 'gate'>, planted?: 'random-key' | null): Bot;
};

/** What became of a request: whether and when it makes a post, and what comes back. */
type Fate = { commits: boolean; commitMs: number; answer: 'ok' | 'lost' | 'error' | 'refused' | 'limited' };

const RULES = { discord: DISCORD_SEND_RULES, slack: SLACK_SEND_RULES };
/** The bots' own HTTP timeout. */
const TIMEOUT_MS = 10_000;
/** Discord knows a key for this long at least; nobody says how long it is. */
const KEY_KNOWN_MS = 150_000;
/** A process can wait for its pacer, or have something better to do, before its request leaves. */
const LONGEST_QUEUE_MS = 3000;

export function createFarEnd(name: FarEnd['name'], seed: number, clock: { now: () => number; sleep: Sleep }): FarEnd {
  const requests = new Map<string, number>();
  let count = 0;

  /** The same for the n-th request to a channel, whatever happens elsewhere. */
  function lot(channel: string, what: string): () => number {
    const times = (requests.get(`${channel} ${what}`) ?? 0) + 1;
    requests.set(`${channel} ${what}`, times);
    return mulberry32(fnv1a(`${seed} ${name} ${channel} ${what} ${times}`));
  }

  function fateOf(next: () => number): Fate {
    if (next() >= end.trouble) return { commits: true, commitMs: 20 + next() * 200, answer: 'ok' };
    const way = next();
    if (way < 0.2) return { commits: false, commitMs: 0, answer: 'refused' };
    if (way < 0.35) return { commits: false, commitMs: 0, answer: 'limited' };
    if (way < 0.5) return { commits: false, commitMs: 0, answer: 'error' };
    if (way < 0.75) return { commits: true, commitMs: next() * 2000, answer: 'error' };
    return { commits: true, commitMs: next() * (name === 'slack' ? 20_000 : 9000), answer: 'lost' };
  }

  /** Goes on by itself: a request that left is out of the sender's hands. */
  async function commit({ channel, text, key }: Omit<SeenPost, 'id' | 'at'>, ms: number): Promise<SeenPost> {
    await clock.sleep(ms);
    const known = end.posts.find((post) => post.key === key && clock.now() - post.at < KEY_KNOWN_MS);
    if (known !== undefined && name === 'discord') return known;
    const post = { id: String(++count), channel, text, key, at: clock.now() };
    end.posts.push(post);
    return post;
  }

  async function post(request: Omit<SeenPost, 'id' | 'at'>, next: () => number): Promise<PostOutcome> {
    const { commits, commitMs, answer } = fateOf(next);
    const made = commits ? commit(request, commitMs) : null;
    if (answer === 'lost') {
      await clock.sleep(TIMEOUT_MS);
      return { kind: 'ambiguous', code: 'timeout' };
    }
    if (made === null) await clock.sleep(30);
    const sent = await made;
    if (answer === 'refused') return { kind: 'not-sent', code: 'ECONNREFUSED' };
    if (answer === 'limited') return { kind: 'not-sent', code: '429', retryAfterMs: 1000 + next() * 20_000 };
    return answer === 'error' || sent === null
      ? { kind: 'ambiguous', code: '502' }
      : { kind: 'sent', messageId: sent.id };
  }

  const end: FarEnd = {
    name,
    posts: [],
    trouble: 0,
    bot: (life, planted = null) => ({
      name,
      sendRules: RULES[name],
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      health: () => ({ connected: true, detail: 'simulated' }),
      prepare: (card) => Promise.resolve({ json: plainText(card), files: [] }),
      async post({ channel }, body, key, mayLeave = () => true) {
        const next = lot(channel, 'post');
        await clock.sleep(next() * LONGEST_QUEUE_MS);
        await life.gate();
        if (!mayLeave()) return NOT_LEFT;
        const used = planted === 'random-key' ? `${key.slice(0, 8)}${Math.floor(next() * 1e9)}` : key;
        const outcome = await post({ channel, text: String(body.json), key: used }, next);
        await life.gate();
        return outcome;
      },
      async find({ channel }, key, since) {
        const next = lot(channel, 'find');
        await clock.sleep(50 + next() * 500);
        await life.gate();
        if (next() < end.trouble) throw new Error('the history cannot be read just now');
        const found = end.posts.find((one) => one.channel === channel && one.key === key && one.at >= since);
        return found === undefined ? { kind: 'absent' } : { kind: 'found', messageId: found.id };
      },
      remove: () => Promise.resolve(),
    }),
  };
  return end;
}
