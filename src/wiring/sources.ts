// Where numbers come from: the live market and chain of the settings, or recorded samples.
import type { Logger } from '../base/log.ts';
import type { Config } from '../config/config.ts';
import type { Coin } from '../content/schema.ts';
import { createChain } from '../chain/subtensor.ts';
import type { Chain } from '../chain/chain.ts';
import type { MarketMemory } from '../base/memory.ts';
import { builtinCoins } from '../market/directory/builtin-coins.ts';
import { sourceUrlSetting } from '../config/settings.ts';
import { FALLBACK_IDS, type FallbackId } from '../market/fallback/sources.ts';
import { createMarket } from '../market/create.ts';
import type { Market } from '../market/market.ts';
import { createSampleChain } from '../sample/chain.ts';
import { createSampleMarket } from '../sample/market.ts';

/** `demo`: recorded samples instead of live data. */
export type SourceOptions = {
  config: Config;
  log: Logger;
  now: () => number;
  /** Ms on a clock that never steps back; `now` unless given. */
  monotonic?: () => number;
  demo: boolean;
};

/** Market and chain; `coins` are the profiled ones, `memory` keeps the last good values over restarts. */
export function createSources(
  { config, log, now, monotonic = now, demo }: SourceOptions,
  coins: ReadonlyMap<string, Coin>,
  memory: MarketMemory,
): { market: Market; chain: Chain } {
  if (demo) {
    const market = createSampleMarket({ coins: [...coins.values()], directory: builtinCoins(), now });
    return { market, chain: createSampleChain() };
  }
  const market = createMarket({
    plan: config.COINGECKO_PLAN,
    ...(config.COINGECKO_API_KEY === undefined ? {} : { apiKey: config.COINGECKO_API_KEY }),
    baseUrls: {
      ...(config.COINGECKO_API_URL === undefined ? {} : { coingecko: config.COINGECKO_API_URL }),
      ...fallbackUrls(config),
    },
    fallbacks: config.MARKET_FALLBACKS,
    coins: [...coins.values()].map(({ id, symbol, name, symbols }) => ({ id, symbol, name, symbols })),
    memory,
    now,
    monotonic,
    log,
  });
  return { market, chain: createChain({ url: config.SUBTENSOR_RPC_URL[0], memory, now, log }) };
}

function fallbackUrls(config: Config): Partial<Record<FallbackId, string>> {
  const urls: Partial<Record<FallbackId, string>> = {};
  for (const id of FALLBACK_IDS) {
    const url = config[sourceUrlSetting(id)];
    if (url !== undefined) urls[id] = url;
  }
  return urls;
}
