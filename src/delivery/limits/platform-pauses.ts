// Pauses of one platform's sending: many refused posts hold back channels that failed before, a bad token stops it; each is logged once.
import type { Log } from '../../base/log.ts';

const WINDOW_MS = 600_000;
/**
 * Discord bans an address after 10,000 invalid requests (401, 403, 429) in 10 minutes; at 2 % of that channels that failed before trickle, at 10 %
 * they wait, and only at 20 % everything does, because the address is at stake:
 * https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
const SOFT_LIMIT = 200;
const HARD_LIMIT = 1000;
const BAN_GUARD = 2000;
const HARD_PAUSE_MS = 600_000;
/** Channels that failed before trickle while the soft brake is on. */
const TRICKLE_PER_MINUTE = 15;
const BAD_CREDENTIAL_PAUSE_MS = 300_000;

export type PlatformPauses = {
  /** Milliseconds for which nothing is sent to this queue, 0 when it may go on. */
  pausedMs(tenant: string | undefined): number;
  /** False while the soft brake is on and this channel did not work last time. */
  mayTry(healthy: boolean): boolean;
  /** A post was refused in a way that platforms hold against the address: forbidden or too fast. */
  refused(): void;
  /** `tenant` null: the token of the whole platform. */
  badCredential(tenant: string | null, code: string): void;
};

export function createPlatformPauses(platform: string, monotonic: () => number, log: Log): PlatformPauses {
  let refusals: number[] = [];
  let trickle: number[] = [];
  const paused = new Map<string, number>(); // "" stands for the whole platform
  const pause = (key: string, ms: number, code: string, message: string) => {
    if ((paused.get(key) ?? 0) > monotonic()) return;
    paused.set(key, monotonic() + ms);
    log.error({ platform, code, pauseMs: ms }, message);
  };
  const recent = (times: number[], windowMs: number) => times.filter((at) => monotonic() - at < windowMs);
  return {
    pausedMs: (tenant) => Math.max(0, ...['', tenant ?? ''].map((key) => (paused.get(key) ?? 0) - monotonic())),
    mayTry(healthy) {
      refusals = recent(refusals, WINDOW_MS);
      if (healthy || refusals.length < SOFT_LIMIT) return true;
      if (refusals.length >= HARD_LIMIT) return false;
      trickle = recent(trickle, 60_000);
      if (trickle.length >= TRICKLE_PER_MINUTE) return false;
      trickle.push(monotonic());
      return true;
    },
    refused() {
      refusals = [...recent(refusals, WINDOW_MS), monotonic()];
      if (refusals.length >= BAN_GUARD)
        pause('', HARD_PAUSE_MS, 'refused', 'too many refused posts: the platform is paused');
    },
    badCredential(tenant, code) {
      pause(tenant ?? '', BAD_CREDENTIAL_PAUSE_MS, code, 'the platform refuses our token: sending is paused');
    },
  };
}
