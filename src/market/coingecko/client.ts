// Speaks to CoinGecko's API with the host, key header and budget of the plan.
import type { Log } from '../../base/log.ts';
import type { Outcome } from '../../http/outcome.ts';
import type { ZodType } from 'zod';
import { ChartPoint, CoinList, CoinListRow, ExchangeRate, ExchangeRates } from './schema.ts';
import { MarketChart, MarketRow, MarketRows, soundRow, soundRows } from './schema.ts';
import type { Http } from '../../http/client.ts';
import { createHttp } from '../../http/client.ts';
import type { CallMeter, Purpose } from './call-meter.ts';
import { inTurns } from '../in-turns.ts';
import type { Range } from '../../base/ranges.ts';
import type { Source } from '../market.ts';
import { PLANS } from './plans.ts';
import type { Plan } from './plans.ts';

export const COINGECKO: Source = { id: 'coingecko', name: 'CoinGecko', url: 'https://www.coingecko.com' };

/** Most coins in one `/coins/markets` page (CoinGecko's own limit). */
const PAGE_SIZE = 250;

const DAYS: Readonly<Record<Range, string>> = { '24h': '1', '7d': '7', '30d': '30', '90d': '90', '1y': '365' };
/** The coin list has some 18,000 rows of about 75 bytes; everything else fits the common cap. */
const LIST_BYTES = 8_000_000;

type MarketPage = { rows: MarketRow[]; broken: number };

/** An outcome in which "not found" cannot be told from a failure. */
type Answer<T> = Exclude<Outcome<T>, { kind: 'missing' }>;

export type CoinGecko = {
  /** The given coins, or the largest by market cap when `ids` is null. `broken` counts the rows that could not be read. */
  markets(ids: readonly string[] | null, currency: string, purpose: Purpose): Promise<Answer<MarketPage>>;
  list(): Promise<Answer<{ id: string; symbol: string; name: string }[]>>;
  /** `missing` for a coin that CoinGecko does not list. Points [epoch ms, price] as sent: neither sorted nor checked. */
  chart(id: string, currency: string, range: Range): Promise<Outcome<(readonly [number, number])[]>>;
  /** Units of each currency that one bitcoin buys. */
  rates(): Promise<Answer<ReadonlyMap<string, number>>>;
  http: Pick<Http, 'pausing' | 'distrust' | 'state'>;
  close(): Promise<void>;
};

export type CoinGeckoOptions = {
  plan: Plan;
  apiKey?: string;
  baseUrl: string;
  meter: CallMeter;
  now: () => number;
  deadlineMs: number;
  log?: Log;
};

/** Rows with a week of prices that are checked before others have their turn: two milliseconds. */
const ROWS_AT_ONCE = 20;

export function createCoinGecko(options: CoinGeckoOptions): CoinGecko {
  const { plan, apiKey, meter, now, log } = options;
  const http = createHttp({ name: COINGECKO.name, now, ...(log ? { log } : {}) });
  const base = options.baseUrl.replace(/\/+$/u, '');
  const { keyHeader } = PLANS[plan];
  const headers: Record<string, string> = keyHeader !== null && apiKey !== undefined ? { [keyHeader]: apiKey } : {};

  async function call<T>(
    path: string,
    query: Record<string, string>,
    purpose: Purpose,
    schema: ZodType<T>,
    maxBytes?: number,
  ): Promise<Outcome<T>> {
    const paused = http.pausing();
    if (paused) return paused; // before the meter: a call that is not made costs nothing
    const credit = await meter.take(purpose);
    if (!credit.granted) return { kind: 'failed', reason: credit.reason };
    const url = `${base}${path}?${new URLSearchParams(query).toString()}`;
    const limits = { schema, headers, deadlineMs: options.deadlineMs, ...(maxBytes === undefined ? {} : { maxBytes }) };
    return http.getJson(url, limits);
  }

  function unusable(fault: string): Answer<never> {
    const reason = `${COINGECKO.name} ${fault}`;
    http.distrust(reason);
    return { kind: 'failed', reason };
  }

  /** Addresses that always exist: not finding them is a fault of the far end (or of COINGECKO_API_URL), which deserves a pause. */
  function present<T>(outcome: Outcome<T>): Answer<T> {
    return outcome.kind === 'missing' ? unusable('does not know this address') : outcome;
  }

  return {
    async markets(ids, currency, purpose) {
      const query = {
        vs_currency: currency,
        ...(ids === null ? { order: 'market_cap_desc', page: '1' } : { ids: ids.join(',') }),
        per_page: String(PAGE_SIZE),
        sparkline: 'true',
        price_change_percentage: '1h,24h,7d,30d,1y',
        precision: 'full',
      };
      const answer = present(await call('/coins/markets', query, purpose, MarketRows));
      if (answer.kind !== 'ok') return answer;
      const rows = await inTurns(answer.data, (row) => soundRow(row, MarketRow), ROWS_AT_ONCE);
      const broken = answer.data.length - rows.length;
      return rows.length > 0 || broken === 0
        ? { kind: 'ok', data: { rows, broken } }
        : unusable('sent an unreadable answer');
    },
    async list() {
      const answer = present(await call('/coins/list', {}, 'directory', CoinList, LIST_BYTES));
      if (answer.kind !== 'ok') return answer;
      return { kind: 'ok', data: await inTurns(answer.data, (row) => soundRow(row, CoinListRow)) };
    },
    async chart(id, currency, range) {
      const query = { vs_currency: currency, days: DAYS[range], precision: 'full' };
      const answer = await call(`/coins/${encodeURIComponent(id)}/market_chart`, query, 'history', MarketChart);
      return answer.kind === 'ok' ? { kind: 'ok', data: soundRows(answer.data.prices, ChartPoint) } : answer;
    },
    async rates() {
      const answer = present(await call('/exchange_rates', {}, 'rates', ExchangeRates));
      if (answer.kind !== 'ok') return answer;
      const rates = new Map<string, number>();
      for (const [unit, row] of Object.entries(answer.data.rates)) {
        const parsed = ExchangeRate.safeParse(row);
        if (parsed.success) rates.set(unit.toLowerCase(), parsed.data.value);
      }
      return { kind: 'ok', data: rates };
    },
    http,
    close: () => http.close(),
  };
}
