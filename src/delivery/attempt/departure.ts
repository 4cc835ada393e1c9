// The last look of all, right before the bytes of a post leave: what waited too long since its mark must not leave any more.
import type { MayLeave, PostOutcome } from '../../bots/bot.ts';

/** A post that was not let go, as the bots say it too. */
export const NOT_LEFT = { kind: 'not-sent', code: 'not-left' } as const satisfies PostOutcome;

export type Departure = {
  /** For the bot: true only while the mark of the attempt is fresh. Once it was false it stays false. */
  mayLeave: MayLeave;
  hasLeft(): boolean;
  /** Nothing leaves from now on. */
  close(): void;
};

export type DepartureOptions = {
  /** How long after this call a post may leave (ms): the leases outlast it. */
  withinMs: number;
  /** The same for further requests, in another form after a refusal: whoever took over waits longer than this, or knows the key. */
  againWithinMs: number;
  /** It may not leave later than this (epoch ms): the platform may have forgotten the key by then. Null: any time. */
  keyUntil: number | null;
  now: () => number;
  monotonic: () => number;
};

/**
 * Made before the attempt is marked. A process can be stopped, a computer can sleep, and a bot can queue a post between the mark and the moment
 * when it leaves; meanwhile another process may have taken over. Both clocks are asked: one stands still while the computer sleeps, the other jumps.
 */
export function createDeparture({ withinMs, againWithinMs, keyUntil, now, monotonic }: DepartureOptions): Departure {
  const [wall, uptime] = [now(), monotonic()];
  let closed = false;
  let left = false;
  const fresh = () => {
    const ms = left ? againWithinMs : withinMs;
    return monotonic() - uptime < ms && Math.abs(now() - wall) < ms && (keyUntil === null || now() < keyUntil);
  };
  return {
    mayLeave() {
      if (!fresh()) closed = true;
      if (!closed) left = true;
      return !closed;
    },
    hasLeft: () => left,
    close: () => void (closed = true),
  };
}
