// One row from claim to outcome: body, last look at the lease, post, mark; unclear posts are cleared up before anything is repeated.
import type { PostOutcome } from '../../bots/bot.ts';
import { errorReference } from '../../base/errors.ts';
import type { Change, DeliveryRow } from '../../store/delivery/deliveries.ts';
import type { Lease } from '../../store/delivery/leases.ts';
import type { FrozenBody } from '../bodies.ts';
import type { AdaptiveRate } from '../limits/adaptive-rate.ts';
import { PUT_BACK_MS } from '../limits/send-rules.ts';
import type { DeliveryKind } from '../port.ts';
import { failure } from './after-failure.ts';
import { deliveryKey } from './delivery-key.ts';
import { resolveAmbiguous } from './resolve-ambiguous.ts';
import type { AttemptTools } from './tools.ts';

const MOST_RENDER_TRIES = 3;
/** A success must reach the ledger: the database gets this many chances. */
const MARK_TRIES = 6;

/** Handles one claimed row. Throws only when the database is away; the row then waits for its lease to end. */
export async function attempt(row: DeliveryRow, lease: Lease, rate: AdaptiveRate, tools: AttemptTools): Promise<void> {
  const { deliveries, now, step } = tools;
  let current = row;
  let resending = false;
  step('claimed');
  const kind = tools.kinds.get(row.kind);
  const owner = (await kind?.owner(row)) ?? null;
  const change = (values: Change) => deliveries.change(row, lease, values);
  const skip = async (reason: string) =>
    void (await change({ state: 'skipped', not_before: null, reason, settled_at: now() }));
  if (row.doubt === 1) {
    const next = await resolveAmbiguous(row, tools);
    if (next.kind === 'sent') return await success(row, kind, { messageId: next.messageId, reason: 'found' }, tools);
    if (next.kind === 'wait') return void (await change({ state: 'ambiguous', not_before: next.until }));
    if (next.kind === 'final')
      return void (await change({ state: next.state, not_before: null, reason: next.reason, settled_at: now() }));
    if (kind === undefined || owner === null)
      return void (await change({ state: 'ambiguous', not_before: null, reason: 'stopped', settled_at: now() }));
    if (next.kind === 'resend') {
      resending = true;
      current = { ...row, first_attempt_at: now() }; // the time of the key starts anew
      if (!(await change({ first_attempt_at: current.first_attempt_at }))) return;
    }
  } else {
    if (kind === undefined || owner === null || owner.stopped) return await skip('stopped');
    if (row.expires_at < now()) return await skip('expired');
    if (!tools.pauses.mayTry(owner.healthy))
      return void (await change({ state: 'pending', not_before: now() + PUT_BACK_MS }));
  }
  const body = await tools.bodyOf(row, owner).catch((error: unknown) => unrendered(row, error, change, tools));
  if (body === null) return;
  step('rendered');
  await rate.turn(row.channel);
  await postOnce({ row: current, resending, kind, body, lease, rate }, tools);
}

type Post = {
  row: DeliveryRow;
  resending: boolean;
  kind: DeliveryKind;
  body: FrozenBody;
  lease: Lease;
  rate: AdaptiveRate;
};

async function postOnce({ row, resending, kind, body, lease, rate }: Post, tools: AttemptTools): Promise<void> {
  const { deliveries, rules, now, step } = tools;
  if (!(await tools.journal.begin(row, { lease, at: now(), marginMs: rules.rowMarginMs, bodyId: body.id }))) {
    const state = row.doubt === 1 ? 'ambiguous' : 'pending'; // changes nothing when the row is no longer ours
    return void (await deliveries.change(row, lease, { state, not_before: now() + 1000 }));
  }
  const startedAt = now();
  step('marked-attempt');
  const outcome = await bounded(
    tools.bot.post({ tenant: row.tenant, channel: row.channel }, body.body, deliveryKey(row.id)),
    tools,
  );
  step('posted');
  if (outcome.kind === 'sent') {
    rate.sent();
    const reason = resending || row.resent > 0 ? 'resent' : null;
    await success(row, kind, { messageId: outcome.messageId, reason }, tools);
  } else await failure({ row, resending, kind, lease, rate, startedAt }, outcome, tools);
  step('settled');
}

/** A bot that throws or never answers leaves the fate of the post open. */
async function bounded(posting: Promise<PostOutcome>, { rules, sleep }: AttemptTools): Promise<PostOutcome> {
  const late = sleep(rules.postTimeoutMs).then((): PostOutcome => ({ kind: 'ambiguous', code: 'no-answer' }));
  return await Promise.race([posting.catch((): PostOutcome => ({ kind: 'ambiguous', code: 'threw' })), late]);
}

async function success(
  row: DeliveryRow,
  kind: DeliveryKind | undefined,
  { messageId, reason }: { messageId: string; reason: string | null },
  tools: AttemptTools,
): Promise<void> {
  const { journal, bot, ledger, sleep, log } = tools;
  tools.pauses.sent();
  const sent = { messageId, at: tools.now(), reason };
  for (let attempt = 1; ; attempt++) {
    try {
      const previous = await journal.sent(row, sent, kind);
      if (previous !== null)
        await bot
          .remove({ tenant: row.tenant, channel: row.channel }, previous)
          .then(() => ledger.removed(row.id))
          .catch((error: unknown) => log.warn({ err: error }, 'the replaced post stays'));
      return;
    } catch (error) {
      if (attempt >= MARK_TRIES) throw error;
      await sleep(200 * 2 ** attempt);
    }
  }
}

async function unrendered(
  row: DeliveryRow,
  error: unknown,
  change: (values: Change) => Promise<boolean>,
  { log, now, pauses }: AttemptTools,
): Promise<null> {
  log.error({ err: error, reference: errorReference(error), delivery: row.id }, 'a delivery cannot be rendered');
  pauses.badBody('render');
  const tries = row.attempt + 1;
  const again = tries < MOST_RENDER_TRIES && row.doubt === 0;
  await change(
    again
      ? { state: 'pending', attempt: tries, not_before: now() + PUT_BACK_MS, reason: 'render' }
      : { state: row.doubt === 1 ? 'ambiguous' : 'dead', not_before: null, reason: 'render', settled_at: now() },
  );
  return null;
}
