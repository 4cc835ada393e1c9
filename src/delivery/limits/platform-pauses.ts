// Pauses of one platform's sending: many refused posts slow down channels that failed before, very many or a bad token stop it; each is logged once.
import type { Log } from '../../base/log.ts';

const WINDOW_MS = 600_000;
/** Discord bans an address after 10,000 invalid requests in 10 minutes; we slow down at 2 % and stop at 10 % of that. */
const SOFT_LIMIT = 200;
const HARD_LIMIT = 1000;
const HARD_PAUSE_MS = 600_000;
/** Channels that failed before trickle while the soft brake is on. */
const TRICKLE_PER_MINUTE = 15;
/** So many refused bodies in a row mean that the template is broken, not the channels. */
const BAD_BODIES = 20;
const BAD_BODY_PAUSE_MS = 900_000;
const BAD_CREDENTIAL_PAUSE_MS = 300_000;

export type PlatformPauses = {
  /** Until when (epoch ms) nothing is sent to this lane, 0 when it may go on. */
  pausedUntil(tenant: string | undefined): number;
  /** False while the soft brake is on and this channel did not work last time. */
  mayTry(healthy: boolean): boolean;
  sent(): void;
  refused(): void;
  badBody(code: string): void;
  /** `tenant` null: the token of the whole platform. */
  badCredential(tenant: string | null, code: string): void;
};

export function createPlatformPauses(platform: string, now: () => number, log: Log): PlatformPauses {
  let refusals: number[] = [];
  let trickle: number[] = [];
  let badBodies = 0;
  const paused = new Map<string, number>(); // "" stands for the whole platform
  const pause = (key: string, ms: number, code: string, message: string) => {
    if ((paused.get(key) ?? 0) > now()) return;
    paused.set(key, now() + ms);
    log.error({ platform, code, pauseMs: ms }, message);
  };
  const recent = (times: number[], windowMs: number) => times.filter((at) => Math.abs(now() - at) < windowMs);
  return {
    pausedUntil(tenant) {
      const until = Math.max(paused.get('') ?? 0, tenant === undefined ? 0 : (paused.get(tenant) ?? 0));
      if (until <= now()) return 0;
      return Math.min(until, now() + HARD_PAUSE_MS + BAD_BODY_PAUSE_MS); // a clock that jumped back must not pause for days
    },
    mayTry(healthy) {
      refusals = recent(refusals, WINDOW_MS);
      if (healthy || refusals.length < SOFT_LIMIT) return true;
      trickle = recent(trickle, 60_000);
      if (trickle.length >= TRICKLE_PER_MINUTE) return false;
      trickle.push(now());
      return true;
    },
    sent() {
      badBodies = 0;
    },
    refused() {
      refusals = [...recent(refusals, WINDOW_MS), now()];
      if (refusals.length >= HARD_LIMIT)
        pause('', HARD_PAUSE_MS, 'refused', 'too many refused posts: the platform is paused');
    },
    badBody(code) {
      badBodies++;
      if (badBodies < BAD_BODIES) return;
      badBodies = 0;
      pause('', BAD_BODY_PAUSE_MS, code, 'posts are refused for their content: the run is stopped');
    },
    badCredential(tenant, code) {
      pause(tenant ?? '', BAD_CREDENTIAL_PAUSE_MS, code, 'the platform refuses our token: sending is paused');
    },
  };
}
