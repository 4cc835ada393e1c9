// Builds the shared core: content, market, charts, store and dispatch, wired once for every face of the bot.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { COMMANDS } from '../app/commands/index.ts';
import { digestCard } from '../app/digest/card.ts';
import { createDispatch, type Dispatch } from '../app/dispatch.ts';
import type { Services } from '../app/services.ts';
import type { Bot } from '../bots/bot.ts';
import { createCharts } from '../charts/charts.ts';
import type { Config } from '../config/config.ts';
import { createCoinIndex } from '../content/coin-index.ts';
import { createFaqSearch, type FaqSearch } from '../faq/search.ts';
import { normaliseText } from '../faq/language/normalise.ts';
import { fillAnswer } from '../content/fill-placeholders.ts';
import { loadContent } from '../content/load.ts';
import type { Content } from '../content/schema.ts';
import { createDigests, type DigestEngine } from '../digests/engine.ts';
import type { Logger } from '../base/log.ts';
import { createChain, createMarket, createSampleChain, createSampleMarket } from '../market/create.ts';
import type { Chain, Market, MarketMemory } from '../market/market.ts';
import type { Database } from '../store/database.ts';
import { createFeedback } from '../store/feedback.ts';
import { createMarketMemory } from '../store/market-memory.ts';

const CONTENT = path.join(import.meta.dirname, '../content');

export type Core = {
  services: Services;
  dispatch: Dispatch;
  /** Digests: nothing is posted unless its `tick` is called. */
  engine: DigestEngine;
  /** Starts what is slow at first use (the drawing process, the FAQ model), for when chats are about to ask. */
  warm(): void;
  close(): Promise<void>;
};

export type CoreOptions = {
  config: Config;
  version: string;
  database: Database;
  log: Logger;
  now: () => number;
  /** Recorded samples instead of live data. */
  demo: boolean;
  /** By name; filled by the caller as platforms are made, read when something is to be posted. */
  bots: ReadonlyMap<string, Bot>;
  onRequest?: (platform: string, command: string, outcome: string, ms: number) => void;
};

/**
 * Wires the core. Nothing connects before this; market and chain begin to fetch here.
 * @throws ContentError when a content file is wrong
 */
export function createCore(options: CoreOptions): Core {
  const { config, database, log, now } = options;
  const content = loadContent(CONTENT);
  const memory = createMarketMemory(database);
  const { market, chain } = options.demo ? demoSources(content, now) : liveSources(options, content, memory);
  const charts = createCharts();
  const engine = createDigests({
    database,
    bots: options.bots,
    render: (order) => digestCard(order, services, now()),
    now,
    sleep: (ms) => sleep(ms),
    log,
    ...highWater(config),
  });
  const services: Services = {
    content,
    fill: fillAnswer,
    coins: coinIndexOf(content, market),
    faq: faqOnDemand(content),
    normaliseQuestion: normaliseText,
    market,
    chain,
    charts,
    feedback: createFeedback(database, now),
    defaults: {
      currency: config.DEFAULT_CURRENCY,
      locale: config.DEFAULT_LOCALE,
      timeZone: config.DEFAULT_TIMEZONE,
      publicUrl: config.PUBLIC_URL ?? null,
    },
    digests: engine.digests,
    about: { version: options.version, startedAt: now(), notes: engine.zoneNotes },
  };
  market.start();
  chain.start();
  const dispatch = createDispatch({
    commands: COMMANDS,
    services,
    log,
    now,
    ...(options.onRequest === undefined ? {} : { onRequest: options.onRequest }),
  });
  return {
    services,
    dispatch,
    engine,
    warm() {
      charts.start();
      services.faq.complete('', 1);
    },
    async close() {
      await Promise.allSettled([market.close(), chain.close(), charts.close()]);
    },
  };
}

/** The model takes 20 MiB and a fifth of a second: read when the first question comes, or by `warm`. */
function faqOnDemand(content: Content): FaqSearch {
  let search: FaqSearch | null = null;
  const loaded = (): FaqSearch => (search ??= createFaqSearch(content.faq.values()));
  return {
    ask: (text) => loaded().ask(text),
    complete: (prefix, limit) => loaded().complete(prefix, limit),
    byId: (id) => content.faq.get(id),
  };
}

/** A note outside the database of how far digests had come: a restored older database must not post them again. */
function highWater({ DATABASE_URL: url }: Config): { highWaterFile?: string } {
  if (url === 'sqlite::memory:') return {};
  if (url.startsWith('sqlite:')) return { highWaterFile: `${url.slice('sqlite:'.length)}.highwater` };
  if (!URL.canParse(url)) return {};
  const { hostname, port, pathname } = new URL(url); // one note per database, without its password
  return {
    highWaterFile: path.join(
      'data',
      `${[hostname, port, pathname.slice(1)]
        .filter(Boolean)
        .join('-')
        .replaceAll(/[^\w.-]/g, '_')}.highwater`,
    ),
  };
}

function demoSources(content: Content, now: () => number): { market: Market; chain: Chain } {
  return { market: createSampleMarket({ coins: [...content.coins.values()], now }), chain: createSampleChain({ now }) };
}

function liveSources(
  { config, log, now }: CoreOptions,
  content: Content,
  memory: MarketMemory,
): { market: Market; chain: Chain } {
  const market = createMarket({
    plan: config.COINGECKO_PLAN,
    ...(config.COINGECKO_API_KEY === undefined ? {} : { apiKey: config.COINGECKO_API_KEY }),
    baseUrls: {
      ...(config.COINGECKO_API_URL === undefined ? {} : { coingecko: config.COINGECKO_API_URL }),
      ...(config.COINPAPRIKA_API_URL === undefined ? {} : { coinpaprika: config.COINPAPRIKA_API_URL }),
      ...(config.KRAKEN_API_URL === undefined ? {} : { kraken: config.KRAKEN_API_URL }),
      ...(config.COINBASE_API_URL === undefined ? {} : { coinbase: config.COINBASE_API_URL }),
    },
    fallbacks: config.MARKET_FALLBACKS,
    coins: [...content.coins.values()].map(({ id, symbol, name, symbols }) => ({ id, symbol, name, symbols })),
    memory,
    now,
    log,
  });
  return { market, chain: createChain({ url: config.SUBTENSOR_RPC_URL[0], memory, now, log }) };
}

/** Profiled coins at once, the market's directory when it has arrived; rebuilt only when that list is another one. */
function coinIndexOf(content: Content, market: Market): Services['coins'] {
  const profiled = [...content.coins.values()].map((coin) => ({
    id: coin.id,
    symbol: coin.symbol,
    name: coin.name,
    rank: null,
    aliases: coin.aliases,
    profiled: true,
  }));
  let seen: ReturnType<Market['directory']> = [];
  let index = createCoinIndex(profiled);
  return () => {
    const directory = market.directory();
    if (directory !== seen) {
      seen = directory;
      const ranks = new Map(directory.map((coin) => [coin.id, coin.rank]));
      const known = profiled.map((coin) => ({ ...coin, rank: ranks.get(coin.id) ?? null }));
      index = createCoinIndex([...known, ...directory.filter((coin) => !content.coins.has(coin.id))]);
    }
    return index;
  };
}
