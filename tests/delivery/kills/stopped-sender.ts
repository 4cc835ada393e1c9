// A sender that is stopped (SIGSTOP) while its posts are under way, another one beside it, and what became of all posts in the end.
import type { ChildProcess } from 'node:child_process';
import { SECOND } from '../../../src/base/clock.ts';
import { ENGINE_RULES, type EngineRules } from '../../../src/delivery/limits/send-rules.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { type FakePlatform, startFakePlatform } from '../../fakes/platform.ts';
import { ended, launch, openRows, quickRules, seed, tally, until } from '../stage.ts';
import { LIMIT_MS, RUNS } from './kill-run.ts';
import type { ChildPlan } from './sender.child.ts';

export const PLATFORMS = ['discord', 'slack'] as const;
export type Stop = { stoppedMs: number; leases: Partial<EngineRules> };

const CHANNELS = 60;
const LONGEST_S = 300;
const SHORT_LEASES = {
  senderLeaseMs: 1500,
  senderRenewMs: 300,
  rowLeaseMs: 5000,
  rowMarginMs: 500,
  leaveWithinMs: 800,
};
/** With short leases in every run; with those of production, which a stop of 30 s outlasts, in the long form (`npm run kills`). */
export const STOPS: readonly Stop[] = [
  { stoppedMs: 2500, leases: SHORT_LEASES },
  ...(RUNS.length === 1 ? [] : [30, LONGEST_S].map((s) => ({ stoppedMs: s * SECOND, leases: ENGINE_RULES }))),
];
export const STOP_LIMIT_MS = LONGEST_S * SECOND + LIMIT_MS;
/** Less than Slack's minute, and more than this process can stand still on a busy machine while posts wait at its door. */
const LATE_COMMIT_MS = 2500;
/** Answered at once before the platform keeps the others waiting. */
const ANSWERED = 10;
/** Looks in a row that find no further request: all the sender has under way has arrived. */
const QUIET_LOOKS = 20;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export type StoppedSender = { platform: FakePlatform; first: ChildProcess; second: ChildProcess; url: string };

/**
 * Stops the first sender while posts are under way whose bytes have all arrived: between its last look at the clock and the bytes no program can
 * know of the stop, and Slack has no key that would help. Then the platform makes these posts, and a second sender starts.
 */
export async function stopSender(url: string, name: 'discord' | 'slack', { leases }: Stop): Promise<StoppedSender> {
  const release = Promise.withResolvers<void>();
  const platform = await startFakePlatform({
    keyWindowMs: name === 'discord' ? 120 * SECOND : 0,
    history: true,
    fault: (_, count) => (count > ANSWERED ? { until: release.promise } : { delayMs: 60 }),
  });
  await seed(url, CHANNELS, { platform: name });
  const rules = quickRules({ platform: { inFlight: 4, claim: 8, lateCommitMs: LATE_COMMIT_MS }, engine: leases });
  const plan: ChildPlan = { database: url, origin: platform.origin, platform: name, rules, variant: 'real' };
  const first = launch(plan);
  let [seen, looks] = [0, 0];
  const quiet = await until(() => {
    looks = platform.requests.length === seen ? looks + 1 : 0;
    seen = platform.requests.length;
    return seen > ANSWERED && looks > QUIET_LOOKS;
  }, 60 * SECOND);
  if (!quiet) throw new Error('no post was under way');
  first.kill('SIGSTOP');
  release.resolve();
  return { platform, first, second: launch(plan), url };
}

/** Waits until every post is made and settled, ends both, and counts. */
export async function endOf({ platform, first, second, url }: StoppedSender) {
  const posted = await until(() => platform.posts.length >= CHANNELS, 120 * SECOND);
  const database = await openDatabase(url);
  const done = posted && (await until(async () => (await openRows(database)) === 0, 120 * SECOND));
  await pause(SECOND); // whatever the one that was stopped still sends
  await database.close();
  for (const child of [first, second]) child.kill('SIGKILL');
  await Promise.all([first, second].map(ended));
  const counts = tally(platform, CHANNELS);
  await platform.close();
  return { ...counts, done };
}
