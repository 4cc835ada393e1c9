// Puts the market together: CoinGecko first, fallbacks behind it, everything remembered over restarts.
import type { Log } from '../base/log.ts';
import { builtinCoins } from './directory/builtin-coins.ts';
import { createQuoteCache, pricedAt } from './quote-cache.ts';
import { COINGECKO, createCoinGecko, ENDPOINTS } from './coingecko/client.ts';
import { CURRENCIES, isCoinUnit, isCurrency } from './currencies.ts';
import { createDirectory } from './directory/coin-directory.ts';
import { connectSources } from './fallback/connect.ts';
import type { FallbackId, FallbackSymbols } from './fallback/sources.ts';
import { createFallbacks } from './fallback/select.ts';
import { createHistory } from './history.ts';
import { createIntake } from './plausibility/batch-check.ts';
import { createCurrencyRefresher, type CurrencyRefresher } from './quotes/refresher.ts';
import { createCallMeter } from './coingecko/call-meter.ts';
import type { Conversion, Market } from './market.ts';
import type { MarketMemory } from '../base/memory.ts';
import { type Plan, PLANS } from './coingecko/plans.ts';
import { withoutQuotes } from './quote-results.ts';
import { createQuotes } from './quotes/quotes.ts';
import { createRates, RATES_FRESH_MS } from './exchange-rates.ts';
import { SENTINELS } from './plausibility/sentinels.ts';
import { createWatch } from './quotes/demand.ts';
import { createBackgroundRefresh } from './background.ts';
import { DAY, realSleep, type Sleep, waitAtMost } from '../base/clock.ts';

export type MarketOptions = {
  plan: Plan;
  apiKey?: string;
  /** Where the sources answer; a missing one means the source's own address. */
  baseUrls?: Partial<Record<'coingecko' | FallbackId, string>>;
  /** Fallback sources in the order in which they are asked. */
  fallbacks: readonly FallbackId[];
  /** Profiled coins, with their ids at the fallback sources. */
  coins: readonly { id: string; symbol: string; name: string; symbols?: FallbackSymbols }[];
  memory: MarketMemory;
  now: () => number;
  /** Ms on a clock that never steps back, for lengths of time; `now` unless given. */
  monotonic?: () => number;
  sleep?: Sleep;
  log?: Log;
  /** Longest wait of an asker and longest life of an upstream call, in ms. */
  waitMs?: number;
  deadlineMs?: number;
};

/** Asked-for answers come within this time, which leaves a chat platform its own share of three seconds. */
const WAIT_MS = 1_200;
/** A slow answer is still worth having for the next asker. */
const DEADLINE_MS = 8_000;
const NO_CURRENCY = 'this currency is not supported';

/** The background refresh begins without what is remembered when the database is silent for so long. */
const LOAD_MS = 10_000;

/** Nothing is asked of the network before `start()` or the first question. */
export function createMarket(options: MarketOptions): Market {
  const { plan, memory, now, coins } = options;
  const sleep = options.sleep ?? realSleep;
  const waitMs = options.waitMs ?? WAIT_MS;
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  const monotonic = options.monotonic ?? now;
  const clocks = { now, monotonic };
  const logged = options.log ? { log: options.log } : {};
  const baseUrl = options.baseUrls?.coingecko ?? PLANS[plan].baseUrl;
  const meter = createCallMeter({ plan, memory, ...clocks, ...logged });
  const keyed = options.apiKey === undefined ? {} : { apiKey: options.apiKey };
  const client = createCoinGecko({ plan, ...keyed, baseUrl, meter, ...clocks, deadlineMs, ...logged });
  const cache = createQuoteCache({ memory, ...clocks, ...logged });
  const sources = connectSources({
    ids: options.fallbacks,
    baseUrls: options.baseUrls ?? {},
    ...clocks,
    deadlineMs: Math.min(deadlineMs, 3_000),
    ...logged,
  });
  const symbols = symbolTable(coins);
  const fallbacks = createFallbacks({ sources, symbolsOf: (id) => symbols.get(id), ...clocks, ...logged });
  const bitcoin = () => cache.get('usd', 'bitcoin')?.quote ?? null;
  const rates = createRates({ client, memory, bitcoin, ...clocks, ...logged });
  const fixed = new Set([...coins, ...SENTINELS].map((coin) => coin.id));
  const watch = createWatch([...fixed], monotonic);
  const recentRate = (currency: string) => {
    const found = rates.rate('usd', currency);
    const longest = isCoinUnit(currency) ? 2 * RATES_FRESH_MS : 7 * DAY;
    return found.rate !== null && now() - found.at <= longest ? found : null;
  };
  const perDollar = (currency: string) => (currency === 'usd' ? 1 : (recentRate(currency)?.rate ?? null));
  /** A rate in doubt is good enough to check prices with, but makes none. */
  const conversion = (currency: string): Conversion | null => {
    const found = rates.doubted(currency) ? null : recentRate(currency);
    return found === null ? null : { from: 'usd', ...found };
  };
  const keep = (id: string) => watch.has(id);
  const intake = createIntake({
    cache,
    second: (id) => fallbacks.second(id),
    perDollar,
    onRate: rates.review,
    keep,
    ...clocks,
    ...logged,
  });
  const directory = createDirectory({
    profiled: coins,
    builtin: builtinCoins(),
    client,
    memory,
    onPage: async ({ rows, aheadMs, judge }) => {
      judge((await intake.accept(rows, 'usd', aheadMs)) ? null : `${COINGECKO.name} sends implausible prices`);
    },
    ...clocks,
    ...logged,
  });
  const mayExist = (id: string) => !directory.complete() || directory.find(id) !== null;

  const refreshers = new Map<string, CurrencyRefresher>();
  const refresher = (currency: string): CurrencyRefresher => {
    const known = refreshers.get(currency);
    if (known) return known;
    const prepare =
      currency === 'usd' ? () => Promise.resolve() : () => rates.ensure(isCoinUnit(currency) ? RATES_FRESH_MS : DAY);
    const made = createCurrencyRefresher({
      currency,
      client,
      cache,
      intake,
      meter,
      watch,
      prepare,
      isKnown: (id) => fixed.has(id) || directory.find(id) !== null,
      monotonic,
      sleep,
      ...logged,
    });
    refreshers.set(currency, made);
    return made;
  };

  const quotes = createQuotes({
    refresher,
    cache,
    intake,
    fallbacks,
    watch,
    refOf: (id) => directory.find(id),
    mayExist,
    conversion,
    ...clocks,
    sleep,
    waitMs,
  });
  const history = createHistory({ client, cache, mayExist, reserved: (id) => fixed.has(id), ...clocks, sleep, waitMs });
  const withoutFallback = () => (sources.length === 0 ? [] : fallbacks.without(coins.map(({ id }) => id)));
  if (withoutFallback().length > 0)
    options.log?.info({ detail: withoutFallback().join(' ') }, 'no fallback source prices these coins');

  let loading: Promise<void> | null = null;
  /** Everything remembered is read before the first answer, once. */
  const load = async () => {
    const rows = await remembered(memory, options.log);
    rates.load(rows);
    await cache.load(rows);
    await directory.load(rows);
  };
  const loaded = (): Promise<void> => (loading ??= load());
  let patience: Promise<unknown> | null = null;
  /** A slow database keeps nobody waiting for longer than this, once: what it remembers comes in when it comes. */
  const remembering = () => (patience ??= waitAtMost(loaded(), waitMs / 2, sleep));
  const background = createBackgroundRefresh({
    sleep,
    loaded: async () => void (await waitAtMost(loaded(), LOAD_MS, sleep)),
    refresher,
    refreshers,
    intake,
    watch,
    directory,
    idleRefreshMs: PLANS[plan].idleRefreshMs,
    ...logged,
    monotonic,
  });

  const doubted = (begun: readonly number[]) => ({
    open: begun.length,
    oldestMs: begun.length === 0 ? 0 : monotonic() - Math.min(...begun),
  });

  return {
    async quotes(ids, currency) {
      await remembering();
      return isCurrency(currency) ? await quotes.quotes(ids, currency) : withoutQuotes(ids, NO_CURRENCY);
    },
    known: (ids, currency) => (isCurrency(currency) ? quotes.known(ids, currency) : withoutQuotes(ids, NO_CURRENCY)),
    async history(coinId, currency, range, asker) {
      await remembering();
      if (!isCurrency(currency)) return { series: null, reason: NO_CURRENCY };
      return history.history(coinId, currency, range, asker);
    },
    async rows(ids, currency) {
      await remembering();
      return isCurrency(currency) ? quotes.rows(ids, currency) : { rows: [], at: null };
    },
    async rate(from, to) {
      await remembering();
      await waitAtMost(rates.ensure(RATES_FRESH_MS), waitMs, sleep);
      return rates.rate(from, to);
    },
    directory: () => directory.list(),
    directoryComplete: () => directory.complete(),
    onDirectory: (listener) => directory.onChange(listener),
    currencies: () => CURRENCIES,
    status: () => ({
      plan,
      credits: meter.credits(),
      refreshMs: meter.refreshMs(watch.activeCurrencies()),
      sources: [
        { id: COINGECKO.id, ...client.http.state(ENDPOINTS.prices) },
        ...sources.map((source) => ({ id: source.source.id, ...source.http.state() })),
      ],
      pauses: [
        ...client.http.pauses().map((pause) => ({ source: COINGECKO.id, ...pause })),
        ...sources.flatMap(({ source, http }) => http.pauses().map((pause) => ({ source: source.id, ...pause }))),
      ],
      doubts: { prices: doubted(intake.doubtsBegun()), rates: doubted(rates.doubtsBegun()) },
      withoutFallback: withoutFallback(),
      pricedAt: pricedAt(cache, coins),
    }),
    start: background.start,
    async close() {
      const stopping = background.stop();
      await Promise.all([client.close(), fallbacks.close()]); // ends the calls under way, so that the background refresh can end
      await stopping;
      await cache.flush();
    },
  };
}

async function remembered(memory: MarketMemory, log: Log | undefined): ReturnType<MarketMemory['loadQuotes']> {
  try {
    return await memory.loadQuotes();
  } catch (error) {
    log?.warn({ err: error }, 'last good prices could not be read');
    return [];
  }
}

function symbolTable(coins: MarketOptions['coins']): ReadonlyMap<string, FallbackSymbols> {
  const known: (readonly [string, FallbackSymbols])[] = SENTINELS.map(({ id, symbols }) => [id, symbols]);
  return new Map([...known, ...coins.flatMap(({ id, symbols }) => (symbols ? [[id, symbols] as const] : []))]);
}
