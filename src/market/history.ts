// Price history for charts: one source, cached per coin, currency and range; the 7-day line of the quote stands in when there is none.
import { LRUCache } from 'lru-cache';
import { type Attempts, createAttempts, forbiddenBy } from './attempts.ts';
import type { Outcome } from '../http/outcome.ts';
import type { QuoteCache } from './quote-cache.ts';
import { COINGECKO } from './coingecko/client.ts';
import type { CoinGecko } from './coingecko/client.ts';
import { type Range, RANGE_LENGTHS } from '../base/ranges.ts';
import type { Quote, Series, SeriesResult } from './market.ts';
import { allowedStep } from './plausibility/price-check.ts';
import { standsAlone } from './coingecko/convert.ts';
import { HOUR, MINUTE, type Sleep, waitAtMost } from '../base/clock.ts';

export type History = {
  /** `asker`: who wants to see it, absent for the bot itself. */
  history(coinId: string, currency: string, range: Range, asker?: string): Promise<SeriesResult>;
};

type Wish = { coinId: string; currency: string; range: Range; asker: string | undefined };

/** A series is kept for about the time in which its newest point would move the line by a pixel. */
const KEEP_MS: Readonly<Record<Range, number>> = {
  '24h': 5 * MINUTE,
  '7d': 30 * MINUTE,
  '30d': HOUR,
  '90d': 6 * HOUR,
  '1y': 12 * HOUR,
};
const MOST_SERIES = 300;
/** End of a series and a fresh price further apart than this: one of them is broken, and the price went through the gate. */
const FACTOR = Math.log(3);

export function createHistory(options: {
  client: Pick<CoinGecko, 'chart'>;
  cache: QuoteCache;
  mayExist: (id: string) => boolean;
  /** Coins whose charts have a part of the budget to themselves. */
  reserved: (id: string) => boolean;
  now: () => number;
  monotonic: () => number;
  sleep: Sleep;
  waitMs: number;
}): History {
  const { client, cache, now, monotonic, sleep, waitMs } = options;
  const held = new LRUCache<string, { series: Series; fetchedAt: number }>({ max: MOST_SERIES });
  const reasons = new LRUCache<string, string>({ max: MOST_SERIES });
  const attempts = new LRUCache<string, Attempts>({ max: MOST_SERIES });
  const running = new Map<string, Promise<string | null>>();

  /** Each chart is paced by itself: what is broken about one says nothing about the others. Returns why nothing was asked, null when it was. */
  async function fetch(key: string, { coinId, currency, range, asker }: Wish): Promise<string | null> {
    const paced = attempts.get(key) ?? createAttempts(monotonic);
    attempts.set(key, paced);
    if (!paced.due(0)) return null;
    const caller = asker === undefined ? undefined : { asker, reserved: options.reserved(coinId) };
    const answer = await client.chart(coinId, currency, range, caller);
    const forbidden = forbiddenBy(answer);
    if (forbidden !== null) return forbidden; // said to this asker alone: another one may be allowed
    const fault = answer.kind === 'ok' ? take(key, { coinId, currency, range }, answer.data) : reasonOf(answer);
    paced.made(fault);
    if (fault !== null) reasons.set(key, fault);
    return null;
  }

  /** Keeps a believable series; otherwise says what is wrong with it. */
  function take(
    key: string,
    asked: Pick<Series, 'coinId' | 'currency' | 'range'>,
    raw: readonly (readonly [number, number])[],
  ): string | null {
    const points = soundPoints(raw, asked.range, now());
    const last = points.at(-1);
    const quote = cache.get(asked.currency, asked.coinId)?.quote;
    if (last === undefined || points.length < 2) return `${COINGECKO.name} has no history of this coin`;
    if (quote && Math.abs(Math.log(last[1] / quote.price)) > Math.max(FACTOR, allowedStep(now() - quote.at)))
      return 'the history is being checked';
    const series = { ...asked, points, at: Math.min(last[0], now()), source: COINGECKO };
    held.set(key, { series, fetchedAt: monotonic() });
    return null;
  }

  function refresh(key: string, wish: Wish): Promise<string | null> {
    const ongoing = running.get(key);
    if (ongoing) return ongoing.then((said) => (said === null ? null : refresh(key, wish))); // refused to whoever began it
    const work = fetch(key, wish).finally(() => running.delete(key));
    running.set(key, work);
    return work;
  }

  return {
    async history(coinId, currency, range, asker) {
      const key = `${currency}:${coinId}:${range}`;
      const known = held.get(key);
      const fresh = known !== undefined && monotonic() - known.fetchedAt < KEEP_MS[range];
      let refusal: string | null = null;
      if (!fresh && options.mayExist(coinId)) {
        const work = refresh(key, { coinId, currency, range, asker });
        await waitAtMost(
          work.then((said) => (refusal = said)),
          waitMs,
          sleep,
        );
      }
      const series = held.get(key)?.series ?? fromSparkline(cache.get(currency, coinId)?.quote ?? null, range);
      if (series !== null) return { series };
      if (!options.mayExist(coinId)) return { series: null, reason: `${COINGECKO.name} does not list this coin` };
      return { series: null, reason: refusal ?? reasons.get(key) ?? `${COINGECKO.name} did not answer in time` };
    },
  };
}

function reasonOf(answer: Exclude<Outcome<unknown>, { kind: 'ok' }>): string {
  return answer.kind === 'missing' ? `${COINGECKO.name} does not list this coin` : answer.reason;
}

/** Ascending, inside the range, one point per instant, without single spikes. */
function soundPoints(
  points: readonly (readonly [number, number])[],
  range: Range,
  now: number,
): (readonly [number, number])[] {
  const from = now - RANGE_LENGTHS[range].ms * 1.1;
  const inside = points.filter(([at]) => at >= from && at <= now + MINUTE);
  const sorted = inside.toSorted((left, right) => left[0] - right[0]);
  const single = sorted.filter((point, index) => point[0] !== sorted[index + 1]?.[0]);
  const prices = single.map(([, price]) => price);
  return single.filter((_, index) => !standsAlone(prices, index));
}

/** The hourly 7-day line that came with the quote: its last hour is the moment of the quote, which has the quoted price itself. */
function fromSparkline(
  quote: Pick<Quote, 'coinId' | 'currency' | 'sparkline' | 'at' | 'price'> | null,
  range: Range,
): Series | null {
  if (quote === null || quote.sparkline === null || (range !== '7d' && range !== '24h')) return null;
  const prices = range === '7d' ? quote.sparkline : quote.sparkline.slice(-25);
  const { coinId, currency, at } = quote;
  const last = prices.length - 1;
  const points = prices.flatMap((known, index) => {
    const price = index === last ? quote.price : known;
    return price === null ? [] : [[at - (last - index) * HOUR, price] as const]; // an hour without a price stays a gap
  });
  return { coinId, currency, range, points, at, source: COINGECKO };
}
