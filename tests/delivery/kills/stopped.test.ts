// SIGSTOP of the process that sends, in the middle of its posts: another one takes over, and after SIGCONT nothing is posted again.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SECOND } from '../../../src/base/clock.ts';
import { startPostgres, type TestPostgres } from '../../fakes/postgres.ts';
import { until } from '../stage.ts';
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
    const sender = await stopSender(await postgres.fresh(), name, stop);
    const { platform, first } = sender;
    const made = platform.requests.length;
    await pause(stop.stoppedMs);
    const takenOver = await until(() => platform.requests.length > made + 8, 60 * SECOND);
    first.kill('SIGCONT');
    expect({ ...(await endOf(sender)), takenOver }).toEqual({ duplicates: 0, missing: 0, done: true, takenOver: true });
  },
);
