// Fallback source CoinPaprika: price with market cap and changes, no key (free plan: 20,000 calls a month).
import { z } from 'zod';
import { barePrice } from './source.ts';
import type { SourceDefinition } from './source.ts';

const Percent = z.number().min(-100).max(1e8).nullable().catch(null);
const Size = z.number().positive().max(1e20).nullable().catch(null);
const Ticker = z.object({
  id: z.string(),
  last_updated: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/u)
    .transform((text) => Date.parse(text))
    .pipe(z.number()),
  quotes: z.object({
    USD: z.object({
      price: z.number().positive().max(1e15),
      volume_24h: Size,
      market_cap: Size,
      percent_change_1h: Percent,
      percent_change_24h: Percent,
      percent_change_7d: Percent,
      percent_change_30d: Percent,
      percent_change_1y: Percent,
    }),
  }),
});

/** Symbols look like "tao-bittensor". Docs: api.coinpaprika.com, "Get ticker information for a specific coin". */
export const coinpaprika = {
  id: 'coinpaprika',
  name: 'CoinPaprika',
  url: 'https://coinpaprika.com',
  api: { name: 'CoinPaprika', url: 'https://api.coinpaprika.com/v1' },
  /** A bare host means the present version. */
  baseUrl: (given) => (new URL(given).pathname === '/' ? `${given}/v1` : given),
  async quote(symbol, api) {
    const answer = await api.get(`/tickers/${encodeURIComponent(symbol)}?quotes=USD`, Ticker);
    if (answer.kind !== 'ok') return answer;
    if (answer.data.id !== symbol) return { kind: 'failed', reason: 'CoinPaprika answered for another coin' };
    const usd = answer.data.quotes.USD;
    return {
      kind: 'ok',
      data: {
        ...barePrice(usd.price, answer.data.last_updated),
        change1h: usd.percent_change_1h,
        change24h: usd.percent_change_24h,
        change7d: usd.percent_change_7d,
        change30d: usd.percent_change_30d,
        change1y: usd.percent_change_1y,
        marketCap: usd.market_cap,
        volume24h: usd.volume_24h,
      },
    };
  },
} as const satisfies SourceDefinition;
