// Whether the wall clock says what is old: after a leap nothing is removed for a day, as a clock that was set wrong would take all that is young along.
import { DAY } from '../base/clock.ts';
import type { Log } from '../base/log.ts';

export type BelievedClock = {
  /** Compares the two clocks; called with every tick. */
  look(): void;
  /** When something was posted last (epoch ms, 0: never): a process that starts long after it may have a wrong clock. */
  startedAfter(lastAt: number): void;
  /** False for a day after a leap that was not taken back, and that nobody else confirms. */
  holds(): boolean;
};

/** A computer that slept over a weekend leapt less; one whose clock lost its battery leaps by years. */
const LEAP_MS = 7 * DAY;
/** Whoever looks after the machine has seen it by then. */
const DOUBTED_FOR_MS = DAY;
/** This program is younger: a clock that says less has not been set yet. */
const EARLIEST = Date.UTC(2025, 0, 1);

/** True for a moment (epoch ms) before this program was made. */
export function isBeforeUs(at: number): boolean {
  return at < EARLIEST;
}

/** `now`: epoch ms; `monotonic`: ms that never step back. `agreed`: whether others have said since such a moment that the wall clock is right. */
export function createBelievedClock({
  now,
  monotonic,
  agreed,
  log,
}: {
  now: () => number;
  monotonic: () => number;
  agreed: (since: number) => boolean;
  log: Log;
}): BelievedClock {
  let last = { wall: now(), up: monotonic() };
  let doubtedAt: number | null = null;
  const doubt = (leptMs: number): void => {
    if (doubtedAt === null)
      log.warn(
        { aheadMs: leptMs },
        'the clock leapt ahead: nothing that is old by it is removed for a day, or until two sources say that it is right',
      );
    doubtedAt = monotonic();
  };
  return {
    look() {
      const [wall, up] = [now(), monotonic()];
      const leptMs = wall - last.wall - (up - last.up);
      const wasUnset = isBeforeUs(last.wall);
      last = { wall, up };
      if (leptMs >= LEAP_MS && !wasUnset) doubt(leptMs);
      if (leptMs <= -LEAP_MS) doubtedAt = null;
    },
    startedAfter(lastAt) {
      if (lastAt > 0 && now() - lastAt >= LEAP_MS) doubt(now() - lastAt);
    },
    holds() {
      if (doubtedAt !== null && (monotonic() - doubtedAt >= DOUBTED_FOR_MS || agreed(doubtedAt))) doubtedAt = null;
      return doubtedAt === null && !isBeforeUs(now());
    },
  };
}
