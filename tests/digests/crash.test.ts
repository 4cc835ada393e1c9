// kill -9 at named points and at random, restart at once: one post per channel and day; and proof that the test notices the usual mistakes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts';
import { startFakePlatform } from '../fakes/platform.ts';
import { openDatabase } from '../../src/store/db.ts';
import type { Step } from '../../src/digests/attempt.ts';
import { killRun, type KillRun } from './kill-run.ts';
import { instancesRun } from './instances-run.ts';
import { ended, launch, quickRules, seed, sqliteFile, tally, until } from './stage.ts';

/** Null is a random moment. */
const POINTS: (Step | null)[] = [null, 'claimed', 'marked-attempt', null, 'posted', 'settled'];
/** More runs than a change needs: `DIGEST_KILL_RUNS=12 npx vitest run tests/digests/crash.test.ts`. */
const RUNS = Array.from({ length: Number(process.env['DIGEST_KILL_RUNS'] ?? 1) }, (_, index) => index + 1);
/** With one run only, the full size is for SQLite and Discord; the others show the same with less. */
const SMALLER = RUNS.length === 1 ? ({ channels: 120, kills: 3 } as const) : {};
const LIMIT_MS = 180_000;

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres.stop());

async function run(engine: 'sqlite' | 'postgres', change: Partial<KillRun>) {
  const sqlite = engine === 'sqlite' ? sqliteFile() : null;
  try {
    return await killRun({
      url: sqlite?.url ?? (await postgres.fresh()),
      platform: 'discord',
      rules: quickRules(),
      channels: 300,
      kills: 6,
      points: POINTS,
      ...change,
    });
  } finally {
    sqlite?.remove();
  }
}

describe('a sender that is killed again and again, at random and at named points', () => {
  it.each(RUNS.flatMap((count) => (['sqlite', 'postgres'] as const).map((engine) => ({ engine, count }))))(
    '$engine, Discord: no duplicate, none missing (run $count)',
    { timeout: LIMIT_MS },
    async ({ engine }) => {
      expect(await run(engine, engine === 'sqlite' ? {} : SMALLER)).toMatchObject({
        duplicates: 0,
        missing: 0,
        done: true,
      });
    },
  );
  it.each(RUNS)('Slack with history: no duplicate, none missing (run %i)', { timeout: LIMIT_MS }, async (count) => {
    expect(await run(count % 2 === 0 ? 'postgres' : 'sqlite', { platform: 'slack', ...SMALLER })).toMatchObject({
      duplicates: 0,
      missing: 0,
      done: true,
    });
  });
});

describe('other crashes', () => {
  it(
    'Slack without history: none missing, at most the posts under way at a kill or without an answer are doubled',
    { timeout: LIMIT_MS },
    async () => {
      const rules = quickRules({ platform: { inFlight: 4 } });
      const result = await run('sqlite', {
        platform: 'slack',
        rules,
        channels: 90,
        kills: 2,
        options: { history: false },
      });
      expect(result).toMatchObject({ missing: 0, done: true });
      expect(result.duplicates).toBeLessThanOrEqual(2 * 3 * 4 + result.lost); // two kills, three workspaces, four posts each
    },
  );

  it(
    'SIGTERM in the middle: ends by itself within 10 s with code 0, and the next process completes the run',
    { timeout: LIMIT_MS },
    async () => {
      const { url, remove } = sqliteFile();
      const platform = await startFakePlatform({ keyWindowMs: 120_000, history: true, fault: () => ({ delayMs: 30 }) });
      await seed(url, 200);
      const plan = {
        database: url,
        origin: platform.origin,
        platform: 'discord',
        rules: quickRules(),
        variant: 'real',
      } as const;
      const child = launch(plan);
      await until(() => platform.requests.length > 50);
      const asked = Date.now();
      child.kill('SIGTERM');
      expect(await ended(child)).toBe(0);
      expect(Date.now() - asked).toBeLessThan(10_000);
      const made = platform.posts.length;
      expect(made).toBeLessThan(200);
      const next = launch(plan);
      expect(await until(() => platform.posts.length >= 200)).toBe(true);
      next.kill('SIGTERM');
      await ended(next);
      expect(tally(platform, 200)).toEqual({ duplicates: 0, missing: 0 });
      expect(platform.requests.length).toBe(200); // nothing was even repeated
      await platform.close();
      remove();
    },
  );

  it('a second process on the same SQLite file stands by', { timeout: LIMIT_MS }, async () => {
    const { url, remove } = sqliteFile();
    const platform = await startFakePlatform({ keyWindowMs: 0, history: true, fault: () => ({ delayMs: 20 }) });
    await seed(url, 100);
    const plan = {
      database: url,
      origin: platform.origin,
      platform: 'discord',
      rules: quickRules(),
      variant: 'real',
    } as const;
    const children = [launch(plan), launch(plan)];
    const done = await until(() => platform.posts.length >= 100, 30_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const child of children) child.kill('SIGKILL');
    expect([done, platform.posts.length]).toEqual([true, 100]);
    await platform.close();
    remove();
  });
});

describe('three instances on one PostgreSQL', () => {
  it.each(RUNS)(
    'that are stopped past their lease, killed and cut off: no duplicate, none missing (run %i)',
    { timeout: LIMIT_MS },
    async () => {
      const url = await postgres.fresh();
      const result = await instancesRun({
        url,
        cut: () =>
          postgres.admin(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${url.split('/').at(-1) ?? ''}'`,
          ),
        channels: 300,
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

describe('the same test over known mistakes', () => {
  it.each([
    ['post-then-mark', 'duplicates'],
    ['mark-then-post', 'missing'],
    ['random-nonce', 'duplicates'],
  ] as const)('%s shows %s', { timeout: LIMIT_MS }, async (variant, harm) => {
    const result = await run('sqlite', { variant, channels: 120, kills: 2, points: [null] });
    expect(result[harm]).toBeGreaterThan(0);
  });
});
