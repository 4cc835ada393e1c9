// What follows from a post that did not succeed: another try, a look-up later, or an end; and what its platform or channel hears of it.
import type { PostOutcome } from '../../bots/bot.ts';
import type { Change, DeliveryRow } from '../../store/delivery/deliveries.ts';
import type { Lease } from '../../store/delivery/leases.ts';
import type { AdaptiveRate } from '../limits/adaptive-rate.ts';
import type { DeliveryKind } from '../port.ts';
import { NOT_LEFT } from './departure.ts';
import type { AttemptTools } from './tools.ts';
import { backOff, PUT_BACK_MS } from '../limits/send-rules.ts';

export type Failed = {
  row: DeliveryRow;
  /** What equal posts have in common. */
  content: string;
  resending: boolean;
  kind: DeliveryKind;
  lease: Lease;
  rate: AdaptiveRate;
  startedAt: number;
};

type Failure = Exclude<PostOutcome, { kind: 'sent' }>;

/** The code of a bot for a post that it kept back by itself: no call was made, so no platform refused one. */
const HELD_BACK = 'held-back';
/** The least wait before an unclear post is looked into. */
const LEAST_WAIT_MS = 100;

/** Records what a post that did not succeed means: when to look again, or that it is over. */
export async function afterFailure(failed: Failed, outcome: Failure, tools: AttemptTools): Promise<void> {
  const { row, lease } = failed;
  tools.log.warn(
    { kind: row.kind, platform: row.platform, outcome: outcome.kind, code: outcome.code, attempt: row.attempt + 1 },
    'not posted',
  );
  await tools.deliveries.change(row, lease, await consequence(failed, outcome, tools));
}

async function consequence(failed: Failed, outcome: Failure, tools: AttemptTools): Promise<Change> {
  const { row, kind, rate } = failed;
  const { bot, pauses, rules, now } = tools;
  const { code } = outcome;
  const later = (ms: number): Change => tryAgain(row, now() + ms, code);
  const dead = (): Change => ({ state: 'dead', not_before: null, reason: code, settled_at: now() });
  switch (outcome.kind) {
    case 'ambiguous':
      return unclear(failed, code, tools);
    case 'not-sent':
      if (code === NOT_LEFT.code) {
        rate.hold(rules.leaveWithinMs); // the bot has more to send than it may: what queues there would only grow old
        return { ...later(rules.leaveWithinMs), attempt: row.attempt };
      }
      if (outcome.retryAfterMs === undefined) return later(backOff(rules, row.attempt, row.shuffle));
      if (code !== HELD_BACK) pauses.refused();
      rate.slowDown(outcome.retryAfterMs);
      return later(outcome.retryAfterMs);
    case 'bad-credential':
      pauses.badCredential(bot.sendRules.perTenant ? row.tenant : null, code);
      return later(PUT_BACK_MS);
    case 'bad-body':
      tools.refusedBodies.refused(failed.content, code);
      return dead();
    case 'bad-target': {
      if (outcome.reason !== 'gone') pauses.refused(); // 404 is held against nobody
      const { kind: _, ...refusal } = outcome;
      const verdict = await kind.refused(row, { ...refusal, before: row.reason });
      return verdict.kind === 'again' ? later(verdict.afterMs) : dead();
    }
  }
}

/** Certainly not sent this time; the row is clean again unless an earlier attempt is in doubt. */
function tryAgain(row: DeliveryRow, until: number, reason: string): Change {
  const clean = row.doubt === 0;
  return {
    state: clean ? 'pending' : 'ambiguous',
    doubt: row.doubt,
    not_before: until,
    reason,
    ...(clean ? { first_attempt_at: null } : {}),
  };
}

/** Perhaps sent: repeated with the same key while the platform knows keys, looked for after that. */
function unclear({ row, resending, startedAt }: Failed, reason: string, { bot, now }: AttemptTools): Change {
  const { repeatAfterMs, lateCommitMs, keyWindowMs } = bot.sendRules;
  const first = row.first_attempt_at !== null && row.doubt === 1 ? row.first_attempt_at : startedAt;
  const passed = now() - first;
  const until = first + (repeatAfterMs.find((ms) => ms > passed) ?? Math.max(lateCommitMs, keyWindowMs));
  return {
    state: 'ambiguous',
    resent: row.resent + (resending ? 1 : 0),
    not_before: Math.max(until, now() + LEAST_WAIT_MS),
    reason,
  };
}
