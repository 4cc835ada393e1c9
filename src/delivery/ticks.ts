// Ticks with a watchdog: one that hangs is reported and left behind, the next one goes on, and health tells how long ago the last one got through.
import { MINUTE, type Sleep, waitAtMost } from '../base/clock.ts';
import type { Log, LogFields } from '../base/log.ts';

/**
 * `ok`: a tick got through lately. `stuck`: none will any more in this process. `detail` is for people. `lastAt`: when the last one got through,
 * epoch ms, null when none has.
 */
export type TickHealth = { ok: boolean; stuck: boolean; detail: string; lastAt: number | null; failures: number };

export type Ticks = {
  /** Runs one tick, or waits for the one that runs. Never throws, and ends in any case. */
  tick(): Promise<void>;
  health(): TickHealth;
  /** Starts no tick any more; waits a moment for the one that runs. */
  stop(): Promise<void>;
};

type Options = {
  run: () => Promise<void>;
  now: () => number;
  monotonic: () => number;
  sleep: Sleep;
  log: Log;
};

/** Longer than every wait inside a tick together, so that only what has no end of its own is left behind. */
const TICK_LIMIT_MS = MINUTE;
/** Hanging ticks beside which new ones are still started. */
const MOST_HANGING = 5;
/** A tick a second is the rule; one call to the database may take ten. */
const HEALTHY_WITHIN_MS = 30_000;
const STOP_WAIT_MS = 1000;
/** The clock asks once a second, and waits for a tick that hangs; a process that asks no more has lost its clock. */
const CLOCK_LOST_MS = 5 * MINUTE;

export function createTicks({ run, now, monotonic, sleep, log }: Options): Ticks {
  const begunAt = monotonic();
  let running: Promise<void> | null = null;
  let askedAt = begunAt;
  let stopped = false;
  let hanging = 0;
  let failures = 0;
  let through: { at: number; monotonic: number } | null = null;
  let trouble: string | null = null;
  const repeated = createRepeatedErrors(monotonic, log);

  async function reported(): Promise<void> {
    try {
      await run();
      through = { at: now(), monotonic: monotonic() };
      trouble = null;
      repeated.over();
    } catch (error) {
      failures++;
      trouble = troubleOf(error);
      repeated.report(codeOf(error), { err: error }, 'a tick of the delivery engine failed');
    }
  }

  async function guarded(): Promise<void> {
    if (hanging >= MOST_HANGING)
      return repeated.report('hanging', { count: hanging }, 'ticks of the delivery engine hang');
    let left = false;
    const work = reported().finally(() => void (left && hanging--));
    if (await waitAtMost(work, TICK_LIMIT_MS, sleep)) return;
    left = true;
    hanging++;
    failures++;
    log.error(
      { limitMs: TICK_LIMIT_MS, count: hanging },
      'a tick of the delivery engine hangs: the next one goes on without it',
    );
  }

  return {
    async tick() {
      askedAt = monotonic();
      if (stopped) return;
      running ??= guarded().finally(() => void (running = null));
      await running;
    },
    health() {
      const silentMs = monotonic() - (through?.monotonic ?? begunAt);
      const seconds = Math.round(silentMs / 1000);
      const last =
        through === null ? `no tick got through yet, ${seconds} s after the start` : `last tick ${seconds} s ago`;
      const detail = trouble === null ? last : `${last}: ${trouble}`;
      const stuck = hanging >= MOST_HANGING || monotonic() - askedAt >= CLOCK_LOST_MS;
      return { ok: silentMs < HEALTHY_WITHIN_MS, stuck, detail, lastAt: through?.at ?? null, failures };
    },
    async stop() {
      stopped = true;
      if (running !== null) await waitAtMost(running, STOP_WAIT_MS, sleep);
    },
  };
}

/** Logs an error at once, the same one again only once a minute, and its end. */
function createRepeatedErrors(monotonic: () => number, log: Log) {
  let last: { code: string; at: number; times: number } | null = null;
  return {
    report(code: string, fields: LogFields, message: string): void {
      const again = last !== null && last.code === code && monotonic() - last.at < MINUTE;
      const times: number = (last?.code === code ? last.times : 0) + 1;
      if (!again) log.error({ ...fields, failures: times }, message);
      last = { code, at: again && last !== null ? last.at : monotonic(), times };
    },
    over(): void {
      if (last !== null) log.info({ failures: last.times }, 'ticks of the delivery engine get through again');
      last = null;
    },
  };
}

/** What an operator can mend at once. `/readyz` is open to everybody, so no other words of a database are shown: they name users and hosts. */
const TROUBLES: readonly (readonly [RegExp, string])[] = [
  [/disk is full|no space left/i, 'the disk of the database is full'],
  [/read-?only/i, 'the database cannot be written to'],
];

function troubleOf(error: unknown): string | null {
  const said = error instanceof Error ? error.message : '';
  return TROUBLES.find(([pattern]) => pattern.test(said))?.[1] ?? null;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.message;
}
