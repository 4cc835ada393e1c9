// SIGSTOP of the process that sends, in the middle of its posts: another one takes over, and after SIGCONT nothing is posted again.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SECOND } from '../../../src/base/clock.ts';
import { startPostgres, type TestPostgres } from '../../fakes/postgres.ts';
import { until } from '../stage.ts';
import { overdueSeen } from './overdue-seen.ts';
import { endOf, pause, PLATFORMS, STOP_LIMIT_MS, STOPS, stopSender } from './stopped-sender.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres.stop());

it.each(STOPS.flatMap((stop) => PLATFORMS.map((platform) => ({ platform, ...stop }))))(
  '$platform: stopped for $stoppedMs ms, no duplicate, none missing',
  { timeout: STOP_LIMIT_MS },
  async ({ platform: name, ...stop }) => {
    const url = await postgres.fresh();
    const sender = await stopSender(url, name, stop);
    expect(await overdueSeen(url)).toMatchObject({ alarmed: true }); // by whoever is alive, before anybody takes over
    const { platform, first } = sender;
    const made = platform.requests.length;
    await pause(stop.stoppedMs);
    const takenOver = await until(() => platform.requests.length > made + 8, 60 * SECOND);
    first.kill('SIGCONT');
    expect({ ...(await endOf(sender)), takenOver }).toEqual({ duplicates: 0, missing: 0, done: true, takenOver: true });
    expect(await overdueSeen(url)).toEqual({ told: 0, open: 0, alarmed: false });
  },
);
