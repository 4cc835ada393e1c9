// The real bot with the real core against a fake Slack and a fake CoinGecko; each part can be replaced or broken by a test.
import { setTimeout as wait } from 'node:timers/promises';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { createComplete } from '../../../src/app/input/autocomplete.ts';
import { vocabularyOf } from '../../../src/app/input/parse-text.ts';
import { createSlackBot, type SlackBotOptions } from '../../../src/bots/slack/bot.ts';
import type { Bot } from '../../../src/bots/bot.ts';
import { readConfig } from '../../../src/config/config.ts';
import { type Core, createCore } from '../../../src/wiring/core.ts';
import { createLog } from '../../../src/base/log.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { createInbox } from '../../../src/store/slack/seen-events.ts';
import { createInstallations } from '../../../src/store/slack/installations.ts';
import { type FakeCoinGecko, startFakeCoinGecko } from '../../fakes/coingecko.ts';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../../fakes/slack/slack.ts';
import { startWebMount } from './web-mount.ts';

export const sleep = (ms: number): Promise<void> => wait(ms, undefined, { ref: false });

/** Short pauses become very short; long ones, which guard against silence, stay. */
export const hasty = (ms: number): Promise<void> => sleep(ms > 5000 ? ms : Math.min(ms, 20));

export type SlackCore = Omit<Core, 'close'> & {
  database: Database;
  gecko: FakeCoinGecko;
  lines: string[];
  log: ReturnType<typeof createLog>;
  close(): Promise<void>;
};

/** Content, market, charts, store and dispatch, as in production; one for all tests of a file. */
export async function openCore(): Promise<SlackCore> {
  const gecko = await startFakeCoinGecko();
  const lines: string[] = [];
  const log = createLog({ level: 'info', secrets: [], write: (line) => void lines.push(line) });
  const database = await openDatabase('sqlite::memory:');
  const config = readConfig({
    COINGECKO_API_URL: gecko.url,
    COINGECKO_PLAN: 'pro',
    COINGECKO_API_KEY: 'CG-test-key',
    MARKET_FALLBACKS: 'none',
    SUBTENSOR_RPC_URL: `${gecko.origin}/rpc`,
    DATABASE_URL: 'sqlite::memory:',
  });
  const core = createCore({
    config,
    version: '0.0.0-test',
    database,
    log,
    now: Date.now,
    demo: false,
    bots: new Map(),
  });
  return {
    ...core,
    database,
    gecko,
    lines,
    log,
    async close() {
      await core.close();
      await database.close();
      await gecko.close();
    },
  };
}

/** Throws when something that was sent breaks one of Slack's limits, or a promise was forgotten. */
export function assertClean(scene: Scene, rejections: readonly unknown[] = []): void {
  const found = [...scene.slack.space.problems, ...rejections.map(String)];
  if (found.length > 0) throw new Error(found.join('\n'));
}

export type Scene = {
  slack: FakeSlack;
  bot: Bot;
  counts: Map<string, number>;
  fatal: string[];
  restart(more?: Partial<SlackBotOptions>): Promise<Bot>;
  close(): Promise<void>;
};

/** A fake Slack with a started bot; `mode` decides how events travel. */
export async function openScene(
  core: SlackCore,
  {
    mode = 'socket',
    fake = {},
    bot: more = {},
  }: { mode?: 'socket' | 'http'; fake?: FakeSlackOptions; bot?: Partial<SlackBotOptions> } = {},
): Promise<Scene> {
  const slack = await startFakeSlack(fake);
  const counts = new Map<string, number>();
  const fatal: string[] = [];
  const closing: (() => Promise<void>)[] = [];
  const open = async (extra: Partial<SlackBotOptions> = {}): Promise<Bot> => {
    const bot = createSlackBot({
      botToken: slack.token,
      ...(mode === 'socket' ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret }),
      apiUrl: slack.url,
      commands: COMMANDS,
      dispatch: core.dispatch,
      vocabulary: vocabularyOf(core.services),
      complete: createComplete(core.services),
      inbox: createInbox(core.database, Date.now),
      installations: createInstallations(core.database, Date.now),
      defaults: { locale: 'en', timeZone: 'UTC', publicUrl: null },
      log: core.log,
      now: Date.now,
      sleep,
      onFatal: (reason) => void fatal.push(reason),
      count: (name) => void counts.set(name, (counts.get(name) ?? 0) + 1),
      ...more,
      ...extra,
    });
    await bot.start();
    if (bot.listener !== undefined) {
      const mount = await startWebMount(bot.listener);
      slack.http = `${mount.origin}/slack/events`;
      closing.push(() => mount.close());
    }
    closing.push(() => bot.stop());
    return bot;
  };
  const bot = await open();
  return {
    slack,
    bot,
    counts,
    fatal,
    restart: open,
    async close() {
      await Promise.all(closing.map((end) => end()));
      await slack.close();
    },
  };
}
