// Scheduled posts, wired: the tick that turns due subscriptions into deliveries and deliveries into posts, and the port for everybody else.
import { randomUUID } from 'node:crypto';
import type { Log } from '../app/dispatch.ts';
import type { Bot } from '../bots/bot.ts';
import { createBodies } from '../store/delivery/bodies.ts';
import { type DeliveryTotals, createDeliveryLedger } from '../store/delivery/ledger.ts';
import { addDelivery, materialiseDue } from '../store/digests/due.ts';
import { createJournal } from '../store/delivery/journal.ts';
import { createDeliveries } from '../store/delivery/deliveries.ts';
import type { Database } from '../store/database.ts';
import { createLeases } from '../store/delivery/leases.ts';
import { createSubscriptions } from '../store/digests/subscriptions.ts';
import type { Step } from '../delivery/attempt/attempt.ts';
import { createBodySource, type Render } from '../delivery/bodies.ts';
import { createMaintenance } from '../delivery/maintenance.ts';
import { createDigestManager } from './manage/manage.ts';
import { createSenderLeases } from '../delivery/sender-lease.ts';
import { planDue } from './schedule/plan-due.ts';
import type { Digests } from './digests.ts';
import { createRestoreGuard } from '../delivery/restore-guard.ts';
import { SEND_RULES, type SendRules } from '../delivery/limits/send-rules.ts';
import { createSender } from '../delivery/sender.ts';
import { createChannelHealth } from '../delivery/limits/channel-health.ts';
import { staleFacts, zoneDataVersion, zoneNotes } from './schedule/tzdata-check.ts';

export type DigestsOptions = {
  database: Database;
  /** By the platform's name ("discord", "slack", "terminal"): the ones that are switched on; may be filled after this call. */
  bots: ReadonlyMap<string, Bot>;
  render: Render;
  /** Wall clock, epoch ms. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  log: Log;
  /** A file outside the database for the restore guard; absent: no guard. */
  highWaterFile?: string;
  rules?: SendRules;
  zoneData?: () => string;
  /** Called at named points of a delivery's way; tests end the process there. */
  step?: (name: Step) => void;
};

/** A part that lives and runs with the process. */
export type DigestEngine = {
  digests: Digests;
  /** One beat of the clock, about once a second. Never throws; posts go on in the background. */
  tick(): Promise<void>;
  /** Waits until nothing that is due now is left to do (tests and benchmarks). */
  settled(): Promise<void>;
  /** Takes no more work, waits for posts under way (8 s at most), gives leases back. */
  stop(): Promise<void>;
  books(): Promise<DeliveryTotals>;
  zoneNotes(): string[];
  /** For platform events: a channel (or everything of a tenant) is gone, or may be posted to again. */
  retire(place: { platform: string; tenant: string; channel?: string }, reason: string): Promise<number>;
  revive(place: { platform: string; tenant: string; channel?: string }): Promise<number>;
};

const BATCH = 2000;
const STOP_GRACE_MS = 8000;
/** A step of the clock smaller than this is ordinary adjustment. */
const CLOCK_STEP_MS = 5000;
const HOUR = 3_600_000;
/** Counting a full ledger takes a moment; `/metrics` may ask often. */
const BOOKS_FOR_MS = 10_000;

export function createDigests(options: DigestsOptions): DigestEngine {
  const {
    database,
    bots,
    now,
    sleep,
    log,
    rules = SEND_RULES,
    zoneData = zoneDataVersion,
    step = () => undefined,
  } = options;
  const subscriptions = createSubscriptions(database);
  const deliveries = createDeliveries(database);
  const ledger = createDeliveryLedger(database);
  const leases = createLeases(database, now);
  const channelHealth = createChannelHealth({ subscriptions, deliveries, now, zoneData });
  const senderLeases = createSenderLeases({ leases, deliveries, owner: randomUUID(), rules, now, log });
  const guard = createRestoreGuard({ ledger, file: options.highWaterFile ?? null, log });
  const core = createMaintenance({ bots, subscriptions, ledger, channelHealth, now, zoneData, log });
  const bodyOf = createBodySource({
    bodies: createBodies(database),
    bots,
    render: options.render,
    now,
    lateMs: rules.lateMs,
  });
  const journal = createJournal(database, { now, sleep });
  const sender = createSender({
    rules,
    journal,
    deliveries,
    subscriptions,
    ledger,
    channelHealth,
    bodyOf,
    now,
    sleep,
    log,
    step,
    bots,
    senderLeases,
    beforeSending: guard.raise,
  });
  const stale = staleFacts();
  let restoredUntil: number | null = null;
  let lastTick = 0;
  let lastHourly = 0;
  let lastFollow = 0;
  let ticking: Promise<void> | null = null;
  let stopped = false;
  let counted: { at: number; books: Promise<DeliveryTotals> } | null = null;

  async function begin(): Promise<number> {
    const until = await guard.check();
    if (until > 0) {
      await ledger.skipOpenDueUntil(until, 'restore', now());
      await ledger.raiseHighWater(until);
    }
    await core.clockWentBack();
    await core.zonesChanged();
    for (const note of zoneNotes(stale)) log.warn({}, note);
    return until;
  }

  async function runTick(): Promise<void> {
    const at = now();
    restoredUntil ??= await begin();
    if (lastTick - at > CLOCK_STEP_MS) await core.clockWentBack();
    lastTick = at;
    const plan = { now: at, rules, restoredUntil };
    while ((await materialiseDue(database, at, BATCH, (rows) => planDue(rows, plan))) === BATCH);
    await deliveries.expire(at);
    if (!stopped) await sender.kick();
    if (Math.abs(at - lastFollow) >= CLOCK_STEP_MS) {
      lastFollow = at;
      await guard.follow();
    }
    if (Math.abs(at - lastHourly) < HOUR) return;
    lastHourly = at;
    await core.zonesChanged();
    await core.hourly();
  }

  const tick = async (): Promise<void> => {
    if (stopped) return;
    ticking ??= runTick()
      .catch((error: unknown) => log.error({ err: error }, 'the tick of digests failed'))
      .finally(() => {
        ticking = null;
      });
    await ticking;
  };
  const books = async (): Promise<DeliveryTotals> => {
    if (counted === null || Math.abs(now() - counted.at) > BOOKS_FOR_MS) counted = { at: now(), books: ledger.books() };
    return await counted.books;
  };
  const manager = createDigestManager({
    subscriptions,
    deliveries,
    channelHealth,
    rules,
    now,
    zoneData,
    addDelivery: (row) => addDelivery(database, row),
  });
  return {
    digests: { ...manager, books },
    tick,
    settled: sender.settled,
    async stop() {
      stopped = true;
      await ticking;
      await sender.stop(STOP_GRACE_MS);
      await senderLeases.releaseAll();
    },
    books: ledger.books,
    zoneNotes: () => zoneNotes(stale),
    retire: channelHealth.retire,
    revive: channelHealth.revive,
  };
}
