// The real core over fake far ends on loopback: what web, bots and end-to-end tests start from.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Bot } from '../../src/bots/bot.ts';
import { readConfig } from '../../src/config/config.ts';
import { createCore } from '../../src/wiring/core.ts';
import { createLog } from '../../src/base/log.ts';
import { openDatabase } from '../../src/store/database.ts';
import { startFakeCoinGecko } from './coingecko.ts';
import { startFakeSubtensor } from './subtensor.ts';

export type TestCore = Awaited<ReturnType<typeof openTestCore>>;

/** `settings` override the environment; `now` is shared by everything; `demo`: the sample market. `lines` collects the log. */
export async function openTestCore(
  options: {
    settings?: Record<string, string>;
    now?: () => number;
    bots?: ReadonlyMap<string, Bot>;
    demo?: boolean;
  } = {},
) {
  const now = options.now ?? Date.now;
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-'));
  const gecko = await startFakeCoinGecko({ now });
  const subtensor = await startFakeSubtensor();
  const environment = {
    COINGECKO_API_URL: gecko.url,
    SUBTENSOR_RPC_URL: subtensor.url,
    MARKET_FALLBACKS: 'none',
    DATABASE_URL: `sqlite:${path.join(folder, 'test.db')}`,
    ...options.settings,
  };
  const config = readConfig(environment);
  const lines: string[] = [];
  const log = createLog({ level: 'debug', secrets: [], write: (line) => void lines.push(line) });
  const database = await openDatabase(config.DATABASE_URL);
  const core = createCore({
    config,
    version: '0.0.0-test',
    database,
    log,
    now,
    demo: options.demo ?? false,
    bots: options.bots ?? new Map(),
  });
  return {
    ...core,
    config,
    database,
    environment,
    gecko,
    subtensor,
    log,
    lines,
    now,
    async close() {
      await core.close();
      await database.close();
      await Promise.all([gecko.close(), subtensor.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
