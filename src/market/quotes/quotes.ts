// Answers for prices: the last good value at once, a fresher one if it comes in time, a fallback source when CoinGecko fails.
import type { CachedQuote, QuoteCache } from '../quote-cache.ts';
import type { FallbackPrice, Fallbacks } from '../fallback/select.ts';
import type { Intake } from '../plausibility/batch-check.ts';
import type { CurrencyRefresher } from './refresher.ts';
import type { CoinRef, Quote, QuoteResult, QuoteResults } from '../market.ts';
import { toPublicRow } from '../public-row.ts';
import { quoteResults } from '../quote-results.ts';
import type { Watch } from './demand.ts';
import { MINUTE, type Sleep, waitAtMost } from '../../base/clock.ts';

export type QuotesOptions = {
  refresher: (currency: string) => CurrencyRefresher;
  cache: QuoteCache;
  intake: Intake;
  fallbacks: Fallbacks;
  watch: Watch;
  /** Identity of a coin for values of fallback sources, which know no names. */
  refOf: (id: string) => CoinRef | null;
  /** False when the directory is known and does not hold the id. */
  mayExist: (id: string) => boolean;
  now: () => number;
  sleep: Sleep;
  /** Longest wait of an asker in ms. */
  waitMs: number;
};

export type Quotes = {
  quotes(ids: readonly string[], currency: string): Promise<QuoteResults>;
  rows(
    ids: readonly string[],
    currency: string,
  ): Promise<{ rows: readonly Record<string, unknown>[]; at: number | null }>;
};

/** While CoinGecko fails, its last value gives way to a fallback's at this age; a little earlier than people would call it old. */
const FAILING_AGE_MS = 5 * MINUTE;
/** Even while CoinGecko answers: from this age on a card says "delayed". */
const DELAYED_AGE_MS = 15 * MINUTE;
const ID = /^[^\s,/?#\p{C}]{1,100}$/u;
const MOST_IDS = 250;
const TOO_MANY: QuoteResult = { quote: null, reason: `at most ${MOST_IDS} coins can be asked at once` };

export function createQuotes(options: QuotesOptions): Quotes {
  const { cache, intake, fallbacks, watch, now, sleep, waitMs } = options;

  /** Only dollars: fallback sources quote nothing else. */
  function wantsFallback(id: string, currency: string): boolean {
    if (currency !== 'usd' || !fallbacks.knows(id)) return false;
    const held = cache.get(currency, id);
    if (held === null) return true;
    return now() - held.quote.at > (options.refresher(currency).healthy() ? DELAYED_AGE_MS : FAILING_AGE_MS);
  }

  async function settle(ids: readonly string[], currency: string): Promise<void> {
    const batch = options.refresher(currency).refresh(ids);
    // Half of the wait belongs to CoinGecko alone; after that the fallbacks get their chance to be in time.
    await waitAtMost(batch, waitMs / 2, sleep);
    const wanting = ids.filter((id) => wantsFallback(id, currency));
    await Promise.all(wanting.map((id) => fallbacks.refresh(id, cache.get('usd', id)?.quote ?? null)));
    if (wanting.length === 0 || wanting.some((id) => fallbacks.held(id) === null)) await batch;
  }

  /** A batch that is late already keeps nobody waiting again who can have a known value at once. */
  function patienceMs(stale: readonly string[], currency: string): number {
    const since = options.refresher(currency).runningSince();
    if (since === null || stale.some((id) => cache.get(currency, id) === null)) return waitMs;
    return Math.max(0, waitMs - (now() - since));
  }

  function answer(id: string, currency: string): QuoteResult {
    const held = cache.get(currency, id);
    const other = wantsFallback(id, currency) ? fallbacks.held(id) : null;
    const ref = other === null ? null : options.refOf(id);
    if (other !== null && ref !== null && other.at > (held?.quote.at ?? 0)) {
      return { quote: fromFallback(ref, other), checking: false };
    }
    if (held !== null) return { quote: held.quote, checking: intake.checking(currency, id) };
    return { quote: null, reason: options.refresher(currency).reason(id) };
  }

  async function quotes(asked: readonly string[], currency: string): Promise<QuoteResults> {
    const single = [...new Set(asked)];
    const [ids, rest] = [single.slice(0, MOST_IDS), single.slice(MOST_IDS)];
    const real = ids.filter((id) => ID.test(id) && (options.mayExist(id) || cache.get(currency, id) !== null));
    watch.ask(real, currency);
    const refresher = options.refresher(currency);
    const stale = real.filter((id) => !refresher.fresh(id) || wantsFallback(id, currency));
    if (stale.length > 0) {
      const patience = patienceMs(stale, currency);
      const settled = settle(stale, currency);
      if (patience > 0) await waitAtMost(settled, patience, sleep);
    }
    const known = new Set(real);
    const unknown: QuoteResult = { quote: null, reason: 'CoinGecko does not list this coin' };
    return quoteResults([
      ...ids.map((id) => [id, known.has(id) ? answer(id, currency) : unknown] as const),
      ...rest.map((id) => [id, TOO_MANY] as const),
    ]);
  }

  return {
    quotes,
    async rows(ids, currency) {
      const found = [...(await quotes(ids, currency)).values()].flatMap(({ quote }) => (quote ? [quote] : []));
      // CoinGecko's own order: largest market cap first, unknown last.
      found.sort((left, right) => (right.marketCap ?? -1) - (left.marketCap ?? -1));
      const rows = found.map((quote) => toPublicRow(quote, extraOf(quote, cache.get(currency, quote.coinId))));
      return { rows, at: found.length === 0 ? null : Math.min(...found.map((quote) => quote.at)) };
    },
  };
}

/** Figures of CoinGecko must not stand beside a price of another source. */
function extraOf(quote: Quote, held: CachedQuote | null): CachedQuote['extra'] | null {
  return quote.source.id === 'coingecko' ? (held?.extra ?? null) : null;
}

function fromFallback(ref: CoinRef, { source, ...price }: FallbackPrice): Quote {
  return {
    coinId: ref.id,
    symbol: ref.symbol,
    name: ref.name,
    currency: 'usd',
    ...price,
    ath: null,
    athChange: null,
    athAt: null,
    rank: ref.rank,
    circulatingSupply: null,
    totalSupply: null,
    maxSupply: null,
    sparkline: null,
    source,
  };
}
