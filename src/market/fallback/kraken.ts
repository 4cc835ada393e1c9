// Fallback source Kraken: last trade of a dollar pair with the day's range, no key (about one call a second).
import { z } from 'zod';
import { barePrice, decimal, presentPrice } from './source.ts';
import type { SourceDefinition } from './source.ts';

const Texts = z.array(z.unknown()).catch([]);
const Pair = z.object({ a: Texts, b: Texts, c: Texts, h: Texts, l: Texts });
const Ticker = z.object({ error: z.array(z.string()), result: z.record(z.string(), Pair).optional() });

/** Documented under "Error Messages" and "Rate Limits" of docs.kraken.com/api. */
const LIMITS: ReadonlySet<string> = new Set([
  'EGeneral:Too many requests',
  'EGeneral:Temporary lockout',
  'EAPI:Rate limit exceeded',
]);
/** How the names of dollar pairs end. */
const DOLLARS = 'USD';
const UNKNOWN_PAIRS: ReadonlySet<string> = new Set(['EQuery:Unknown asset pair', 'EQuery:Unknown asset']);

/** Symbols look like "TAOUSD". Docs: docs.kraken.com/api, "Get Ticker Information". The second figure of h and l covers 24 hours. */
export const kraken = {
  id: 'kraken',
  name: 'Kraken',
  url: 'https://www.kraken.com',
  api: { name: 'Kraken', url: 'https://api.kraken.com/0' },
  /** With or without the version: Kraken's own documentation writes both. */
  baseUrl: (given) => `${given.replace(/\/0$/u, '')}/0`,
  async quote(symbol, api) {
    if (!symbol.endsWith(DOLLARS)) return { kind: 'missing' };
    const answer = await api.get(`/public/Ticker?pair=${encodeURIComponent(symbol)}`, Ticker);
    if (answer.kind !== 'ok') return answer;
    // Errors come with status 200; what begins with W is a warning beside a result.
    const errors = answer.data.error.filter((text) => text.startsWith('E'));
    const [error] = errors;
    if (errors.some((text) => LIMITS.has(text))) return api.limited();
    if (error !== undefined)
      return errors.every((text) => UNKNOWN_PAIRS.has(text))
        ? { kind: 'missing' }
        : api.failed('Kraken answered with an error');
    // Kraken answers under its own name of the pair (XBTUSD becomes XXBTZUSD), so ask for one pair and expect exactly one.
    const [named, ...others] = Object.entries(answer.data.result ?? {});
    if (named === undefined || others.length > 0) return { kind: 'missing' };
    const [name, pair] = named;
    if (!name.endsWith(DOLLARS)) return { kind: 'failed', reason: 'Kraken answered in another currency' };
    const price = presentPrice(decimal(pair.c[0]), decimal(pair.b[0]), decimal(pair.a[0]));
    if (price === null) return { kind: 'failed', reason: 'Kraken sent no usable price' };
    const range = { high24h: decimal(pair.h[1]), low24h: decimal(pair.l[1]) };
    // The ticker carries no time of its own: it states the order book of this moment.
    return { kind: 'ok', data: { ...barePrice(price, api.now()), ...range } };
  },
} as const satisfies SourceDefinition;
