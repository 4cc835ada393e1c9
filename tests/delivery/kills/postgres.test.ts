// The same promises on a real PostgreSQL 18: killed senders, and three instances that are stopped, killed and cut off.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/store/database.ts';
import { startPostgres, type TestPostgres } from '../../fakes/postgres.ts';
import { instancesRun } from './instances-run.ts';
import { killRun, LIMIT_MS, POINTS, RUNS, SMALLER } from './kill-run.ts';
import { quickRules } from '../stage.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres.stop());

describe('a sender on PostgreSQL that is killed again and again, at random and at named points', () => {
  it.each(RUNS.flatMap((count) => (['discord', 'slack'] as const).map((platform) => ({ platform, count }))))(
    '$platform: no duplicate, none missing (run $count)',
    { timeout: LIMIT_MS },
    async ({ platform }) => {
      const run = {
        url: await postgres.fresh(),
        platform,
        rules: quickRules(),
        channels: 300,
        kills: 6,
        points: POINTS,
        ...SMALLER,
      };
      expect(await killRun(run)).toMatchObject({ duplicates: 0, missing: 0, done: true });
    },
  );
});

describe('three instances on one PostgreSQL', () => {
  it.each(RUNS.flatMap((count) => [120_000, 1000].map((keyWindowMs) => ({ keyWindowMs, count }))))(
    'stopped past their lease, killed and cut off, keys known for $keyWindowMs ms: no duplicate, none missing (run $count)',
    { timeout: LIMIT_MS },
    async ({ keyWindowMs }) => {
      const url = await postgres.fresh();
      const result = await instancesRun({
        url,
        cut: () =>
          postgres.admin(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${url.split('/').at(-1) ?? ''}'`,
          ),
        channels: 300,
        keyWindowMs,
      });
      expect(result).toMatchObject({ duplicates: 0, missing: 0, done: true });
      expect(result.stops).toBeGreaterThan(0);
      expect(result.kills).toBeGreaterThan(0);
      expect(result.cuts).toBeGreaterThan(0);
      const database = await openDatabase(url);
      const lease = await database.sql.selectFrom('lease').selectAll().executeTakeFirst();
      await database.close();
      expect(lease?.fence).toBeGreaterThan(1); // sending really changed hands
    },
  );
});
