// The running bot: web server, terminal, platforms, and an orderly end within ten seconds.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { runByClock } from './cron-log.ts';
import { COMMANDS } from '../app/commands/index.ts';
import { vocabularyOf } from '../app/reader/vocabulary.ts';
import type { Bot } from '../bots/bot.ts';
import { type Config, terminalEnvironment } from '../config/config.ts';
import { ConfigError } from '../base/errors.ts';
import { boundHeapGrowth } from '../base/loading/late-modules.ts';
import { prepareDates } from '../format/dates.ts';
import { readContent } from '../content/cached-content.ts';
import { bookGauges, buildInfo, gauges } from './health/gauges.ts';
import { watchClock } from './health/clock-check.ts';
import { countEvent, measureDatabase, startMeasures } from './health/measures.ts';
import { overdueGauges } from './health/overdue-gauges.ts';
import { type Core, createCore } from './core.ts';
import type { Log } from '../base/log.ts';
import { openWhenThere } from './open-database.ts';
import { createPlatforms, isAnyPlatformOn, PLATFORMS } from './platforms.ts';
import { stopAll } from './stop-all.ts';
import { closeServer, listen, listenOnLoopback } from './listen.ts';
import { liveness, readiness } from './health/readiness.ts';
import { dropCompileCache, settleMemory } from './health/spare-memory.ts';
import { closedBecause } from '../store/move.ts';
import { createDatabaseProbe, sqliteFileOf } from '../store/engine/probe.ts';
import { createMetrics } from '../web/health/metrics.ts';
import type { HealthOptions } from '../web/health/health.ts';
import { createWebServer } from '../web/server.ts';
import { createWebContext } from '../web/context.ts';

export type RunOptions = {
  config: Config;
  version: string;
  demo: boolean;
  log: Log;
  now: () => number;
  monotonic?: () => number;
  processes: {
    input: Readable & { isTTY?: boolean };
    output: Writable & { isTTY?: boolean; columns?: number };
    onSignal: (stop: () => void) => void;
    /** Lets the lines of the log pass through `way` when they appear on the screen of the chat. */
    onLogLine?: (way: (write: () => void) => void) => void;
  };
};

/** After a start: by then the platforms are connected, and whoever waited for the bot has an answer. */
const CALM_MS = 3000;

/** Runs until a signal or the end of the terminal chat; returns the exit code. */
export async function run(options: RunOptions): Promise<number> {
  const { config, log, now, monotonic = () => performance.now(), processes } = options;
  dropCompileCache();
  const ended = Promise.withResolvers<void>();
  const stopping = new AbortController();
  processes.onSignal(() => {
    stopping.abort();
    ended.resolve();
  });
  const metrics = createMetrics();
  const count = (event: string): void => countEvent(metrics, event);
  const database = await openWhenThere(config.DATABASE_URL, { stop: stopping.signal, log, count });
  if (database === null) return 0;
  const closed = await closedBecause(database);
  if (closed !== null) throw new ConfigError([`DATABASE_URL names a database that is closed: ${closed}`]);
  const measures = startMeasures(metrics);
  const clockCheck = watchClock(metrics, { log, monotonic });
  const posts = new Map<string, Bot>();
  const asked = settleMemory();
  const core = createCore({
    ...options,
    content: await readContent(),
    database,
    bots: posts,
    onRequest(...request) {
      asked();
      measures.onRequest(...request);
    },
    onSent: measures.onSent,
    clockAgreed: clockCheck.agrees,
  });
  if (isAnyPlatformOn(config)) core.prepareCharts(); // beside loading their libraries, on another processor
  const chats = await createPlatforms({
    config,
    core,
    database,
    log,
    say: (line) => say(processes.output, line),
    now,
    count,
    onAnswer: measures.onAnswer,
  });
  dropCompileCache(); // the platforms' libraries are the larger half
  boundHeapGrowth(); // all that a start needs is loaded
  const bots =
    processes.input.isTTY === true ? [...chats, await terminal(options, core, () => ended.resolve())] : chats;
  const probe = createDatabaseProbe(database, { monotonic, file: sqliteFileOf(config.DATABASE_URL) });
  const health: HealthOptions = {
    metrics,
    metricsToken: config.METRICS_TOKEN,
    ready: () => readiness({ core, chats, probe, now }),
    live: () => liveness(core),
  };
  metrics.collect(() => gauges(core, chats, now));
  metrics.collect(() => bookGauges(core));
  metrics.collect(() => overdueGauges(database, now()));
  metrics.collect(() => [buildInfo(options.version)]);
  measureDatabase(metrics, probe);
  const web = createWebContext({
    services: core.services,
    commands: COMMANDS,
    dispatch: core.dispatch,
    now,
    monotonic,
  });
  const server = createWebServer({
    ...health,
    web,
    showsMetrics: config.METRICS_PORT === undefined,
    mcp: config.MCP === 'on',
    trustedProxies: config.TRUSTED_PROXIES ?? [],
    mounts: Object.fromEntries(chats.flatMap((bot) => (bot.listener ? [[`/${bot.name}/`, bot.listener]] : []))),
    onError: (error) => log.error({ err: error }, 'web request failed'),
  });
  const onListenerError = (error: Error): void => log.error({ err: error }, 'web server refused a connection');
  await listen(server, config, onListenerError);
  const own = config.METRICS_PORT === undefined ? null : await healthServer(health);
  if (own !== null) await listenOnLoopback(own, config.METRICS_PORT ?? 0, onListenerError);
  const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST;
  say(processes.output, `web      on   http://${host}:${(server.address() as AddressInfo).port}`);
  if (own !== null)
    say(processes.output, `metrics  on   http://127.0.0.1:${(own.address() as AddressInfo).port}/metrics`);
  for (const line of stateLines(config, options.demo, chats)) say(processes.output, line);
  for (const bot of bots) posts.set(bot.name, bot);
  for (const bot of bots) void start(bot, options);
  const later = setTimeout(() => calm(core, log), CALM_MS).unref();
  const clock = runByClock('* * * * * *', () => (void core.tickers.tick(), core.deliveries.tick()), { log, monotonic });
  const chores = runByClock('17 * * * *', () => forget(core, log), { log, monotonic });
  await ended.promise;
  return await stopAll(
    [
      async () => {
        clearTimeout(later);
        await clock.stop();
        await chores.stop();
      },
      () => core.deliveries.stop(),
      ...bots.map((bot) => () => bot.stop()),
      () => closeServer(server),
      () => (own === null ? Promise.resolve() : closeServer(own)),
      () => core.close(),
      () => Promise.resolve(measures.close()),
      () => Promise.resolve(clockCheck.end()),
      () => database.close(),
    ],
    log,
  );
}

/** Loaded only where metrics have a port of their own. */
async function healthServer(options: HealthOptions): Promise<Server> {
  const { createHealthServer } = await import('../web/health/health.ts');
  return createHealthServer(options);
}

/** Not while the platforms connect and the first questions come: this can wait, and takes some of the processor. */
function calm(core: Core, log: Log): void {
  core.services.subnets.start();
  void forget(core, log);
  void prepareDigests(core).catch((error: unknown) => log.warn({ err: error }, 'digests not looked for'));
}

/** A digest names its day and hour, and the first date of Intl holds the event loop for 20 to 35 ms: not in the minute in which many are due. */
async function prepareDigests(core: Core): Promise<void> {
  if (await core.digests.isAnyActive()) await prepareDates();
}

/** Old rows wait for the next round when the database is away. */
async function forget(core: Core, log: Log): Promise<void> {
  await core.forget().catch((error: unknown) => log.warn({ err: error }, 'old rows not removed'));
}

/** A platform that cannot start is reported and left; the others go on. */
async function start(bot: Bot, { log, processes }: RunOptions): Promise<void> {
  try {
    await bot.start();
    const { connected, detail } = bot.health();
    if (bot.name !== 'terminal') say(processes.output, `${bot.name.padEnd(8)} ${connected ? 'on ' : 'off'}  ${detail}`);
  } catch (error) {
    log.error({ err: error, platform: bot.name }, 'platform could not start');
  }
}

/** Loaded only where somebody sits before it. */
async function terminal({ config, log, processes }: RunOptions, core: Core, onEnd: () => void): Promise<Bot> {
  const [{ createTerminalBot }, { detectImages }] = await Promise.all([
    import('../bots/terminal/bot.ts'),
    import('../bots/terminal/image.ts'),
  ]);
  const bot = createTerminalBot({
    input: processes.input,
    output: processes.output,
    colour: processes.output.isTTY === true,
    images: processes.output.isTTY === true ? detectImages(terminalEnvironment()) : null,
    commands: COMMANDS,
    vocabulary: vocabularyOf(core.services),
    dispatch: core.dispatch,
    locale: config.DEFAULT_LOCALE,
    completeCoin: (prefix) =>
      core.services.content
        .index()
        .complete(prefix, 25)
        .map((coin) => coin.symbol.toLowerCase()),
    log,
    sleep: (ms) => sleep(ms),
    onEnd,
  });
  processes.onLogLine?.((write) => bot.above(write));
  return bot;
}

/** One line for the market, and one per platform that is off, with the setting that would turn it on. */
function stateLines(config: Config, demo: boolean, chats: readonly Bot[]): string[] {
  const hint =
    config.COINGECKO_PLAN === 'keyless' ? ' (set COINGECKO_PLAN=demo and COINGECKO_API_KEY for a larger budget)' : '';
  const off = PLATFORMS.filter(({ name }) => !chats.some((bot) => bot.name === name));
  return [
    demo
      ? 'market   on   sample data, not live; no internet needed'
      : `market   on   CoinGecko, ${config.COINGECKO_PLAN} plan${hint}`,
    ...off.map(({ name, turnOn }) => `${name.padEnd(8)} off  ${turnOn}`),
  ];
}

function say(output: Writable, line: string): void {
  output.write(`${line}\n`);
}
