// kill -9 at named points and at random, restart at once: one post per channel and day; and proof that the test notices the usual mistakes.
import { describe, expect, it } from 'vitest';
import { startFakePlatform } from '../../fakes/platform.ts';
import { killRun, type KillRun, LIMIT_MS, POINTS, RUNS, SMALLER } from './kill-run.ts';
import { ended, launch, quickRules, seed, sqliteFile, tally, until } from '../stage.ts';

async function run(change: Partial<KillRun> = {}) {
  const { url, remove } = sqliteFile();
  try {
    return await killRun({
      url,
      platform: 'discord',
      rules: quickRules(),
      channels: 300,
      kills: 6,
      points: POINTS,
      ...change,
    });
  } finally {
    remove();
  }
}

describe('a sender on SQLite that is killed again and again, at random and at named points', () => {
  it.each(RUNS)('Discord: no duplicate, none missing (run %i)', { timeout: LIMIT_MS }, async () => {
    expect(await run()).toMatchObject({ duplicates: 0, missing: 0, done: true });
  });
  it.each(RUNS)('Slack with history: no duplicate, none missing (run %i)', { timeout: LIMIT_MS }, async () => {
    expect(await run({ platform: 'slack', ...SMALLER })).toMatchObject({ duplicates: 0, missing: 0, done: true });
  });
});

describe('other crashes', () => {
  it(
    'Slack without history: none missing, at most the posts under way at a kill or without an answer are doubled',
    { timeout: LIMIT_MS },
    async () => {
      const rules = quickRules({ platform: { inFlight: 4 } });
      const result = await run({
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
      child.kill('SIGTERM');
      expect(await ended(child)).toBe(0);
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
    for (const child of children) child.kill('SIGTERM'); // each finishes what it has begun
    await Promise.all(children.map(ended));
    expect([done, platform.posts.length]).toEqual([true, 100]);
    await platform.close();
    remove();
  });
});

describe('the same test over known mistakes', () => {
  it.each([
    ['post-then-mark', 'duplicates'],
    ['mark-then-post', 'missing'],
    ['random-nonce', 'duplicates'],
  ] as const)('%s shows %s', { timeout: LIMIT_MS }, async (variant, harm) => {
    const result = await run({ variant, channels: 120, kills: 2, points: [null] });
    expect(result[harm]).toBeGreaterThan(0);
  });
});
