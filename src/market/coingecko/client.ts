// Speaks to CoinGecko's API with the host, key header and budget of the plan.
import type { Log } from '../../base/log.ts';
import type { Outcome } from '../../http/outcome.ts';
import type { ZodType } from 'zod';
import { ChartPoint, CoinList, CoinListRow, ExchangeRate, ExchangeRates } from './schema.ts';
import { MarketChart, MarketRow, MarketRows, soundRow } from './schema.ts';
import type { Http } from '../../http/client.ts';
import { createHttp } from '../../http/client.ts';
import type { CallMeter } from './call-meter.ts';
import type { Caller, Purpose } from './call-shares.ts';
import { inTurns } from '../../base/turns.ts';
import { DAY } from '../../base/clock.ts';
import { type Range, RANGE_LENGTHS } from '../../base/ranges.ts';
import type { Source } from '../market.ts';
import { PLANS } from './plans.ts';
import type { Plan } from './plans.ts';

export const COINGECKO: Source = { id: 'coingecko', name: 'CoinGecko', url: 'https://www.coingecko.com' };

/** Most coins in one `/coins/markets` page (CoinGecko's own limit). */
const PAGE_SIZE = 250;

/** The coin list has some 18,000 rows of about 75 bytes; everything else fits the common cap. */
const LIST_BYTES = 8_000_000;

/** Parts of CoinGecko with a health of their own. */
export const ENDPOINTS = {
  prices: 'prices',
  largest: 'largest',
  list: 'list',
  charts: 'charts',
  rates: 'rates',
} as const;

export type MarketPage = {
  rows: MarketRow[];
  /** Rows that could not be read. */
  broken: number;
  /** How far our clock is ahead of CoinGecko's (ms). */
  aheadMs: number;
  /** To be called once: null when the rows are believed, else what is wrong with them. */
  judge: (fault: string | null) => void;
};

/** An outcome in which "not found" cannot be told from a failure. */
type Answer<T> = Exclude<Outcome<T>, { kind: 'missing' }>;

export type CoinGecko = {
  /** The given coins, or the largest by market cap when `ids` is null. */
  markets(ids: readonly string[] | null, currency: string, purpose: Purpose): Promise<Answer<MarketPage>>;
  list(): Promise<Answer<{ id: string; symbol: string; name: string }[]>>;
  /** `missing` for a coin that CoinGecko does not list. Points [epoch ms, price] as sent: neither sorted nor checked. */
  chart(id: string, currency: string, range: Range, caller?: Caller): Promise<Outcome<(readonly [number, number])[]>>;
  /** Units of each currency that one bitcoin buys. */
  rates(): Promise<Answer<ReadonlyMap<string, number>>>;
  http: Pick<Http, 'pausing' | 'distrust' | 'state' | 'pauses'>;
  close(): Promise<void>;
};

export type CoinGeckoOptions = {
  plan: Plan;
  apiKey?: string;
  baseUrl: string;
  meter: CallMeter;
  now: () => number;
  /** For pauses; `now` unless given. */
  monotonic?: () => number;
  deadlineMs: number;
  log?: Log;
};

type Call = {
  path: string;
  query: Record<string, string>;
  purpose: Purpose;
  caller?: Caller | undefined;
  endpoint: string;
  maxBytes?: number;
  blame?: 'request';
  judgedLater?: boolean;
};

/** Rows with a week of prices that are checked before others have their turn: two milliseconds. */
const ROWS_AT_ONCE = 20;

export function createCoinGecko(options: CoinGeckoOptions): CoinGecko {
  const { plan, apiKey, meter, now, log } = options;
  const monotonic = options.monotonic ?? now;
  const http = createHttp({ name: COINGECKO.name, now, monotonic, ...(log ? { log } : {}) });
  const base = options.baseUrl.replace(/\/+$/u, '');
  const { keyHeader } = PLANS[plan];
  const headers: Record<string, string> = keyHeader !== null && apiKey !== undefined ? { [keyHeader]: apiKey } : {};

  async function call<T>(asked: Call, schema: ZodType<T>): Promise<Outcome<T>> {
    const { path, query, purpose, caller, ...get } = asked;
    const paused = http.pausing(get.endpoint);
    // Before the meter: a call that is not made costs nothing.
    if (paused) return paused.kind === 'failed' ? { ...paused, unasked: true } : paused;
    const credit = await meter.take(purpose, caller);
    if (!credit.granted) return { kind: 'failed', reason: credit.reason, unasked: true };
    const url = `${base}${path}?${new URLSearchParams(query).toString()}`;
    return http.getJson(url, { ...get, schema, headers, deadlineMs: options.deadlineMs });
  }

  function unusable(fault: string, endpoint: string): Answer<never> {
    const reason = `${COINGECKO.name} ${fault}`;
    http.distrust(reason, endpoint);
    return { kind: 'failed', reason };
  }

  /** Addresses that always exist: not finding them is a fault of the far end (or of COINGECKO_API_URL), which deserves a pause. */
  function present<T>(outcome: Outcome<T>, endpoint: string): Answer<T> {
    return outcome.kind === 'missing' ? unusable('does not know this address', endpoint) : outcome;
  }

  return {
    async markets(ids, currency, purpose) {
      const endpoint = ids === null ? ENDPOINTS.largest : ENDPOINTS.prices;
      const query = {
        vs_currency: currency,
        ...(ids === null ? { order: 'market_cap_desc', page: '1' } : { ids: ids.join(',') }),
        per_page: String(PAGE_SIZE),
        sparkline: 'true',
        price_change_percentage: '1h,24h,7d,30d,1y',
        precision: 'full',
      };
      const startedAt = monotonic();
      const asked = { path: '/coins/markets', query, purpose, endpoint, judgedLater: true };
      const answer = present(await call(asked, MarketRows), endpoint);
      if (answer.kind !== 'ok') return answer;
      const rows = await inTurns(answer.data, (row) => soundRow(row, MarketRow), ROWS_AT_ONCE);
      const broken = answer.data.length - rows.length;
      if (rows.length === 0 && broken > 0) return unusable('sent an unreadable answer', endpoint);
      const judge = (fault: string | null) =>
        fault === null ? http.trust(endpoint, startedAt) : http.distrust(fault, endpoint);
      return { kind: 'ok', data: { rows, broken, aheadMs: answer.aheadMs ?? 0, judge } };
    },
    async list() {
      const endpoint = ENDPOINTS.list;
      const asked = { path: '/coins/list', query: {}, purpose: 'directory', endpoint, maxBytes: LIST_BYTES } as const;
      const answer = present(await call(asked, CoinList), endpoint);
      if (answer.kind !== 'ok') return answer;
      return { kind: 'ok', data: await inTurns(answer.data, (row) => soundRow(row, CoinListRow)) };
    },
    async chart(id, currency, range, caller) {
      const query = { vs_currency: currency, days: String(RANGE_LENGTHS[range].ms / DAY), precision: 'full' };
      const path = `/coins/${encodeURIComponent(id)}/market_chart`;
      // A broken chart says nothing about the others.
      const asked = { path, query, purpose: 'history', caller, endpoint: ENDPOINTS.charts, blame: 'request' } as const;
      const answer = await call(asked, MarketChart);
      if (answer.kind !== 'ok') return answer;
      return { kind: 'ok', data: await inTurns(answer.data.prices, (row) => soundRow(row, ChartPoint)) };
    },
    async rates() {
      const endpoint = ENDPOINTS.rates;
      const asked = { path: '/exchange_rates', query: {}, purpose: 'rates', endpoint } as const;
      const answer = present(await call(asked, ExchangeRates), endpoint);
      if (answer.kind !== 'ok') return answer;
      const rates = new Map<string, number>();
      for (const [unit, row] of Object.entries(answer.data.rates)) {
        const parsed = ExchangeRate.safeParse(row);
        if (parsed.success) rates.set(unit.toLowerCase(), parsed.data.value);
      }
      return { ...answer, data: rates };
    },
    http,
    close: () => http.close(),
  };
}
