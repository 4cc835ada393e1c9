// Clearing up a post whose fate is unknown: repeat it with the same key while the platform recognises keys, else look for it, else once more.
import { HOUR } from '../../base/clock.ts';
import type { DeliveryRow } from '../../store/delivery/deliveries.ts';
import { deliveryKey } from './delivery-key.ts';
import type { AttemptTools } from './tools.ts';

/** `repeat`: same key, cannot double `until` the platform may forget it (epoch ms). `resend`: after looking in vain, or when nobody can look: once. */
export type Resolution =
  | { kind: 'sent'; messageId: string }
  | { kind: 'repeat'; until: number }
  | { kind: 'resend' }
  | { kind: 'wait'; until: number }
  | { kind: 'final'; state: 'ambiguous' | 'skipped'; reason: string };

const LOOK_AGAIN_MS = 30_000;
/** So long after its deadline a post is still looked for where the platform does not answer: the books should say what people saw. */
const LATEST_LOOK_MS = 2 * HOUR;
const CONNECTING_MS = 3000;
/** Clocks of platforms differ from ours by this much at most when we look for a post since it was due. */
const CLOCK_SLACK_MS = 5000;

/** An attempt has left, and ended or timed out, this long after its mark at the latest. */
const LONGEST_ATTEMPT_MS = 30_000;

/** A row whose posts end the process again and again is left alone after so many. */
const MOST_ATTEMPTS = 8;

/**
 * Decides the next step for a row in doubt. A missing digest is silent while a double one is visible and harmless, so what cannot be looked up is
 * posted once more. Only answers count as that once: a process that was killed may not even have posted.
 */
export async function resolveAmbiguous(
  row: DeliveryRow,
  { bot, now }: Pick<AttemptTools, 'bot' | 'now'>,
): Promise<Resolution> {
  const { keyWindowMs, lateCommitMs } = bot.sendRules;
  const first = row.first_attempt_at ?? row.due_at;
  const passed = now() - first;
  if (passed >= 0 && passed < keyWindowMs) return { kind: 'repeat', until: first + keyWindowMs };
  if (passed >= 0 && passed < lateCommitMs) return { kind: 'wait', until: first + lateCommitMs };
  const expired = row.expires_at < now();
  const target = { tenant: row.tenant, channel: row.channel };
  const { connected } = bot.health();
  if (!connected && !expired) return { kind: 'wait', until: now() + CONNECTING_MS };
  const found = await bot
    .find(
      target,
      deliveryKey(row.id),
      Math.min(row.due_at, first) - CLOCK_SLACK_MS,
      Math.max(row.due_at, first) + LONGEST_ATTEMPT_MS + lateCommitMs,
    )
    .catch(() => null);
  // Who is not connected may not know itself yet, and then sees no post of its own: that says nothing about the channel.
  const isBlind = found?.kind === 'cannot-see' && !connected;
  if (found === null || isBlind) return lookAgain(now() - row.expires_at, now());
  if (found.kind === 'found') return { kind: 'sent', messageId: found.messageId };
  if (found.kind === 'absent')
    return expired ? { kind: 'final', state: 'skipped', reason: 'expired' } : { kind: 'resend' };
  return row.resent > 0 || row.attempt >= MOST_ATTEMPTS || expired
    ? { kind: 'final', state: 'ambiguous', reason: 'unclear' }
    : { kind: 'resend' };
}

/** Ever more seldom after the deadline, in proportion to the time since. */
function lookAgain(overMs: number, now: number): Resolution {
  if (overMs > LATEST_LOOK_MS) return { kind: 'final', state: 'ambiguous', reason: 'unclear' };
  return { kind: 'wait', until: now + Math.max(LOOK_AGAIN_MS, Math.ceil(overMs / 4)) };
}
