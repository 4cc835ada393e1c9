// SIGSTOP of the process that sends, in the middle of its posts: another one takes over, and after SIGCONT nothing is posted again.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../../src/store/database.ts';
import { ENGINE_RULES } from '../../../src/delivery/limits/send-rules.ts';
import { startFakePlatform } from '../../fakes/platform.ts';
import { startPostgres, type TestPostgres } from '../../fakes/postgres.ts';
import { ended, launch, openRows, quickRules, seed, tally, until } from '../stage.ts';
import { LIMIT_MS, RUNS } from './kill-run.ts';
import type { ChildPlan } from './sender.child.ts';
import { SECOND } from '../../../src/base/clock.ts';

const CHANNELS = 60;
/** The platform takes its time, and the process is stopped while posts are under way whose bytes have all left: between its last look at the clock and the bytes no program can know, and Slack has no key. */
const ANSWER_MS = 400;
const LEFT_MS = 120;
/** Less than Slack's minute, and more than this process can stand still on a busy machine while posts wait at its door. */
const LATE_COMMIT_MS = 2500;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const SHORT_LEASES = {
  senderLeaseMs: 1500,
  senderRenewMs: 300,
  rowLeaseMs: 5000,
  rowMarginMs: 500,
  leaveWithinMs: 800,
};
/** With short leases in every run; with those of production, which a stop of 30 s outlasts, in the long form. */
const STOPS = [
  { stoppedMs: 2500, leases: SHORT_LEASES },
  ...(RUNS.length === 1 ? [] : [30, 300].map((seconds) => ({ stoppedMs: seconds * SECOND, leases: ENGINE_RULES }))),
].flatMap((stop) => (['discord', 'slack'] as const).map((platform) => ({ platform, ...stop })));

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres.stop());

it.each(STOPS)(
  '$platform: stopped for $stoppedMs ms, no duplicate, none missing',
  { timeout: 300 * SECOND + LIMIT_MS },
  async ({ platform: name, stoppedMs, leases }) => {
    const url = await postgres.fresh();
    const platform = await startFakePlatform({
      keyWindowMs: name === 'discord' ? 120 * SECOND : 0,
      history: true,
      fault: () => ({ delayMs: ANSWER_MS }),
    });
    await seed(url, CHANNELS, { platform: name });
    const rules = quickRules({ platform: { inFlight: 4, claim: 8, lateCommitMs: LATE_COMMIT_MS }, engine: leases });
    const plan: ChildPlan = { database: url, origin: platform.origin, platform: name, rules, variant: 'real' };
    const first = launch(plan);
    const underWay = () => {
      const [last] = platform.requests.slice(-1);
      return last !== undefined && Date.now() - last.at > LEFT_MS && platform.posts.length < platform.requests.length;
    };
    expect(await until(() => platform.requests.length > 10 && underWay(), 60 * SECOND)).toBe(true);
    first.kill('SIGSTOP');
    const made = platform.requests.length;
    const second = launch(plan);
    await pause(stoppedMs);
    const takenOver = await until(() => platform.requests.length > made + 8, 60 * SECOND);
    first.kill('SIGCONT');
    const database = await openDatabase(url);
    const done = await until(
      async () => platform.posts.length >= CHANNELS && (await openRows(database)) === 0,
      120 * SECOND,
    );
    await pause(SECOND); // whatever the one that was stopped still sends
    await database.close();
    for (const child of [first, second]) child.kill('SIGKILL');
    await Promise.all([first, second].map(ended));
    expect({ ...tally(platform, CHANNELS), done, takenOver }).toEqual({
      duplicates: 0,
      missing: 0,
      done: true,
      takenOver: true,
    });
    await platform.close();
  },
);
