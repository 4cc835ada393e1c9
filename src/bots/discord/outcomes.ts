// What an error of a call means: certainly not done, perhaps done, or not to be tried again.
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { NOT_LEFT, type PostOutcome, type RefusalMeaning } from '../bot.ts';
import { networkFailure } from '../network-errors.ts';
import { NoLongerWanted } from '../pacer.ts';
import { HOUR } from '../../base/clock.ts';

export type Failure = Exclude<PostOutcome, { kind: 'sent' }>;

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export const CODES = {
  unknownMessage: 10008,
  unknownInteraction: 10062,
  alreadyAcknowledged: 40060,
  missingAccess: 50001,
  missingPermission: 50013,
  /** Cannot reply without Read Message History. */
  replyForbidden: 160_002,
  directTooFast: 40003,
} as const;

/** The channel refuses. A thread archives itself when it is quiet and comes back with the next message, so it only counts as closed for now. */
const BAD_TARGET = new Map<number, RefusalMeaning>([
  [10003, { reason: 'gone' }], // unknown channel
  [10004, { reason: 'gone', detail: 'server' }], // unknown guild
  [CODES.missingAccess, { reason: 'forbidden', detail: 'hidden' }],
  [CODES.missingPermission, { reason: 'forbidden' }],
  [CODES.replyForbidden, { reason: 'forbidden' }],
  [50083, { reason: 'forbidden', detail: 'thread' }], // archived thread
  [160005, { reason: 'forbidden', detail: 'thread' }], // locked thread
  [40058, { reason: 'forbidden', detail: 'channel-kind' }], // a forum takes threads, no messages
  [50008, { reason: 'forbidden', detail: 'channel-kind' }], // no text channel
  [50024, { reason: 'forbidden', detail: 'channel-kind' }], // not on this type of channel
  [50009, { reason: 'forbidden' }], // verification level of the channel
  [50007, { reason: 'closed-dm' }],
  [50278, { reason: 'closed-dm' }],
  [20009, { reason: 'blocked' }], // explicit content
  [200000, { reason: 'blocked' }], // automatic moderation
  [240000, { reason: 'blocked', detail: 'link' }], // harmful link
]);
/** Invalid form body, empty message, request too large. */
const BAD_BODY = new Map<number, RefusalMeaning>([
  [50035, { reason: 'other' }],
  [50006, { reason: 'other' }],
  [40005, { reason: 'too-large' }],
]);
/** Invalid token, unauthorised. */
const BAD_CREDENTIAL = new Set([50014, 40001]);
/** Write rates, overload and what Discord switched off for now, whatever the status: nothing was written; wait. */
const BUSY = new Map<number, number>([
  [20028, 10_000],
  [20029, 10_000],
  [CODES.directTooFast, 60_000], // of new conversations; how long is not documented
  [40004, 60_000], // sending is switched off for now
  [40006, 60_000], // the feature is switched off for now
  [40062, 10_000],
  [130000, 30_000],
  [40333, 60_000],
]);

/**
 * Wait after a page of something in front of Discord (https://github.com/discord/discord-api-docs/issues/849: Cloudflare's, with 403); its JSON
 * form, 40333 (https://github.com/discord/discord-api-docs/issues/6473), waits as long.
 */
const NOT_THE_API_MS = 60_000;

/** A request that our guard kept from leaving this process. */
export class NeverSentError extends Error {
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number) {
    super('request to Discord was not sent: held back');
    this.retryAfterMs = retryAfterMs;
  }
}

/** Longest wait that a header can ask for; anything else is absurd. */
const LONGEST_WAIT_MS = HOUR;

/** Classifies what a REST call threw. Whatever is not understood counts as perhaps done. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NeverSentError)
    return { kind: 'not-sent', code: 'held-back', retryAfterMs: waitOf(error.retryAfterMs) };
  if (error instanceof RateLimitError)
    return {
      kind: 'not-sent',
      code: error.global ? 'rate-limited-global' : 'rate-limited',
      retryAfterMs: waitOf(Math.max(error.retryAfter, error.timeToReset)),
    };
  if (error instanceof DiscordAPIError)
    return isOfApi(error)
      ? ofApi(error.status, Number(error.code))
      : { kind: 'not-sent', code: String(error.status), retryAfterMs: NOT_THE_API_MS };
  if (error instanceof HTTPError) return { kind: 'ambiguous', code: String(error.status) };
  if (error instanceof Error && /token to be set/.test(error.message)) return { kind: 'bad-credential', code: '401' }; // discord.js forgets the token after a 401
  if (error instanceof NoLongerWanted) return NOT_LEFT;
  if (error instanceof Error && error.message === 'pacer is closed') return { kind: 'not-sent', code: 'stopping' };
  return networkFailure(error);
}

/** The same of a step that sends nothing yet: what is not understood is surely not done, and may be tried again. */
export function notDone(error: unknown): Failure {
  const failure = failureOf(error);
  if (failure.kind === 'ambiguous') return { kind: 'not-sent', code: failure.code };
  // A person who is not there any more, or whom Discord does not let us write to, is refused like a malformed body.
  return failure.kind === 'bad-body' ? { kind: 'bad-target', code: failure.code, reason: 'gone' } : failure;
}

/** False for a refusal in another form than JSON, which says nothing about channel or body; a token, a size and a rate it can speak of. */
function isOfApi({ rawError, status }: DiscordAPIError): boolean {
  const isPage = (rawError as unknown) instanceof ArrayBuffer; // how the library hands over what is no JSON
  return !isPage || status === 401 || status === 413 || status === 429;
}

function ofApi(status: number, code: number): Failure {
  const name = String(Number.isFinite(code) && code !== 0 ? code : status);
  const busyMs = BUSY.get(code);
  if (busyMs !== undefined) return { kind: 'not-sent', code: name, retryAfterMs: busyMs };
  if (status === 401 || BAD_CREDENTIAL.has(code)) return { kind: 'bad-credential', code: name };
  const target = BAD_TARGET.get(code);
  if (target !== undefined) return { kind: 'bad-target', code: name, ...target };
  const body = BAD_BODY.get(code);
  if (body !== undefined) return { kind: 'bad-body', code: name, ...body };
  if (status === 429) return { kind: 'not-sent', code: name, retryAfterMs: 5000 };
  if (status === 403 || status === 404) return { kind: 'bad-target', reason: 'other', code: name };
  return status >= 500 ? { kind: 'ambiguous', code: name } : { kind: 'bad-body', reason: 'other', code: name };
}

/** Headers may hold anything: nonsense becomes five seconds, negative ones a second. */
export function waitOf(ms: number): number {
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1000), LONGEST_WAIT_MS) : 5000;
}
