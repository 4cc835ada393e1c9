// One row from claim to outcome: body, last look at the lease, post, mark; unclear posts are cleared up before anything is repeated.
import type { PostOutcome } from '../../bots/bot.ts';
import { waitAtMost } from '../../base/clock.ts';
import { errorReference } from '../../base/errors.ts';
import type { Change, DeliveryRow } from '../../store/delivery/deliveries.ts';
import type { Lease } from '../../store/delivery/leases.ts';
import { BodyStoreError, type FrozenBody } from '../bodies.ts';
import type { AdaptiveRate } from '../limits/adaptive-rate.ts';
import { PUT_BACK_MS } from '../limits/send-rules.ts';
import type { DeliveryKind, Owner } from '../port.ts';
import { afterFailure } from './after-failure.ts';
import { deliveryKey } from './delivery-key.ts';
import { createDeparture, type Departure, NOT_LEFT } from './departure.ts';
import { resolveAmbiguous } from './resolve-ambiguous.ts';
import type { AttemptTools } from './tools.ts';

const MOST_RENDER_TRIES = 3;
/** A success must reach the ledger: the database gets this many chances. */
const MARK_TRIES = 6;

/** A claimed row with its kind and owner (null when that was deleted), and the way to change the row under its lease. */
type Claimed = {
  row: DeliveryRow;
  kind: DeliveryKind;
  owner: Owner | null;
  change: (values: Change) => Promise<boolean>;
};

/**
 * What may be posted now. `resending`: once more, after nobody could find the first post. `keyUntil`: a repeat that is harmless only while the
 * platform knows its key (epoch ms), else null.
 */
type Ready = { row: DeliveryRow; kind: DeliveryKind; owner: Owner; resending: boolean; keyUntil: number | null };

/** Handles one claimed row. Throws only when the database is away; the row then waits for its lease to end. */
export async function attempt(row: DeliveryRow, lease: Lease, rate: AdaptiveRate, tools: AttemptTools): Promise<void> {
  const change = (values: Change) => tools.deliveries.change(row, lease, values);
  tools.step('claimed');
  const kind = tools.kinds.get(row.kind);
  if (kind === undefined) return void (await change(ofUnknownKind(row, tools)));
  const claimed = { row, kind, owner: await kind.owner(row), change };
  const ready = row.doubt === 1 ? await inDoubt(claimed, tools) : await untried(claimed, tools);
  if (ready === null) return;
  const body = await tools.bodyOf(row, ready.owner).catch((error: unknown) => {
    if (error instanceof BodyStoreError) throw error;
    return unrendered(claimed, error, tools);
  });
  if (body === null) return;
  if (!tools.refusedBodies.mayTry(body.content)) return void (await change(putBack(row, tools.now() + PUT_BACK_MS)));
  tools.step('rendered');
  await rate.turn(row.channel);
  await postOnce({ ...ready, body, lease, rate }, tools);
}

/** Settles a row whose earlier post is in doubt, or says how to post it again; null when there is nothing to post now. */
async function inDoubt({ row, kind, owner, change }: Claimed, tools: AttemptTools): Promise<Ready | null> {
  const { now } = tools;
  const next = await resolveAmbiguous(row, tools);
  if (next.kind === 'sent') await success(row, kind, { messageId: next.messageId, reason: 'found' }, tools);
  else if (next.kind === 'wait') await change({ state: 'ambiguous', not_before: next.until });
  else if (next.kind === 'final')
    await change({ state: next.state, not_before: null, reason: next.reason, settled_at: now() });
  else if (next.kind === 'repeat' && owner?.stopped === true) await change(putBack(row, next.until)); // then it is looked for
  else if (owner === null || owner.stopped)
    await change({ state: 'ambiguous', not_before: null, reason: 'stopped', settled_at: now() });
  else if (next.kind === 'repeat') return { row, kind, owner, resending: false, keyUntil: next.until };
  else {
    const again = { first_attempt_at: now() }; // the time of the key starts anew
    return (await change(again)) ? { row: { ...row, ...again }, kind, owner, resending: true, keyUntil: null } : null;
  }
  return null;
}

/** A row whose post was never in doubt; null when it must not be posted, or not now. */
async function untried({ row, kind, owner, change }: Claimed, tools: AttemptTools): Promise<Ready | null> {
  const at = tools.now();
  const skip = (reason: string) => change({ state: 'skipped', not_before: null, reason, settled_at: at });
  if (owner === null || owner.stopped) await skip('stopped');
  else if (row.expires_at < at) await skip('expired');
  else if (!tools.pauses.mayTry(owner.healthy)) await change(putBack(row, at + PUT_BACK_MS));
  else return { row, kind, owner, resending: false, keyUntil: null };
  return null;
}

/** An instance of another version may know it, as long as it may be posted. Afterwards nobody asks for it: one that was never tried expires anyway. */
function ofUnknownKind(row: DeliveryRow, { now, log }: AttemptTools): Change {
  const at = now();
  if (row.doubt === 0 || row.expires_at >= at) return putBack(row, at + PUT_BACK_MS);
  log.warn({ delivery: row.id, kind: row.kind }, 'a delivery of an unknown kind expired, perhaps posted');
  return { state: 'ambiguous', not_before: null, reason: 'unclear', settled_at: at };
}

/** Gives a row back as it was, to be looked at again at `until`. */
function putBack(row: DeliveryRow, until: number): Change {
  return { state: row.doubt === 1 ? 'ambiguous' : 'pending', not_before: until };
}

type Post = Ready & { body: FrozenBody; lease: Lease; rate: AdaptiveRate };

async function postOnce(
  { row, resending, keyUntil, kind, body, lease, rate }: Post,
  tools: AttemptTools,
): Promise<void> {
  const { deliveries, rules, now, step } = tools;
  const { rowMarginMs: marginMs, leaveWithinMs: withinMs, leaveAgainWithinMs: againWithinMs } = rules;
  const departure = createDeparture({ withinMs, againWithinMs, keyUntil, ...tools }); // before the mark: its write takes time as well
  const startedAt = now();
  if (!(await tools.journal.begin(row, { lease, at: startedAt, marginMs, leaveMs: withinMs, body })))
    return void (await deliveries.change(row, lease, putBack(row, now() + 1000))); // changes nothing when the row is no longer ours
  step('marked-attempt');
  const target = { tenant: row.tenant, channel: row.channel };
  const posting = tools.bot.post(target, body.body, deliveryKey(row.id), departure.mayLeave);
  const outcome = await bounded(posting, departure, tools);
  step('posted');
  if (outcome.kind === 'sent') {
    rate.sent();
    tools.refusedBodies.sent(body.content);
    const reason = resending || row.resent > 0 ? 'resent' : null;
    await success(row, kind, { messageId: outcome.messageId, reason }, tools);
  } else await afterFailure({ row, content: body.content, resending, kind, lease, rate, startedAt }, outcome, tools);
  step('settled');
}

/** A bot that throws or never answers leaves the fate of the post open, unless nothing has left; from then on nothing can. */
async function bounded(
  posting: Promise<PostOutcome>,
  departure: Departure,
  { rules, sleep }: AttemptTools,
): Promise<PostOutcome> {
  const answer = posting.catch((): PostOutcome => ({ kind: 'ambiguous', code: 'threw' }));
  const inTime = (await waitAtMost(answer, rules.leaveWithinMs, sleep)) || departure.hasLeft();
  const answered = inTime && (await waitAtMost(answer, rules.postTimeoutMs - rules.leaveWithinMs, sleep));
  departure.close();
  const outcome: PostOutcome = answered ? await answer : { kind: 'ambiguous', code: 'no-answer' };
  return outcome.kind === 'ambiguous' && !departure.hasLeft() ? NOT_LEFT : outcome;
}

/** Marks the row as sent together with what its owner keeps of it, and takes away the message that it replaces. */
async function success(
  row: DeliveryRow,
  kind: DeliveryKind,
  { messageId, reason }: { messageId: string; reason: string | null },
  tools: AttemptTools,
): Promise<void> {
  const { journal, bot, ledger, sleep, log, onSent } = tools;
  const sent = { messageId, at: tools.now(), reason };
  for (let tries = 1; ; tries++) {
    try {
      const replaced = await journal.sent(row, sent, kind);
      onSent(kind.name, Math.max(0, sent.at - row.due_at));
      if (replaced !== null)
        await bot
          .remove({ tenant: row.tenant, channel: row.channel }, replaced)
          .then(() => ledger.removed(row.id))
          .catch((error: unknown) => log.warn({ err: error }, 'the replaced post stays'));
      return;
    } catch (error) {
      if (tries >= MARK_TRIES) throw error;
      await sleep(200 * 2 ** tries);
    }
  }
}

async function unrendered({ row, change }: Claimed, error: unknown, { log, now }: AttemptTools): Promise<null> {
  log.error({ err: error, reference: errorReference(error), delivery: row.id }, 'a delivery cannot be rendered');
  const tries = row.attempt + 1;
  const again = tries < MOST_RENDER_TRIES && row.doubt === 0;
  await change(
    again
      ? { state: 'pending', attempt: tries, not_before: now() + PUT_BACK_MS, reason: 'render' }
      : { state: row.doubt === 1 ? 'ambiguous' : 'dead', not_before: null, reason: 'render', settled_at: now() },
  );
  return null;
}
