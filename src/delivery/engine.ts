// The delivery engine: the tick that lets each kind plan what is due, and posts it exactly once.
import { HOUR, type Sleep, waitAtMost } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { drawnId, type Random, realRandom } from '../base/hash.ts';
import type { Bot } from '../bots/bot.ts';
import type { Database } from '../store/database.ts';
import { createBodies } from '../store/delivery/bodies.ts';
import { createDeliveries } from '../store/delivery/deliveries.ts';
import { createJournal } from '../store/delivery/journal.ts';
import { createLeases } from '../store/delivery/leases.ts';
import { createDeliveryLedger } from '../store/delivery/ledger.ts';
import { createMeta } from '../store/key-value.ts';
import type { Step } from './attempt/tools.ts';
import { createBelievedClock, isBeforeUs } from './believed-clock.ts';
import { createBodySource } from './bodies.ts';
import { changeOfFolder } from './copied-folder.ts';
import { ENGINE_RULES, type EngineRules } from './limits/send-rules.ts';
import { createMaintenance } from './maintenance.ts';
import { createPlanning } from './planning.ts';
import type { DeliveryKind } from './port.ts';
import { createRestoreGuard } from './restore-guard.ts';
import { createSenderLeases } from './sender-lease.ts';
import { createSender } from './sender.ts';
import { createTicks, type TickHealth } from './ticks.ts';

export type DeliveryOptions = {
  database: Database;
  /** By the platform's name ("discord", "slack", "terminal"): the ones that are switched on; may be filled after this call. */
  bots: ReadonlyMap<string, Bot>;
  kinds: readonly DeliveryKind[];
  /** Wall clock, epoch ms. */
  now: () => number;
  /** Ms on a clock that never steps back. */
  monotonic: () => number;
  sleep: Sleep;
  /** Lots for this process's own name and for whose turn it is; the real ones when absent. */
  random?: Random;
  log: Log;
  /** A file outside the database for the restore guard; null: no guard. */
  highWaterFile: string | null;
  /** A file beside the database that tells a copied folder from the original; none: no check. */
  originFile?: string | null;
  rules?: EngineRules;
  /** Called at named points of a delivery's way; tests end the process there. */
  step?: (name: Step) => void;
  /** Told of each post that is marked as sent, with how long it was due (ms). */
  onSent?: (kind: string, lateMs: number) => void;
  /** Makes what tells how busy the event loop is (`createLoopUse`); none: it always has time. */
  loopUse?: () => () => number | null;
  /** Whether others have said since this moment (monotonic ms) that the wall clock is right; none: nobody does. */
  clockAgreed?: (since: number) => boolean;
};

/** A part that lives and runs with the process. */
export type DeliveryEngine = {
  /** One beat of the clock, about once a second. Never throws and ends in any case; posts go on in the background. */
  tick(): Promise<void>;
  /** Whether ticks get through. */
  health(): TickHealth;
  /** Waits until nothing that is due now is left to do (tests and benchmarks). */
  settled(): Promise<void>;
  /** Whether what is old by the clock may be removed. */
  believesClock(): boolean;
  /** Takes no more work, waits for posts under way (8 s at most), gives leases back. */
  stop(): Promise<void>;
};

/** Letters of the name under which a process holds leases: no two processes draw the same. */
const OWNER_LENGTH = 24;
const STOP_GRACE_MS = 8000;
const GIVE_BACK_MS = 500;
/** A step of the clock smaller than this is ordinary adjustment. */
const CLOCK_STEP_MS = 5000;

export function createDeliveryEngine(options: DeliveryOptions): DeliveryEngine {
  const { database, bots, now, monotonic, sleep, random = realRandom, log, rules = ENGINE_RULES } = options;
  const { step = () => undefined } = options;
  const kinds = new Map(options.kinds.map((kind) => [kind.name, kind]));
  const deliveries = createDeliveries(database, random, [...kinds.keys()]);
  const ledger = createDeliveryLedger(database);
  const leases = createLeases(database, now);
  const senderLeases = createSenderLeases({
    leases,
    deliveries,
    owner: drawnId(OWNER_LENGTH, random),
    rules,
    now,
    log,
  });
  const guard = createRestoreGuard({
    ledger,
    file: options.highWaterFile,
    changed: () => changeOfFolder(options.originFile ?? null, createMeta(database)),
    now,
    log,
  });
  const hourly = createMaintenance({ bots, kinds, ledger, now, log });
  const bodySource = createBodySource({
    bodies: createBodies(database),
    bots,
    now,
    monotonic,
    lateMs: rules.lateMs,
    log,
  });
  const sender = createSender({
    bots,
    kinds,
    rules,
    deliveries,
    ledger,
    senderLeases,
    journal: createJournal(database, { now, sleep }),
    bodyOf: bodySource.of,
    beforeSending: guard.raise,
    now,
    monotonic,
    sleep,
    log,
    step,
    onSent: options.onSent ?? (() => undefined),
    loopUse: options.loopUse ?? (() => () => null),
  });
  const believed = createBelievedClock({ now, monotonic, agreed: options.clockAgreed ?? (() => false), log });
  let restoredUntil: number | null = null;
  let unset = false;
  let lastTick = 0;
  let lastHourly = 0;
  let lastFollow = 0;
  let stopped = false;
  const plan = createPlanning(options.kinds, { sleep, log });
  const ticks = createTicks({ run: runTick, now, monotonic, sleep, log });

  /** @returns the moment up to which everything due counts as sent, after a restored backup; else 0 */
  async function begin(): Promise<number> {
    const until = await guard.check();
    believed.startedAfter(await ledger.highWater());
    if (until > 0) {
      await ledger.skipOpenDueUntil(until, 'restore', now());
      await ledger.raiseHighWater(until);
    }
    for (const kind of kinds.values()) {
      await kind.clockWentBack();
      await kind.begin();
    }
    return until;
  }

  /** @throws what a kind's plan threw, once the posts have started */
  async function planAndSend(at: number, until: number): Promise<void> {
    const failures: unknown[] = [];
    await plan(at, until, wake).catch((error: unknown) => failures.push(error));
    await deliveries.expire(at);
    if (!stopped) await sender.kick();
    if (failures.length > 0) throw failures[0];
  }

  /** What was written between two ticks does not wait for the next one. */
  function wake(): void {
    if (!stopped)
      void sender.kick().catch((error: unknown) => log.warn({ err: error }, 'posts wait for the next tick'));
  }

  async function runTick(): Promise<void> {
    const at = now();
    believed.look();
    if (isBeforeUs(at) && !unset) log.warn({}, 'the clock of this machine is not set: nothing is posted until it is');
    unset = isBeforeUs(at);
    if (unset) return;
    restoredUntil ??= await begin();
    if (restoredUntil - at > CLOCK_STEP_MS) {
      log.warn(
        { aheadMs: restoredUntil - at },
        'the clock went back behind the end of the restored gap: the gap ends now',
      );
      restoredUntil = at;
    }
    if (lastTick - at > CLOCK_STEP_MS) {
      for (const kind of kinds.values()) await kind.clockWentBack();
      await ledger.shortenWaits(at);
    }
    lastTick = at;
    bodySource.forgetOld();
    await planAndSend(at, restoredUntil);
    if (Math.abs(at - lastFollow) >= CLOCK_STEP_MS) {
      lastFollow = at;
      await guard.follow();
    }
    if (Math.abs(at - lastHourly) < HOUR || !believed.holds()) return;
    lastHourly = at;
    await hourly();
  }

  return {
    tick: ticks.tick,
    health: ticks.health,
    settled: sender.settled,
    believesClock: believed.holds,
    async stop() {
      stopped = true;
      await ticks.stop();
      await sender.stop(STOP_GRACE_MS);
      await waitAtMost(senderLeases.releaseAll(), GIVE_BACK_MS, sleep);
    },
  };
}
