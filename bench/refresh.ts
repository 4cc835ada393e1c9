// How long the event loop is held while 200 coins in 10 currencies are refreshed, the list of 18,000 coins is renewed, and a new start reads both
// back; and the memory then.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '../src/base/log.ts';
import { readConfig } from '../src/config/config.ts';
import { openDatabase } from '../src/store/database.ts';
import { readContent } from '../src/content/cached-content.ts';
import { type Core, createCore } from '../src/wiring/core.ts';
import { DAY } from '../src/base/clock.ts';
import { isQuick } from './parts/quick.ts';

const CURRENCIES = ['usd', 'eur', 'gbp', 'jpy', 'cny', 'aud', 'cad', 'chf', 'inr', 'brl'];
const COINS = 200;
/** The background refresh looks every 15 s whether something is due. */
const RENEWAL_MS = 40_000;

/** Milliseconds during which nobody else had a turn, at most and at the 99.9th percentile, and resident MiB at the end. */
export async function run(): Promise<Record<string, number>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-bench-'));
  const far = fork(path.join(import.meta.dirname, '../tests/fakes/market/coin-world.child.ts'), {
    stdio: 'inherit',
    execArgv: [],
  });
  const url = await new Promise<string>((resolve) =>
    far.once('message', (address) => resolve(typeof address === 'string' ? address : '')),
  );
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const pass = (ms: number) => {
    ahead += ms;
    far.send(ahead);
  };
  const config = readConfig({
    COINGECKO_API_URL: url,
    COINGECKO_API_KEY: 'CG-bench-key',
    COINGECKO_PLAN: 'pro',
    SUBTENSOR_RPC_URL: 'http://127.0.0.1:9',
    MARKET_FALLBACKS: 'none',
    DATABASE_URL: `sqlite:${path.join(folder, 'bench.db')}`,
  });
  const database = await openDatabase(config.DATABASE_URL);
  const log = createLog({ level: 'silent', secrets: [], write: () => undefined });
  const checked = await readContent();
  const open = () =>
    createCore({
      config,
      version: '0.0.0',
      content: checked,
      database,
      log,
      now,
      demo: false,
      bots: new Map(),
      waitMs: 8_000,
    });
  const core = open();
  const { market, content } = core.services;
  while (!content.index().whole) await sleep(50);
  const ids = market
    .directory()
    .slice(250, 250 + COINS)
    .map(({ id }) => id);
  const refresh = () => Promise.all(CURRENCIES.map((currency) => market.quotes(ids, currency)));
  await refresh(); // what is compiled at first use is compiled
  const before = await delays(async () => {
    pass(10 * 60_000);
    await refresh();
    await sleep(500); // what is saved behind the answers
  });
  const renewed = isQuick()
    ? null
    : await delays(async () => {
        const arrived = new Promise<void>((resolve) => market.onDirectory(resolve));
        pass(DAY + 60_000);
        await Promise.all([refresh(), Promise.race([arrived, sleep(RENEWAL_MS)])]);
        await sleep(2_000); // index and saving
      });
  globalThis.gc?.();
  const rss = process.memoryUsage.rss() / 1_048_576;
  const priced = [...(await market.quotes(ids, 'jpy')).values()].filter(({ quote }) => quote !== null).length;
  const listed = market.directory().length;
  await core.close();
  const started = isQuick() ? null : await startedAgain(open);
  await database.close();
  far.kill();
  rmSync(folder, { recursive: true, force: true });
  return {
    'coins in the list': listed,
    'coins with a price': priced,
    'refresh loop delay p99.9 ms': before.high,
    'refresh loop delay most ms': before.most,
    'refresh longest turn in processor ms': before.own,
    ...(renewed === null
      ? {}
      : {
          'refresh and renewal loop delay p99.9 ms': renewed.high,
          'refresh and renewal loop delay most ms': renewed.most,
          'refresh and renewal longest turn in processor ms': renewed.own,
        }),
    ...(started === null ? {} : { 'start longest turn in processor ms': started.own }),
    'resident MiB': rss,
  };
}

/** A new start that reads the list and the prices back. */
async function startedAgain(open: () => Core): ReturnType<typeof delays> {
  const again = open();
  const started = await delays(async () => {
    while (!again.services.content.index().whole) await sleep(10);
    await sleep(500);
  });
  await again.close();
  return started;
}

/** `own`: the longest turn in processor time of this thread, whatever else the machine does. */
async function delays(work: () => Promise<unknown>): Promise<{ high: number; most: number; own: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const state = { working: true, own: 0 };
  const watch = async (): Promise<void> => {
    while (state.working) {
      const before = process.threadCpuUsage();
      await turn();
      const { user, system } = process.threadCpuUsage(before);
      state.own = Math.max(state.own, (user + system) / 1000);
    }
  };
  delay.enable();
  const watching = watch();
  await work();
  state.working = false;
  await watching;
  delay.disable();
  return { high: delay.percentile(99.9) / 1e6, most: delay.max / 1e6, own: state.own };
}
