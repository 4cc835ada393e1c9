// Replies to messages, in as full a form as the channel allows: with a reference to the question and with pictures where we hold the rights.
import { PermissionFlagsBits } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { atMost } from '../../../base/cache/at-most.ts';
import { MINUTE } from '../../../base/clock.ts';
import type { PostOutcome } from '../../bot.ts';
import { CODES } from '../outcomes.ts';
import { postingRight } from '../permissions.ts';
import { type Message, withoutPictures } from '../render/render.ts';
import type { Posts } from './posts.ts';
import type { Rights } from './rights.ts';

export type MessageReplies = {
  /** `messageId`: the question. Lost answers are asked for again with the same nonce. Never throws. */
  reply(to: { channel: string; messageId: string }, body: Message): Promise<PostOutcome>;
};

export type MessageRepliesOptions = {
  posts: Pick<Posts, 'post'>;
  rights: Pick<Rights, 'ofSelf'>;
  /** Our own user id; null before the gateway said it. */
  self: () => string | null;
  monotonic: () => number;
  sleep: (ms: number) => Promise<void>;
};

/** What a reply may carry; `post` false: nothing of ours arrives there. */
type Form = { post: boolean; reference: boolean; pictures: boolean };

/** A lost answer is asked for again with the same nonce, so it cannot become a second message. */
const RETRY_WAITS = [1000, 3000, 10_000];
const LONGEST_WAIT_MS = 10_000;
/** Rights that were found missing are believed this long: each wrong guess is an invalid request, of which Discord counts 10,000. */
const BELIEVED_MS = 5 * MINUTE;
const MOST_CHANNELS = 5000;

const WHOLE: Form = { post: true, reference: true, pictures: true };
const BARE: Form = { post: true, reference: false, pictures: false };
const RIGHTS_MISSING: readonly string[] = [CODES.missingPermission, CODES.missingAccess, CODES.replyForbidden].map(
  String,
);

export function createMessageReplies({ posts, rights, self, monotonic, sleep }: MessageRepliesOptions): MessageReplies {
  const known = new LRUCache<string, Form>({
    ...atMost(MOST_CHANNELS),
    ttl: BELIEVED_MS,
    ttlResolution: 0,
    perf: { now: monotonic },
  });

  async function attempt(to: { channel: string; messageId: string }, body: Message, form: Form): Promise<PostOutcome> {
    const shown = form.pictures ? body : withoutPictures(body);
    const nonce = `${to.messageId}${shown.pictures.length > 0 ? 'p' : ''}`;
    const options = form.reference ? { nonce, replyTo: to.messageId } : { nonce };
    for (let tries = 0; ; tries++) {
      const outcome = await posts.post('reply', to.channel, shown, options);
      const wait =
        outcome.kind === 'ambiguous'
          ? RETRY_WAITS[tries]
          : outcome.kind === 'not-sent'
            ? Math.max(RETRY_WAITS[tries] ?? Number.POSITIVE_INFINITY, outcome.retryAfterMs ?? 0)
            : undefined;
      if (wait === undefined || wait > LONGEST_WAIT_MS) return outcome;
      await sleep(wait);
    }
  }

  /** What our rights allow at this moment; the plainest form where they cannot be asked. */
  async function allowed(channel: string): Promise<Form> {
    const own = self();
    const held = own === null ? null : await rights.ofSelf('reply', channel, own).catch(() => null);
    if (held === null) return BARE;
    const has = (bit: bigint): boolean => (held.bits & bit) !== 0n;
    return {
      post: has(postingRight(held.type)),
      reference: has(PermissionFlagsBits.ReadMessageHistory),
      pictures: has(PermissionFlagsBits.AttachFiles),
    };
  }

  return {
    async reply(to, body) {
      const form = known.get(to.channel) ?? WHOLE;
      if (!form.post) return { kind: 'bad-target', reason: 'forbidden', code: String(CODES.missingPermission) };
      const outcome = await attempt(to, body, form);
      if (!('code' in outcome) || !RIGHTS_MISSING.includes(outcome.code)) return outcome;
      const next = await allowed(to.channel);
      known.set(to.channel, next);
      const changed =
        next.reference !== form.reference || (next.pictures !== form.pictures && body.pictures.length > 0);
      return next.post && changed ? await attempt(to, body, next) : outcome;
    },
  };
}
