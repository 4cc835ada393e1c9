// Fallback source CoinPaprika: price with market cap and changes, no key (free plan: 20,000 calls a month).
import { z } from 'zod';
import { barePrice } from './source.ts';
import type { FallbackOptions, FallbackSource } from './source.ts';
import { createHttp } from '../../http/client.ts';

const COINPAPRIKA = { id: 'coinpaprika', name: 'CoinPaprika', url: 'https://coinpaprika.com' } as const;
export const COINPAPRIKA_URL = 'https://api.coinpaprika.com/v1';

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
export function createCoinPaprika(options: FallbackOptions): FallbackSource {
  const http = createHttp({
    name: COINPAPRIKA.name,
    now: options.now,
    ...(options.log ? { log: options.log } : {}),
  });
  const given = options.baseUrl.replace(/\/+$/u, '');
  const base = new URL(given).pathname === '/' ? `${given}/v1` : given; // a bare host means the present version
  return {
    source: COINPAPRIKA,
    http,
    close: () => http.close(),
    async quote(symbol) {
      const url = `${base}/tickers/${encodeURIComponent(symbol)}?quotes=USD`;
      const answer = await http.getJson(url, { schema: Ticker, deadlineMs: options.deadlineMs });
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
  };
}
