// The port of a chat platform: start, stop, answer, and post what the clock asked for.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Card } from '../app/card.ts';

/**
 * Where a scheduled post goes. `tenant` is the Discord server or Slack workspace id ("-" where there is none). `channel` is the platform's own id, or
 * "user:ID" for a person's direct channel, where alerts are told (`base/direct-target.ts`).
 */
export type Target = { tenant: string; channel: string };

/** A rendered message, frozen before its first attempt so that a retry sends the same bytes. `data` is base64. */
export type Body = { json: unknown; files: readonly { name: string; alt: string; data: string }[] };

/**
 * Why a platform refuses a post, in our words: the channel is gone, archived, closed to us, closed by a person, or guarded by a rule; the post is
 * too large; anything else.
 */
export type RefusalReason = 'gone' | 'archived' | 'forbidden' | 'closed-dm' | 'blocked' | 'too-large' | 'other';

/**
 * The same more exactly, where people have to do something else about it. `server`: all of it is gone; `or-removed`: perhaps we were only taken
 * out of the channel; `thread`: it is an archived or locked thread; `channel-kind`: no messages go there, as in a forum; `hidden`: we cannot see the
 * channel; `not-member`: we are not in it; `policy`: the workspace restricts who posts; `link`: a link in the post.
 */
export type RefusalDetail =
  | 'server'
  | 'or-removed'
  | 'thread'
  | 'channel-kind'
  | 'hidden'
  | 'not-member'
  | 'policy'
  | 'link';

/** A refusal in our words. */
export type RefusalMeaning = { reason: RefusalReason; detail?: RefusalDetail };

/**
 * What became of a post. `not-sent`: certainly not delivered, may be tried again after `retryAfterMs`; `ambiguous`: perhaps delivered;
 * the three `bad-*` must not be retried as they are. `code` is the platform's own error code, for logs and the ledger.
 */
export type PostOutcome =
  | { kind: 'sent'; messageId: string }
  | { kind: 'not-sent'; code: string; retryAfterMs?: number }
  | { kind: 'ambiguous'; code: string }
  | ({ kind: 'bad-target'; code: string } & RefusalMeaning)
  | ({ kind: 'bad-body'; code: string } & RefusalMeaning)
  | { kind: 'bad-credential'; code: string };

/**
 * What became of a look for an earlier post. `absent`: surely not there, never a guess; `cannot-see`: the platform or our rights do not let us
 * look, or not surely (Discord without Read Message History shows an empty history).
 */
export type Found = { kind: 'found'; messageId: string } | { kind: 'absent' } | { kind: 'cannot-see' };

/**
 * Whether posts can reach a target now. `missing`: the rights by the platform's own names; `remedy`: a sentence for whoever can help, like "I need
 * Send Messages and Attach Files in #news."; `unknown`: it could not be asked.
 */
export type CanPost =
  | { kind: 'yes' }
  | { kind: 'no'; missing: readonly string[]; remedy: string }
  | { kind: 'unknown' };

/**
 * Asked by a bot right before the bytes of a post leave, after every wait of its own (pacer, client, pictures): false means that the post must
 * not leave any more, and its outcome is `not-sent`. Asked again before each further request that may make a message.
 */
export type MayLeave = () => boolean;

/** The outcome of a post that `MayLeave` held back. */
export const NOT_LEFT = { kind: 'not-sent', code: 'not-left' } as const satisfies PostOutcome;

/** What became of a status: `refused` is not tried again soon, `not-now` may be. `code`: the platform's own, for logs. */
export type ShownStatus =
  | { kind: 'shown' }
  | { kind: 'refused'; reason: RefusalReason; code: string }
  | { kind: 'not-now'; code: string };

/** The line under the name of a voice channel. */
export type VoiceStatus = {
  /** What it needs, in a sentence. */
  remedy: string;
  /** Never throws. */
  canShow(target: Target): Promise<CanPost>;
  /** `words` null takes the line away. Never throws. */
  show(target: Target, words: string | null): Promise<ShownStatus>;
};

/** How scheduled posts are sent on a platform: how many at once, how fast, and how an unclear post is cleared up. */
export type SendRules = {
  /** Posts under way at once, per queue (all of the platform, or one tenant). It also bounds what a crash can leave unclear. */
  inFlight: number;
  /** Rows leased at once: at most 1.5 s of work, so that a lease never ends in a queue. */
  claim: number;
  /** Each tenant has its own rate and its own troubles. */
  perTenant: boolean;
  /** How long the platform surely recognises a repeated key (ms), 0 when it does not. */
  keyWindowMs: number;
  /** When to repeat an unclear post with the same key, counted from the first attempt (ms). */
  repeatAfterMs: readonly number[];
  /** A lost answer may still become a post this late (ms): looking earlier proves nothing. */
  lateCommitMs: number;
  /** Posts per second at the start and at most, null where the bot itself paces. */
  perSecond: { start: number; most: number } | null;
  /** Least distance between two posts to one channel (ms). */
  channelGapMs: number;
};

/** Handles HTTP requests that a platform sends to us. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export type BotHealth = { connected: boolean; detail: string };

export interface Bot {
  /** The platform's own: the name of its folder. */
  readonly name: string;
  readonly sendRules: SendRules;
  /** Where the platform sends requests to us instead of a socket: mounted by the web server below `/<name>/`. */
  readonly listener?: Listener;
  /** Where the platform has voice channels with a status. */
  readonly voice?: VoiceStatus;
  start(): Promise<void>;
  /** Stops taking requests, finishes those under way, closes connections. Safe to call twice. */
  stop(): Promise<void>;
  health(): BotHealth;
  /** Renders a card (and its pictures) once, for later posts. */
  prepare(card: Card): Promise<Body>;
  /** Posts a prepared body. `key` (≤ 25 characters) identifies the delivery: the same key never makes two messages where the platform can tell. */
  post(target: Target, body: Body, key: string, mayLeave?: MayLeave): Promise<PostOutcome>;
  /**
   * Looks for an earlier post of `key` that was made between `since` and `until` (epoch ms by our clock, `until` where it is known).
   * @throws the error of a passing fault: ask again later
   */
  find(target: Target, key: string, since: number, until?: number): Promise<Found>;
  /** Asks the platform whether a post would arrive, before a promise is made. Absent where it cannot be asked. Never throws. */
  canPost?(target: Target): Promise<CanPost>;
  /** Removes an own message (digest option `replace`); absent messages are no error. */
  remove(target: Target, messageId: string): Promise<void>;
}

/** Decoded files go with their body, which the engine keeps for a minute. */
const decoded = new WeakMap<Body['files'][number], Buffer>();

/**
 * The bytes of a body's file, decoded once: thousands of places share one body in a minute.
 * @returns shared bytes: nobody may change them
 */
export function bytesOfFile(file: Body['files'][number]): Buffer {
  const known = decoded.get(file);
  if (known !== undefined) return known;
  const bytes = Buffer.from(file.data, 'base64');
  decoded.set(file, bytes);
  return bytes;
}
