// Fallback source Coinbase Exchange: last trade of a dollar product, no key (about ten calls a second).
import { z } from 'zod';
import { barePrice, decimal, presentPrice } from './source.ts';
import type { SourceDefinition } from './source.ts';

const Ticker = z.object({
  price: z.string(),
  bid: z.string().nullable().catch(null),
  ask: z.string().nullable().catch(null),
  time: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/u)
    .transform((text) => Date.parse(text))
    .pipe(z.number()),
});

/** How the names of dollar products end. */
const DOLLARS = '-USD';

/** Symbols look like "TAO-USD". Docs: docs.cdp.coinbase.com, Exchange REST, "Get product ticker". */
export const coinbase = {
  id: 'coinbase',
  name: 'Coinbase',
  url: 'https://exchange.coinbase.com',
  api: { name: 'Coinbase Exchange', url: 'https://api.exchange.coinbase.com' },
  async quote(symbol, api) {
    if (!symbol.endsWith(DOLLARS)) return { kind: 'missing' };
    const answer = await api.get(`/products/${encodeURIComponent(symbol)}/ticker`, Ticker);
    if (answer.kind !== 'ok') return answer;
    const { price, bid, ask, time } = answer.data;
    const value = presentPrice(decimal(price), decimal(bid), decimal(ask));
    if (value === null) return { kind: 'failed', reason: 'Coinbase sent no usable price' };
    return { kind: 'ok', data: barePrice(value, time) };
  },
} as const satisfies SourceDefinition;
