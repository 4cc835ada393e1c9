// Answers for prices: the last good value at once, a fresher one if it comes in time, a fallback source when CoinGecko fails.
import type { CachedQuote, QuoteCache } from '../quote-cache.ts';
import type { Fallbacks } from '../fallback/select.ts';
import type { Intake } from '../plausibility/batch-check.ts';
import type { CurrencyRefresher } from './refresher.ts';
import type { CoinRef, Conversion, Quote, QuoteResult, QuoteResults } from '../market.ts';
import type { Point } from '../plausibility/price-check.ts';
import { fromFallback } from './from-fallback.ts';
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
  /** The rate from dollars to another currency; null when it is unknown, too old, or in doubt. */
  conversion: (currency: string) => Conversion | null;
  now: () => number;
  monotonic: () => number;
  sleep: Sleep;
  /** Longest wait of an asker in ms. */
  waitMs: number;
};

export type Quotes = {
  quotes(ids: readonly string[], currency: string): Promise<QuoteResults>;
  known(ids: readonly string[], currency: string): QuoteResults;
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
/** Only said where fallback sources are configured. */
const NO_OTHER = 'no other source prices this coin';
const UNKNOWN: QuoteResult = { quote: null, reason: 'CoinGecko does not list this coin' };
const TOO_MANY: QuoteResult = { quote: null, reason: `at most ${MOST_IDS} coins can be asked at once` };

export function createQuotes(options: QuotesOptions): Quotes {
  const { cache, intake, fallbacks, watch, now, monotonic, sleep, waitMs } = options;

  /** What there is of CoinGecko: the last good value, or the newest one where nobody objects any more. */
  function latest(id: string, currency: string): { held: CachedQuote; unconfirmed: boolean } | null {
    const [good, newest] = [cache.get(currency, id), intake.unconfirmed(currency, id)];
    if (newest !== null) return { held: newest, unconfirmed: true };
    return good === null ? null : { held: good, unconfirmed: false };
  }

  /** CoinGecko's value is missing or too old for the state in which its endpoint is. */
  function isOld(id: string, currency: string): boolean {
    const found = latest(id, currency);
    if (found === null) return true;
    const age = now() - found.held.quote.at;
    return age > (options.refresher(currency).healthy() ? DELAYED_AGE_MS : FAILING_AGE_MS);
  }

  /** Fallback sources quote dollars; any other currency needs an exchange rate. */
  function wantsFallback(id: string, currency: string): boolean {
    if (!fallbacks.knows(id) || !isOld(id, currency)) return false;
    return currency === 'usd' || options.conversion(currency) !== null;
  }

  /** The last dollar price that went through the gate, to check a fallback with; by way of the currency asked for, if need be. */
  function lastDollars(id: string, currency: string): Point | null {
    const dollars = cache.get('usd', id)?.quote;
    if (dollars !== undefined || currency === 'usd') return dollars ?? null;
    const [quote, conversion] = [cache.get(currency, id)?.quote, options.conversion(currency)];
    return quote && conversion ? { price: quote.price / conversion.rate, at: quote.at } : null;
  }

  async function settle(ids: readonly string[], currency: string): Promise<void> {
    const batch = options.refresher(currency).refresh(ids);
    // Half of the wait belongs to CoinGecko alone; after that the fallbacks get their chance to be in time.
    await waitAtMost(batch, waitMs / 2, sleep);
    const wanting = ids.filter((id) => wantsFallback(id, currency));
    await Promise.all(wanting.map((id) => fallbacks.refresh(id, lastDollars(id, currency))));
    if (wanting.length === 0 || wanting.some((id) => fallbacks.held(id) === null)) await batch;
  }

  /** A batch that is late already keeps nobody waiting again who can have a known value at once. */
  function patienceMs(stale: readonly string[], currency: string): number {
    const since = options.refresher(currency).runningSince();
    if (since === null || stale.some((id) => cache.get(currency, id) === null)) return waitMs;
    return Math.max(0, waitMs - (monotonic() - since));
  }

  function answer(id: string, currency: string): QuoteResult {
    const found = latest(id, currency);
    const other = wantsFallback(id, currency) ? fallbacks.held(id) : null;
    const ref = other === null ? null : options.refOf(id);
    if (other !== null && ref !== null && other.at > (found?.held.quote.at ?? 0)) {
      const conversion = currency === 'usd' ? null : options.conversion(currency);
      return { quote: fromFallback(ref, other, currency, conversion), checking: false };
    }
    if (found === null) return { quote: null, reason: `${options.refresher(currency).reason(id)}${lack(id)}` };
    const { held, unconfirmed } = found;
    const quote: Quote = unconfirmed ? { ...held.quote, unconfirmed: true } : held.quote;
    const checking = !unconfirmed && intake.checking(currency, id);
    const trouble = isOld(id, currency) && lack(id) !== '' ? { trouble: NO_OTHER } : {};
    return { quote, checking, ...trouble };
  }

  /** What to say where no fallback source can step in, for as long as some are configured. */
  function lack(id: string): string {
    return fallbacks.sources.length === 0 || fallbacks.knows(id) ? '' : `; ${NO_OTHER}`;
  }

  const isReal = (id: string, currency: string) =>
    ID.test(id) && (options.mayExist(id) || cache.get(currency, id) !== null);

  async function quotes(asked: readonly string[], currency: string): Promise<QuoteResults> {
    const single = [...new Set(asked)];
    const [ids, rest] = [single.slice(0, MOST_IDS), single.slice(MOST_IDS)];
    const real = ids.filter((id) => isReal(id, currency));
    watch.ask(real, currency);
    const due = new Set(options.refresher(currency).stale(real));
    const stale = real.filter((id) => due.has(id) || wantsFallback(id, currency));
    if (stale.length > 0) {
      const patience = patienceMs(stale, currency);
      const settled = settle(stale, currency);
      if (patience > 0) await waitAtMost(settled, patience, sleep);
    }
    const listed = new Set(real);
    return quoteResults([
      ...ids.map((id) => [id, listed.has(id) ? answer(id, currency) : UNKNOWN] as const),
      ...rest.map((id) => [id, TOO_MANY] as const),
    ]);
  }

  return {
    quotes,
    known: (ids, currency) =>
      quoteResults(ids.map((id) => [id, isReal(id, currency) ? answer(id, currency) : UNKNOWN] as const)),
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
