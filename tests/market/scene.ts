// A market against a fake CoinGecko with a clock that the test moves.
import { createMarket } from '../../src/market/create.ts';
import type { MarketOptions } from '../../src/market/create.ts';
import { createMemory } from '../fakes/memory.ts';
import { startFakeCoinGecko } from '../fakes/coingecko.ts';

export const START = Date.parse('2026-11-22T10:00:00Z');
export const TAO = {
  id: 'bittensor',
  symbol: 'TAO',
  name: 'Bittensor',
  symbols: { coinpaprika: 'tao-bittensor', kraken: 'TAOUSD', coinbase: 'TAO-USD' },
};

/** Real sockets, virtual time: `clock.now` moves only when the test says so. */
export async function openScene(overrides: Partial<MarketOptions> = {}) {
  const clock = { now: START };
  const gecko = await startFakeCoinGecko({ now: () => clock.now });
  const memory = createMemory();
  const open = (more: Partial<MarketOptions> = {}) =>
    createMarket({
      plan: 'pro',
      apiKey: 'CG-test-key',
      fallbacks: [],
      coins: [TAO],
      memory,
      now: () => clock.now,
      ...overrides,
      ...more,
      baseUrls: { coingecko: gecko.url, ...overrides.baseUrls, ...more.baseUrls },
    });
  const markets = [open()];
  return {
    clock,
    gecko,
    memory,
    market: markets[0] as ReturnType<typeof open>,
    /** A second process on the same memory. */
    reopen(more: Partial<MarketOptions> = {}) {
      const market = open(more);
      markets.push(market);
      return market;
    },
    async close() {
      await Promise.all(markets.map((market) => market.close()));
      await gecko.close();
    },
  };
}
