// One run of the kill test: many channels due at once, the sender killed again and again and restarted at once, then the count of what people see.
import type { Step } from '../../../src/delivery/attempt/tools.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { type PlatformOptions, startFakePlatform } from '../../fakes/platform.ts';
import type { ChildPlan } from './sender.child.ts';
import { ended, launch, openRows, type Rules, seed, tally, until } from '../stage.ts';

/** Null is a random moment. */
export const POINTS: (Step | null)[] = [null, 'claimed', 'marked-attempt', null, 'posted', 'settled'];
/** More runs than a change needs: `npm run kills`. */
export const RUNS = Array.from({ length: Number(process.env['DIGEST_KILL_RUNS'] ?? 1) }, (_, index) => index + 1);
/** With one run only, the full size is for SQLite and Discord; the others show the same with less. */
export const SMALLER = RUNS.length === 1 ? ({ channels: 120, kills: 3 } as const) : {};
export const LIMIT_MS = 180_000;

export type KillRun = {
  url: string;
  platform: 'discord' | 'slack';
  rules: Rules;
  channels: number;
  kills: number;
  /** Where each life ends: a named point, or null for a random moment. */
  points: readonly (Step | null)[];
  variant?: ChildPlan['variant'];
  options?: Partial<PlatformOptions>;
};

export type KillResult = { duplicates: number; missing: number; done: boolean; lost: number };

/** Answers take 5 to 25 ms, and one in ten is lost after the post was made. */
export async function killRun(run: KillRun): Promise<KillResult> {
  let lost = 0;
  const fault: PlatformOptions['fault'] = (_channel, count) => {
    const kind = count % 10 === 0 ? (['502', 'reset', 'hang'] as const)[Math.floor(count / 10) % 3] : undefined;
    if (kind !== undefined) lost++;
    return { delayMs: 5 + ((count * 7919) % 20), ...(kind === undefined ? {} : { lost: kind }) };
  };
  const platform = await startFakePlatform({
    keyWindowMs: run.platform === 'discord' ? 120_000 : 0,
    history: true,
    fault,
    ...run.options,
  });
  const variant = run.variant ?? 'real';
  await seed(run.url, run.channels, { platform: run.platform });
  const plan: ChildPlan = {
    database: run.url,
    origin: platform.origin,
    platform: run.platform,
    rules: run.rules,
    variant,
  };
  for (let kill = 0; kill < run.kills; kill++) {
    const step = run.points[kill % run.points.length] ?? null;
    const child = launch(step === null ? plan : { ...plan, crashAt: { step, count: 8 + kill * 5 } });
    const mark = platform.requests.length + run.channels / (run.kills + 2);
    if (step === null) {
      await until(() => platform.requests.length >= mark || child.exitCode !== null, 10_000);
      child.kill('SIGKILL');
    }
    await ended(child);
  }
  const last = launch(plan);
  const database = await openDatabase(run.url);
  const done = await until(async () => (await tallyOpen()) === 0, 60_000);
  async function tallyOpen(): Promise<number> {
    const due = await database.sql
      .selectFrom('subscription')
      .select('id')
      .where('next_at', '<=', Date.now())
      .executeTakeFirst();
    const open =
      variant.endsWith('mark') || variant.endsWith('post')
        ? await database.sql
            .selectFrom('delivery')
            .select('id')
            .where('state', '=', 'pending')
            .execute()
            .then((rows) => rows.length)
        : await openRows(database);
    return due === undefined ? open : open + 1;
  }
  last.kill('SIGTERM');
  await Promise.race([ended(last), new Promise((resolve) => setTimeout(resolve, 500))]);
  last.kill('SIGKILL');
  await database.close();
  const result = { ...tally(platform, run.channels), done, lost };
  await platform.close();
  return result;
}
