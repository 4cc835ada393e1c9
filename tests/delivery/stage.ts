// The stage of the digest tests: databases of both engines, subscriptions that are due, child processes, and what must hold in the end.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SendRules } from '../../src/bots/bot.ts';
import { DISCORD_SEND_RULES } from '../../src/bots/discord/send-rules.ts';
import { SLACK_SEND_RULES } from '../../src/bots/slack/send-rules.ts';
import { ENGINE_RULES, type EngineRules } from '../../src/delivery/limits/send-rules.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import type { SubscriptionRow } from '../../src/store/digests/subscriptions.ts';
import type { FakePlatform } from '../fakes/platform.ts';
import { DAY, MINUTE } from '../../src/base/clock.ts';

export type Rules = { engine: EngineRules; platforms: Record<'discord' | 'slack', SendRules> };

/** The real rules with short waits, so that a test need not last minutes. */
export function quickRules(change: { platform?: Partial<SendRules>; engine?: Partial<EngineRules> } = {}): Rules {
  const quick = {
    inFlight: 12,
    claim: 20,
    repeatAfterMs: Array.from({ length: 170 }, (_, index) => 150 + 700 * index),
    perSecond: null,
    channelGapMs: 0,
    ...change.platform,
  };
  return {
    engine: {
      ...ENGINE_RULES,
      backOffMs: [50, 100, 200],
      senderLeaseMs: 3000,
      senderRenewMs: 300,
      leaveWithinMs: 2000,
      ...change.engine,
    },
    platforms: {
      discord: { ...DISCORD_SEND_RULES, ...quick },
      slack: { ...SLACK_SEND_RULES, lateCommitMs: 300, ...quick, keyWindowMs: 0 },
    },
  };
}

export function sqliteFile(): { url: string; file: string; remove: () => void } {
  const directory = mkdtempSync(path.join(tmpdir(), 'taobot-digests-'));
  const file = path.join(directory, 'test.db');
  return { url: `sqlite:${file}`, file, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** A subscription that became due at the full minute before `now`; `change` for everything else. */
export function subscription(index: number, now: number, change: Partial<SubscriptionRow> = {}): SubscriptionRow {
  const due = Math.floor(now / MINUTE) * MINUTE;
  const time = new Date(due).toISOString().slice(11, 16);
  const spec = JSON.stringify({ coins: ['bittensor'], currency: 'usd', locale: 'en', replace: false });
  const place = { platform: 'discord', tenant: `t${index % 3}`, channel: `c${index}`, owner: 'u1' };
  const never = {
    last_date: null,
    last_due_at: null,
    last_sent_at: null,
    last_message_id: null,
    suspended_until: null,
    stopped_at: null,
    last_error: null,
  };
  return {
    id: `s${String(index).padStart(5, '0')}`,
    kind: 'digest',
    ...place,
    spec,
    local_time: time,
    zone: 'UTC',
    days: 'daily',
    zone_data: 'test',
    status: 'active',
    next_at: due,
    after_at: due - 1,
    ...never,
    fail_streak: 0,
    told: 1,
    created_at: due - DAY,
    ...change,
  };
}

/** Opens a database with `count` due subscriptions and closes it again. */
export async function seed(url: string, count: number, change: Partial<SubscriptionRow> = {}): Promise<void> {
  const database = await openDatabase(url);
  const rows = Array.from({ length: count }, (_, index) => subscription(index, Date.now(), change));
  for (let from = 0; from < rows.length; from += 500)
    await database.sql
      .insertInto('subscription')
      .values(rows.slice(from, from + 500))
      .execute();
  await database.close();
}

export function launch(plan: object, file = 'kills/sender.child.ts'): ChildProcess {
  return spawn(process.execPath, [path.join(import.meta.dirname, file), JSON.stringify(plan)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), 'taobot-compiled') },
  });
}

export const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) =>
    child.exitCode !== null || child.signalCode !== null ? resolve(child.exitCode) : child.once('exit', resolve),
  );

export async function until(condition: () => boolean | Promise<boolean>, limitMs = 15_000): Promise<boolean> {
  for (const end = Date.now() + limitMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 10)))
    if (await condition()) return true;
  return false;
}

/** Counts per channel: how many have more than one post, how many have none. */
export function tally(platform: FakePlatform, count: number): { duplicates: number; missing: number } {
  const seen = new Map<string, number>();
  for (const post of platform.posts) seen.set(post.channel, (seen.get(post.channel) ?? 0) + 1);
  const counts = Array.from({ length: count }, (_, index) => seen.get(`c${index}`) ?? 0);
  return {
    duplicates: counts.reduce((sum, posts) => sum + Math.max(0, posts - 1), 0),
    missing: counts.filter((posts) => posts === 0).length,
  };
}

export async function openRows(database: Database): Promise<number> {
  const row = await database.sql
    .selectFrom('delivery')
    .where('not_before', 'is not', null)
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
