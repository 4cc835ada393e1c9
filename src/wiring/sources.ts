// Where numbers come from: the live market and chain of the settings, or recorded samples.
import type { Log } from '../base/log.ts';
import type { Config } from '../config/config.ts';
import type { Coin } from '../content/schema.ts';
import { createRpc } from '../chain/rpc/rpc.ts';
import { createChain } from '../chain/chain-state.ts';
import type { Chain } from '../chain/chain.ts';
import type { Subnets, SubnetsMemory } from '../chain/subnets/port.ts';
import { createSubnets } from '../chain/subnets/subnets.ts';
import type { MarketMemory } from '../base/memory.ts';
import { builtinCoins } from '../market/directory/builtin-coins.ts';
import { sourceUrlSetting } from '../config/settings.ts';
import { FALLBACK_IDS, type FallbackId } from '../market/fallback/sources.ts';
import { createMarket } from '../market/create.ts';
import type { Market } from '../market/market.ts';
import { createSampleChain } from '../sample/chain.ts';
import { createSampleMarket } from '../sample/market.ts';
import { createSampleSubnets } from '../sample/subnets.ts';

/** `demo`: recorded samples instead of live data. */
export type SourceOptions = {
  config: Config;
  log: Log;
  now: () => number;
  /** Ms on a clock that never steps back; `now` unless given. */
  monotonic?: () => number;
  demo: boolean;
  /** Longest wait of an asker for market and chain, in ms; their own when absent. */
  waitMs?: number;
};

export type Sources = { market: Market; chain: Chain; subnets: Subnets };

/** Market, chain and subnets; `coins` are the profiled ones, the memories keep the last good values over restarts. */
export function createSources(
  { config, log, now, monotonic = now, demo, waitMs }: SourceOptions,
  coins: ReadonlyMap<string, Coin>,
  memory: MarketMemory,
  subnetsMemory: SubnetsMemory,
): Sources {
  if (demo) {
    const market = createSampleMarket({ coins: [...coins.values()], directory: builtinCoins(), now });
    return { market, chain: createSampleChain(now), subnets: createSampleSubnets(now) };
  }
  const patience = waitMs === undefined ? {} : { waitMs };
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
    ...patience,
  });
  const urls = config.SUBTENSOR_RPC_URL;
  const rpc = createRpc({ urls, archiveUrl: config.SUBTENSOR_ARCHIVE_URL, now, log });
  const read = async (): Promise<string | null> => {
    const result = await subnets.snapshot();
    return result.snapshot === null ? result.reason : null;
  };
  const chain = createChain({ url: urls[0], memory, now, clock: rpc.clock, read, log });
  const subnets = createSubnets({ rpc, memory: subnetsMemory, now, log, onBlock: chain.take, ...patience });
  return { market, chain, subnets };
}

function fallbackUrls(config: Config): Partial<Record<FallbackId, string>> {
  const urls: Partial<Record<FallbackId, string>> = {};
  for (const id of FALLBACK_IDS) {
    const url = config[sourceUrlSetting(id)];
    if (url !== undefined) urls[id] = url;
  }
  return urls;
}
