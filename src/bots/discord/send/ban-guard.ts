// Keeps this process far from Discord's ban for invalid requests: counts them, waits longer after each 429, and holds back in time.
import type { Log } from '../../../base/log.ts';
import { MINUTE } from '../../../base/clock.ts';
import { waitOf } from '../outcomes.ts';

export type BanGuard = {
  /** Notes an answer of the platform; returns how long nothing should go out (ms), 0 when others may go on. */
  saw(route: string, response: { status: number; headers: { get(name: string): string | null } }): number;
  /** Ms until requests may go out again, 0 when they may. */
  heldMs(): number;
};

export type BanGuardOptions = {
  monotonic: () => number;
  log: Log;
  count: (event: string) => void;
};

/** Discord bans at 10,000 of 401, 403 and 429 in ten minutes (https://docs.discord.com/developers/topics/rate-limits); each of two lanes stops here. */
const MOST = 200;
const WINDOW_MS = 10 * MINUTE;
/** After a 429 for everybody, doubled each time until something succeeds. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_GROWN_MS = 5 * MINUTE;

export function createBanGuard({ monotonic, log, count }: BanGuardOptions): BanGuard {
  let repeated: number[] = []; // when refusals came that waiting would have avoided
  let streak = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;

  function pauseAfter(asked: string | null): number {
    const now = monotonic();
    if (now >= pausedUntil) streak++; // those that were under way together count once
    const grown = Math.min(FIRST_PAUSE_MS * 2 ** (streak - 1), LONGEST_GROWN_MS);
    const pause = Math.max(waitOf(asked === null || asked.trim() === '' ? Number.NaN : Number(asked) * 1000), grown);
    pausedUntil = Math.max(pausedUntil, now + pause);
    return pause;
  }

  return {
    saw(route, { status, headers }) {
      if (status < 400) streak = 0;
      if (status !== 401 && status !== 403 && status !== 429) return 0;
      const scope = headers.get('x-ratelimit-scope');
      if (scope === 'shared') return 0; // not counted by Discord either
      count(`discord_invalid_${status}`);
      if (status !== 403) repeated = [...repeated.slice(-MOST), monotonic()];
      if (status !== 429) return 0;
      const retryAfter = headers.get('retry-after');
      const pauseMs = scope === 'user' ? 0 : pauseAfter(retryAfter); // one channel's own limit stops no other channel
      log.warn(
        { endpoint: route, reason: scope ?? 'no scope', detail: `Retry-After: ${retryAfter}`, pauseMs },
        'rate limited by Discord',
      );
      return pauseMs;
    },
    heldMs() {
      const now = monotonic();
      repeated = repeated.filter((at) => at > now - WINDOW_MS);
      const full = repeated.length < MOST ? 0 : (repeated[repeated.length - MOST] ?? now) + WINDOW_MS - now;
      return Math.max(full, pausedUntil - now, 0);
    },
  };
}
