// Two processes on one SQLite file, SIGSTOP of the one that sends: the other waits, because the lock of the file stays with the stopped one until it goes on or is killed.
import { expect, it } from 'vitest';
import { sqliteFile } from '../stage.ts';
import { overdueSeen } from './overdue-seen.ts';
import { endOf, pause, PLATFORMS, STOP_LIMIT_MS, STOPS, stopSender } from './stopped-sender.ts';

const EVERY_WAY = STOPS.flatMap((stop) =>
  PLATFORMS.flatMap((platform) => (['goes on', 'is killed'] as const).map((end) => ({ platform, ...stop, end }))),
);
/** In the short form two of four, each platform and each end once. */
const CASES = STOPS.length > 1 ? EVERY_WAY : [EVERY_WAY[0], EVERY_WAY[3]].filter((way) => way !== undefined);

it.each(CASES)(
  '$platform: stopped for $stoppedMs ms, then it $end: no duplicate, none missing, and others tell what is overdue',
  { timeout: STOP_LIMIT_MS },
  async ({ platform: name, end, ...stop }) => {
    const { url, remove } = sqliteFile();
    const sender = await stopSender(url, name, stop);
    const { platform, first, second } = sender;
    const made = platform.requests.length;
    await pause(stop.stoppedMs);
    const waited = platform.requests.length === made && second.exitCode === null;
    const { told, open, alarmed } = await overdueSeen(url);
    expect([told, alarmed]).toEqual([open, true]);
    expect(open).toBeGreaterThan(0);
    first.kill(end === 'goes on' ? 'SIGCONT' : 'SIGKILL');
    expect({ ...(await endOf(sender)), waited }).toEqual({ duplicates: 0, missing: 0, done: true, waited: true });
    expect(await overdueSeen(url)).toEqual({ told: 0, open: 0, alarmed: false });
    remove();
  },
);
