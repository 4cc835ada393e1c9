// Two processes on one SQLite file, SIGSTOP of the one that sends: the other waits, because the lock of the file stays with the stopped one until it goes on or is killed.
import { expect, it } from 'vitest';
import { openDatabase } from '../../../src/store/database.ts';
import { ENGINE_RULES } from '../../../src/delivery/limits/send-rules.ts';
import { startFakePlatform } from '../../fakes/platform.ts';
import { ended, launch, openRows, quickRules, seed, sqliteFile, tally, until } from '../stage.ts';
import { LIMIT_MS, RUNS } from './kill-run.ts';
import type { ChildPlan } from './sender.child.ts';

const SECOND = 1000;
const CHANNELS = 60;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** With the leases of production in the long form (`npm run kills`), which a stop of 30 s outlasts. */
const SHORT_LEASES = {
  senderLeaseMs: 1500,
  senderRenewMs: 300,
  rowLeaseMs: 5000,
  rowMarginMs: 500,
  leaveWithinMs: 800,
};
const STOPS = [
  { stoppedMs: 2500, leases: SHORT_LEASES },
  ...(RUNS.length === 1 ? [] : [30, 300].map((seconds) => ({ stoppedMs: seconds * SECOND, leases: ENGINE_RULES }))),
];
const EVERY_WAY = STOPS.flatMap((stop) =>
  (['discord', 'slack'] as const).flatMap((platform) =>
    (['goes on', 'is killed'] as const).map((end) => ({ platform, ...stop, end })),
  ),
);
/** In the short form two of four, each platform and each end once. */
const CASES = RUNS.length > 1 ? EVERY_WAY : [EVERY_WAY[0], EVERY_WAY[3]].filter((way) => way !== undefined);

it.each(CASES)(
  '$platform: stopped for $stoppedMs ms, then it $end: no duplicate, none missing',
  { timeout: 300 * SECOND + LIMIT_MS },
  async ({ platform: name, stoppedMs, leases, end }) => {
    const { url, remove } = sqliteFile();
    const platform = await startFakePlatform({
      keyWindowMs: name === 'discord' ? 120 * SECOND : 0,
      history: true,
      fault: () => ({ delayMs: 60 }),
    });
    await seed(url, CHANNELS, { platform: name });
    const rules = quickRules({ platform: { inFlight: 4, claim: 8 }, engine: leases });
    const plan: ChildPlan = { database: url, origin: platform.origin, platform: name, rules, variant: 'real' };
    const first = launch(plan);
    expect(await until(() => platform.requests.length > 10, 60 * SECOND)).toBe(true);
    first.kill('SIGSTOP');
    const second = launch(plan);
    await pause(300); // what was on its way arrives
    const made = platform.requests.length;
    await pause(stoppedMs);
    const waited = platform.requests.length === made && second.exitCode === null;
    first.kill(end === 'goes on' ? 'SIGCONT' : 'SIGKILL');
    const posted = await until(() => platform.posts.length >= CHANNELS, 120 * SECOND);
    const database = await openDatabase(url);
    const done = posted && (await until(async () => (await openRows(database)) === 0, 120 * SECOND));
    await pause(SECOND); // whatever the one that was stopped still sends
    await database.close();
    for (const child of [first, second]) child.kill('SIGKILL');
    await Promise.all([first, second].map(ended));
    expect({ ...tally(platform, CHANNELS), done, waited }).toEqual({
      duplicates: 0,
      missing: 0,
      done: true,
      waited: true,
    });
    await platform.close();
    remove();
  },
);
