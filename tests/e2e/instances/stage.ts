// Three bots as separate processes with both platforms on, over one PostgreSQL that can be restarted and that can vanish.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { startFakeDiscord } from '../../fakes/discord/discord.ts';
import { startFakeCoinGecko } from '../../fakes/market/coingecko.ts';
import { startPostgres } from '../../fakes/postgres.ts';
import { startFakeSlack } from '../../fakes/slack/slack.ts';
import { startFakeSubtensor } from '../../fakes/subtensor/subtensor.ts';
import { startTcpProxy, through } from '../../fakes/tcp-proxy.ts';
import { exitOf, freePort } from '../program.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const PROCESSES = 3;
/** Who manage digests in Slack: many, because each may ask so much only. */
export const ADMINS = Array.from({ length: 2000 }, (_, index) => `U0ADMIN${index}`);

export type Stage = Awaited<ReturnType<typeof openStage>>;
export type Instance = { child: ChildProcess; port: number; err: () => string; ended: Promise<number | string | null> };

/** Starts everything; `database` reads past the proxy. */
export async function openStage() {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-instances-'));
  const [postgres, gecko, chain, discord, slack] = await Promise.all([
    startPostgres(),
    startFakeCoinGecko(),
    startFakeSubtensor(),
    startFakeDiscord(),
    startFakeSlack({ admins: ADMINS }),
  ]);
  const url = await postgres.fresh();
  const proxy = await startTcpProxy(Number(new URL(url).port));
  let database: Database = await openDatabase(url); // makes the tables
  const instances: Instance[] = [];

  async function launch(): Promise<Instance> {
    const port = await freePort();
    const child = spawn(process.execPath, ['src/main.mjs'], {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        PORT: String(port),
        NODE_COMPILE_CACHE: path.join(tmpdir(), 'taobot-compiled'),
        LOG_LEVEL: 'warn',
        COINGECKO_API_URL: gecko.url,
        SUBTENSOR_RPC_URL: chain.url,
        SUBTENSOR_ARCHIVE_URL: 'none',
        MARKET_FALLBACKS: 'none',
        DATABASE_URL: through(url, proxy),
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.url,
        SLACK_BOT_TOKEN: slack.token,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.url,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    return { child, port, err: () => err, ended: exitOf(child) };
  }

  const connected = () => Math.min(discord.gateway.connections(), slack.socket.open());
  for (let index = 0; index < PROCESSES; index++) instances.push(await launch());
  return {
    discord,
    slack,
    proxy,
    instances,
    database: () => database,
    /** Sessions that both platforms have. */
    connected,
    /** Puts a new process in the place of one that ended or ends. */
    async replace(index: number): Promise<void> {
      instances[index] = await launch();
    },
    async restartDatabase(): Promise<void> {
      await database.close();
      await postgres.restart();
      database = await openDatabase(url);
    },
    async close(): Promise<void> {
      for (const { child } of instances) child.kill('SIGKILL');
      await Promise.all(instances.map(({ ended }) => ended));
      await Promise.all([database.close(), proxy.close(), gecko.close(), chain.close()]);
      await Promise.all([discord.close(), slack.close()]);
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Polls until it holds or the time is over; says which. */
export async function within(ms: number, holds: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const end = performance.now() + ms; performance.now() < end;) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return await holds();
}
