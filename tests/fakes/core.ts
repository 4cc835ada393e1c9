// The core for tests, benchmarks and previews, wired in one place: over fake far ends on loopback, or over recorded samples.
import { setImmediate as turn } from 'node:timers/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLog } from '../../src/base/log.ts';
import type { Bot } from '../../src/bots/bot.ts';
import { readConfig } from '../../src/config/config.ts';
import { openDatabase } from '../../src/store/database.ts';
import { readContent } from '../../src/content/cached-content.ts';
import { createCore } from '../../src/wiring/core.ts';
import type { WorldCoin } from '../../src/sample/coin-world/coin-world.ts';
import { startFakeCoinGecko } from './market/coingecko.ts';
import { startFakeNode } from './subtensor/subtensor-node.ts';
import { createWorld } from './subtensor/subtensor-world.ts';

export type TestCore = Awaited<ReturnType<typeof openTestCore>>;

type Choices = { now: () => number; monotonic?: () => number; demo?: boolean; bots?: ReadonlyMap<string, Bot> };

/** A minute after the samples were recorded, so that nothing looks old. */
export const SAMPLE_TIME = Date.UTC(2026, 8, 18, 12, 1);

/**
 * `settings` override the environment; `now` is shared by everything, `monotonic` is the real one where time only leaps; `demo`: the sample market; `world`: the coins of the fake CoinGecko.
 * `lines` collects the log.
 */
export async function openTestCore(
  options: { settings?: Record<string, string>; world?: readonly WorldCoin[] } & Partial<Choices> = {},
) {
  const now = options.now ?? Date.now;
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-'));
  const gecko = await startFakeCoinGecko({ now, ...(options.world === undefined ? {} : { world: options.world }) });
  const subtensor = await startFakeNode(createWorld({ now }), { now });
  const environment: Record<string, string> = {
    COINGECKO_API_URL: gecko.url,
    SUBTENSOR_RPC_URL: subtensor.url,
    SUBTENSOR_ARCHIVE_URL: 'none',
    MARKET_FALLBACKS: 'none',
    DATABASE_URL: `sqlite:${path.join(folder, 'test.db')}`,
    LOG_LEVEL: 'debug',
    ...options.settings,
  };
  const opened = await open(environment, { ...options, now });
  return {
    ...opened,
    environment,
    gecko,
    subtensor,
    now,
    async close() {
      await opened.close();
      await Promise.all([gecko.close(), subtensor.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Samples at a fixed time and no far ends: what golden cards and previews show. */
export async function openSampleCore() {
  const environment = { DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'silent' };
  const core = await open(environment, { now: () => SAMPLE_TIME, demo: true });
  while (!core.services.content.index().whole) await turn(); // all coins are made in turns
  return core;
}

async function open(environment: Record<string, string>, { now, monotonic, demo = false, bots = new Map() }: Choices) {
  const config = readConfig(environment);
  const lines: string[] = [];
  const log = createLog({ level: config.LOG_LEVEL, secrets: [], write: (line) => void lines.push(line) });
  const database = await openDatabase(config.DATABASE_URL);
  const content = await readContent();
  const steady = monotonic === undefined ? {} : { monotonic };
  const core = createCore({ config, version: '0.0.0', content, database, log, now, demo, bots, ...steady });
  return {
    ...core,
    config,
    database,
    log,
    lines,
    async close() {
      await core.close();
      await database.close();
    },
  };
}
