// Thousands of servers and workspaces whose digests are due in the same minute, while people use commands there: the event loop, acknowledgements, every post once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTokenCipher } from '../../src/bots/slack/auth/token-cipher.ts';
import { MINUTE } from '../../src/base/clock.ts';
import { zoneDataVersion } from '../../src/digests/schedule/tzdata-check.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { subscription } from '../../tests/delivery/stage.ts';
import { startPostgres } from '../../tests/fakes/postgres.ts';
import { type FarEnds, openFarEnds } from '../parts/process/far-ends.ts';
import { type Program, startProgram } from '../parts/process/program.ts';
import { type CrowdReport, slackToken, TENANTS } from '../parts/process/tenants.ts';
import { quantile } from '../parts/quantile.ts';
import { isQuick } from '../parts/quick.ts';
import { engineAlone } from '../parts/tenant-engine.ts';

/** Of each platform: half of the tenants are servers, half workspaces. */
const EACH = 2500;
const EACH_QUICK = 250;
/** Commands a second in each platform. */
const PER_SECOND = 20;
const CALM_SECONDS = 10;
const LONGEST_SECONDS = 240;
/** Discord's documented global limit. */
const DISCORD_PER_SECOND = 50;
const MIB = 1024 * 1024;
/** What digests show differs by community: as many contents are rendered for each platform. */
const CONTENTS = [
  'bittensor',
  'near',
  'bitcoin',
  'ethereum',
  'render-token',
  'fetch-ai',
  'akash-network',
  'the-graph',
].flatMap((coin) => ['usd', 'eur'].map((currency) => ({ coins: ['bittensor', coin], currency })));

/** Milliseconds, seconds and MiB. `engine…`: the engine alone; the rest is the whole program, with SQLite and (`postgres…`) PostgreSQL. */
export async function run(): Promise<Record<string, number>> {
  const alone = await engineAlone(isQuick() ? EACH_QUICK : EACH);
  if (isQuick()) return alone;
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-tenants-'));
  try {
    const figures = await measured(`sqlite:${path.join(folder, 'tenants.db')}`);
    return { ...alone, ...figures, ...(await withPostgres()) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withPostgres(): Promise<Record<string, number>> {
  const postgres = await startPostgres();
  try {
    const figures = Object.entries(await measured(await postgres.fresh()));
    return Object.fromEntries(
      figures.map(([name, value]) => [`postgres${name.charAt(0).toUpperCase()}${name.slice(1)}`, value]),
    );
  } finally {
    await postgres.stop();
  }
}

async function measured(url: string): Promise<Record<string, number>> {
  const [ends, database] = await Promise.all([openFarEnds({ tenants: EACH }), openDatabase(url)]);
  await fill(database, ends.settings['SLACK_STATE_SECRET'] ?? '');
  const program = await startProgram({ ...ends.settings, DATABASE_URL: url });
  try {
    await ends.order('connected', null);
    return await wave(ends, program, database);
  } finally {
    await program.stop();
    await database.close();
    ends.close();
  }
}

async function wave(ends: FarEnds, program: Program, database: Database): Promise<Record<string, number>> {
  const asked = { tenants: EACH, perSecond: PER_SECOND, events: `${program.base}/slack/events` };
  const calm = await ends.order('crowd', { ...asked, seconds: CALM_SECONDS, posts: false });
  const before = program.resident().now;
  const people = ends.order('crowd', { ...asked, seconds: LONGEST_SECONDS, posts: true });
  program.watch();
  const dueAt = Date.now();
  await makeDue(database);
  const report = await people;
  const turns = await program.turns();
  return {
    tenants: 2 * EACH,
    longestTurnMs: turns.ms,
    longestTurnCpuMs: turns.cpuMs,
    ...acknowledgements(report, calm),
    ...postFigures(report, dueAt),
    rssBeforeMiB: before / MIB,
    rssMostMiB: program.resident().most / MIB,
    rssAfterMiB: program.resident().now / MIB,
  };
}

function acknowledgements({ discord, slack }: CrowdReport, calm: CrowdReport): Record<string, number> {
  const p99 = (ms: readonly number[]) => quantile(ms, 0.99);
  return {
    discordAckP99Ms: p99(discord.ackMs),
    slackAckP99Ms: p99(slack.ackMs),
    discordCalmAckP99Ms: p99(calm.discord.ackMs),
    slackCalmAckP99Ms: p99(calm.slack.ackMs),
    commandsAsked: discord.ackMs.length + slack.ackMs.length,
    commandsUnanswered: discord.unanswered + slack.unanswered,
  };
}

/** `discordRatio`: over what Discord's limit allows. Slack's limits are each workspace's own, so that none holds for all of them together. */
function postFigures({ discord, slack }: CrowdReport, dueAt: number): Record<string, number> {
  const seconds = (discord.lastAt - discord.firstAt) / 1000;
  return {
    postsTwice: discord.twice + slack.twice,
    postsMissing: discord.missing + slack.missing,
    discordSeconds: (discord.lastAt - dueAt) / 1000,
    discordRatio: seconds / (EACH / DISCORD_PER_SECOND),
    slackSeconds: (slack.lastAt - dueAt) / 1000,
    discord429: discord.limited,
    slack429: slack.limited,
  };
}

/** Subscriptions that are not due yet, and the installations of all workspaces. */
async function fill(database: Database, secret: string): Promise<void> {
  const now = Date.now();
  const later = { next_at: now + 60 * MINUTE, after_at: now, zone_data: zoneDataVersion() };
  const all = (['discord', 'slack'] as const).flatMap((platform, half) =>
    Array.from({ length: EACH }, (_, index) => {
      const spec = JSON.stringify({ ...CONTENTS[index % CONTENTS.length], locale: 'en', replace: false });
      return subscription(half * EACH + index, now, { platform, ...TENANTS[platform](index), spec, ...later });
    }),
  );
  for (let from = 0; from < all.length; from += 500)
    await database.sql
      .insertInto('subscription')
      .values(all.slice(from, from + 500))
      .execute();
  const cipher = createTokenCipher(secret);
  const installed = Array.from({ length: EACH }, (_, index) => {
    const bot = { token: slackToken(index), userId: 'U0BOT', id: 'B0BOT', scopes: [] };
    return { key: TENANTS.slack(index).tenant, sealed: cipher.seal(JSON.stringify({ bot })), at: now };
  });
  for (let from = 0; from < installed.length; from += 500)
    await database.sql
      .insertInto('installation')
      .values(installed.slice(from, from + 500))
      .execute();
}

/** All of them become due at the full minute that has just passed. */
async function makeDue(database: Database): Promise<void> {
  const due = Math.floor(Date.now() / MINUTE) * MINUTE;
  const time = new Date(due).toISOString().slice(11, 16);
  await database.sql
    .updateTable('subscription')
    .set({ local_time: time, next_at: due, after_at: due - 1 })
    .execute();
}
