// Three senders on one PostgreSQL while they are stopped past their lease, killed and cut off from the database, until everything is posted.
import type { ChildProcess } from 'node:child_process';
import { openDatabase } from '../../../src/store/database.ts';
import { startFakePlatform } from '../../fakes/platform.ts';
import type { ChildPlan } from './sender.child.ts';
import { ended, launch, openRows, quickRules, seed, tally, until } from '../stage.ts';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export type InstancesResult = {
  duplicates: number;
  missing: number;
  done: boolean;
  stops: number;
  kills: number;
  cuts: number;
};

/** `cut` ends all connections to the database. Leases last 1.5 s here, a stop 2.5 s; `keyWindowMs`: how long the platform knows keys. */
export async function instancesRun({
  url,
  cut,
  channels,
  keyWindowMs = 120_000,
}: {
  url: string;
  cut: () => Promise<void>;
  channels: number;
  keyWindowMs?: number;
}): Promise<InstancesResult> {
  const platform = await startFakePlatform({
    keyWindowMs,
    history: true,
    fault: (_channel, count) => ({
      delayMs: 40 + ((count * 7919) % 60),
      ...(count % 15 === 0 ? { lost: '502' as const } : {}),
    }),
  });
  await seed(url, channels);
  const rules = quickRules({
    platform: { inFlight: 4, claim: 8, keyWindowMs },
    engine: { senderLeaseMs: 1500, senderRenewMs: 300, rowLeaseMs: 5000, rowMarginMs: 500, leaveWithinMs: 800 },
  });
  const plan: ChildPlan = { database: url, origin: platform.origin, platform: 'discord', rules, variant: 'real' };
  const children = [launch(plan), launch(plan), launch(plan)];
  const counts = { stops: 0, kills: 0, cuts: 0 };
  await until(() => platform.requests.length > 5, 30_000);
  const ways = ['stop', 'cut', 'kill', 'stop', 'kill', 'cut'] as const;
  for (let round = 0; round < 12 && platform.posts.length < channels; round++) {
    const way = ways[round % ways.length];
    const index = round % 3;
    if (way === 'cut') {
      counts.cuts++;
      await cut();
    } else if (way === 'kill') {
      counts.kills++;
      children[index]?.kill('SIGKILL');
      children[index] = launch(plan);
    } else {
      counts.stops++;
      await stopFor(children, 2500);
    }
    await pause(200);
  }
  const database = await openDatabase(url);
  const done = await until(async () => platform.posts.length >= channels && (await openRows(database)) === 0, 120_000);
  await database.close();
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children.map(ended));
  const result = { ...tally(platform, channels), done, ...counts };
  await platform.close();
  return result;
}

/** Stops two of three, so that the one that sends is often among them; they go on as if nothing had happened. */
async function stopFor(children: readonly ChildProcess[], ms: number): Promise<void> {
  const stopped = children.slice(0, 2);
  for (const child of stopped) child.kill('SIGSTOP');
  await pause(ms);
  for (const child of stopped) child.kill('SIGCONT');
}
