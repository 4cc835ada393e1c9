// Fallback source Coinbase Exchange: last trade of a dollar product, no key (about ten calls a second).
import { z } from 'zod';
import { barePrice, decimal, presentPrice } from './source.ts';
import type { FallbackOptions, FallbackSource } from './source.ts';
import { createHttp } from '../../http/client.ts';

const COINBASE = { id: 'coinbase', name: 'Coinbase', url: 'https://exchange.coinbase.com' } as const;
export const COINBASE_URL = 'https://api.exchange.coinbase.com';

const Ticker = z.object({
  price: z.string(),
  bid: z.string().nullable().catch(null),
  invocation: z.string().nullable().catch(null),
  time: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/u)
    .transform((text) => Date.parse(text))
    .pipe(z.number()),
});

/** Symbols look like "TAO-USD". Docs: docs.cdp.coinbase.com, Exchange REST, "Get product ticker". */
export function createCoinbase(options: FallbackOptions): FallbackSource {
  const http = createHttp({ name: COINBASE.name, now: options.now, ...(options.log ? { log: options.log } : {}) });
  const base = options.baseUrl.replace(/\/+$/u, '');
  return {
    source: COINBASE,
    http,
    close: () => http.close(),
    async quote(symbol) {
      const url = `${base}/products/${encodeURIComponent(symbol)}/ticker`;
      const answer = await http.getJson(url, { schema: Ticker, deadlineMs: options.deadlineMs });
      if (answer.kind !== 'ok') return answer;
      const { price, bid, invocation, time } = answer.data;
      const value = presentPrice(decimal(price), decimal(bid), decimal(invocation));
      if (value === null) return { kind: 'failed', reason: 'Coinbase sent no usable price' };
      return { kind: 'ok', data: barePrice(value, time) };
    },
  };
}
