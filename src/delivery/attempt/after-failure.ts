// What follows from a post that did not succeed: another try, a look-up later, or an end; and what its platform or channel hears of it.
import type { PostOutcome } from '../../bots/bot.ts';
import type { Change, DeliveryRow } from '../../store/delivery/deliveries.ts';
import type { Lease } from '../../store/delivery/leases.ts';
import type { AdaptiveRate } from '../limits/adaptive-rate.ts';
import type { DeliveryKind } from '../port.ts';
import type { AttemptTools } from './tools.ts';
import { backOff, PUT_BACK_MS } from '../limits/send-rules.ts';

export type Failed = {
  row: DeliveryRow;
  resending: boolean;
  kind: DeliveryKind;
  lease: Lease;
  rate: AdaptiveRate;
  startedAt: number;
};

/** Records what a post that did not succeed means: when to look again, or that it is over. */
export async function failure(
  { row, resending, kind, lease, rate, startedAt }: Failed,
  outcome: Exclude<PostOutcome, { kind: 'sent' }>,
  tools: AttemptTools,
): Promise<void> {
  const { deliveries, rules, now, pauses, log } = tools;
  const clean = row.doubt === 0; // certainly not sent, and no earlier attempt is in doubt either
  const change = (values: Change) => deliveries.change(row, lease, values);
  const later = (ms: number): Change => ({
    state: clean ? 'pending' : 'ambiguous',
    doubt: row.doubt,
    not_before: now() + ms,
    reason: outcome.code,
    ...(clean ? { first_attempt_at: null } : {}),
  });
  const dead = (): Change => ({ state: 'dead', not_before: null, reason: outcome.code, settled_at: now() });
  log.warn(
    { platform: row.platform, outcome: outcome.kind, code: outcome.code, attempt: row.attempt + 1 },
    'not posted',
  );
  if (outcome.kind === 'ambiguous') {
    const { repeatAfterMs, lateCommitMs, keyWindowMs } = tools.bot.sendRules;
    const first = row.first_attempt_at !== null && row.doubt === 1 ? row.first_attempt_at : startedAt;
    const passed = now() - first;
    const until = first + (repeatAfterMs.find((ms) => ms > passed) ?? Math.max(lateCommitMs, keyWindowMs));
    return void (await change({
      state: 'ambiguous',
      resent: row.resent + (resending ? 1 : 0),
      not_before: Math.max(until, now() + 100),
      reason: outcome.code,
    }));
  }
  if (outcome.kind === 'not-sent') {
    if (outcome.retryAfterMs !== undefined) {
      pauses.refused();
      rate.slowDown(outcome.retryAfterMs);
    }
    return void (await change(later(outcome.retryAfterMs ?? backOff(rules, row.attempt, row.shuffle))));
  }
  if (outcome.kind === 'bad-credential') {
    pauses.badCredential(tools.bot.sendRules.perTenant ? row.tenant : null, outcome.code);
    return void (await change(later(PUT_BACK_MS)));
  }
  if (outcome.kind === 'bad-body') {
    pauses.badBody(outcome.code);
    return void (await change(dead()));
  }
  pauses.refused();
  const verdict = await kind.refused(row, { reason: outcome.reason, code: outcome.code, before: row.reason });
  await change(verdict.kind === 'again' ? later(verdict.afterMs) : dead());
}
