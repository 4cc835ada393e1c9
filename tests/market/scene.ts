// A market against fakes of all its sources, with a clock that the test moves.
import { createMarket } from '../../src/market/create.ts';
import type { MarketOptions } from '../../src/market/create.ts';
import type { Market, Quote } from '../../src/market/market.ts';
import { realSleep, type Sleep } from '../../src/base/clock.ts';
import { createMemory } from '../fakes/memory.ts';
import { startFakeCoinGecko } from '../fakes/coingecko.ts';
import { startFakeFallbacks } from '../fakes/fallbacks.ts';

export const START = Date.parse('2026-11-22T10:00:00Z');
export const MINUTE = 60_000;
const TAO = {
  id: 'bittensor',
  symbol: 'TAO',
  name: 'Bittensor',
  symbols: { coinpaprika: 'tao-bittensor', kraken: 'TAOUSD', coinbase: 'TAO-USD' },
};

/** Waits of people are real (they bound the test), pauses that only gather requests are skipped. */
const sleep: Sleep = (ms, signal) => (ms < 50 ? Promise.resolve() : realSleep(ms, signal));

/** Real sockets, virtual time: `clock.now` moves only when the test says so. */
export async function openScene(overrides: Partial<MarketOptions> = {}) {
  const clock = { now: START };
  const now = () => clock.now;
  const gecko = await startFakeCoinGecko({ now });
  const others = await startFakeFallbacks({ now });
  const memory = createMemory();
  const markets: Market[] = [];
  const open = (more: Partial<MarketOptions> = {}): Market => {
    const market = createMarket({
      plan: 'pro',
      apiKey: 'CG-test-key',
      fallbacks: [],
      coins: [TAO],
      memory,
      now,
      sleep,
      waitMs: 15_000, // a busy machine must not turn a good answer into a late one
      ...overrides,
      ...more,
      baseUrls: { coingecko: gecko.url, ...others.urls },
    });
    markets.push(market);
    return market;
  };
  return {
    clock,
    gecko,
    others,
    memory,
    market: open(),
    /** A second process on the same memory. */
    reopen: open,
    async close() {
      await Promise.all(markets.map((market) => market.close()));
      await Promise.all([gecko.close(), others.close()]);
    },
  };
}

export type Scene = Awaited<ReturnType<typeof openScene>>;

/** The quote of TAO in dollars; fails when there is none. */
export async function tao(market: Market, currency = 'usd'): Promise<Quote & { checking: boolean }> {
  const result = (await market.quotes(['bittensor'], currency)).get('bittensor');
  if (result.quote === null) throw new Error(`no quote: ${result.reason}`);
  return { ...result.quote, checking: result.checking };
}

/** The reason why there is no quote. */
export async function reasonOf(market: Market, id = 'bittensor', currency = 'usd'): Promise<string> {
  const result = (await market.quotes([id], currency)).get(id);
  if (result.quote !== null) throw new Error('there is a quote');
  return result.reason;
}
