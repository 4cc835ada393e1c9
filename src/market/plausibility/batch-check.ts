// Lets a batch of rows through the price gate: sentinels first, then coin by coin; only what passes reaches the cache.
import { HOUR } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { CachedQuote, QuoteCache } from '../quote-cache.ts';
import type { MarketRow } from '../coingecko/schema.ts';
import { judge } from './price-check.ts';
import type { Point, Suspicion } from './price-check.ts';
import { credibleRow, hasWitness, toExtra, toQuote } from '../coingecko/convert.ts';
import { checkSentinels, excused } from './sentinels.ts';

export type Intake = {
  /** Judges the rows; false when the sentinels speak against the whole batch, which then leaves no trace. */
  accept(rows: readonly MarketRow[], currency: string): Promise<boolean>;
  /** A newer value of this coin waits for confirmation. */
  checking(currency: string, id: string): boolean;
  /** Time of the last look at a doubted value of the currency; null when nothing is in doubt. */
  doubtedAt(currency: string): number | null;
};

export type IntakeOptions = {
  cache: QuoteCache;
  /** Independent dollar price of a coin; null when none can be had. */
  second: (id: string) => Promise<number | null>;
  /** Units of `currency` per US dollar, null when unknown. */
  perDollar: (currency: string) => number | null;
  keep: (id: string) => boolean;
  now: () => number;
  log?: Log;
};

/** A crash of the whole market doubts many coins at once; only so many are looked up elsewhere per batch. */
const MOST_SECOND_LOOKS = 8;
/** A doubt that no newer poll has touched for so long is forgotten. */
const DOUBT_MS = 2 * HOUR;

export function createIntake(options: IntakeOptions): Intake {
  const { cache, now, log } = options;
  const doubts = new Map<string, Suspicion>();

  const lastOf = (currency: string) => (id: string) => cache.get(currency, id)?.quote ?? null;

  async function secondLooks(ids: readonly string[], perDollar: number | null): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    if (perDollar === null) return found;
    const looks = ids.slice(0, MOST_SECOND_LOOKS).map(async (id) => {
      const dollars = await options.second(id);
      if (dollars !== null) found.set(id, dollars * perDollar);
    });
    await Promise.all(looks);
    return found;
  }

  async function sentinelsHold(
    points: ReadonlyMap<string, Point>,
    currency: string,
  ): Promise<'no' | 'yes' | 'guarded'> {
    const perDollar = options.perDollar(currency);
    const check = checkSentinels({ prices: points, last: lastOf(currency), perDollar });
    if (check.failing.length === 0) return check.guarded ? 'guarded' : 'yes';
    const second = await secondLooks(check.failing, perDollar);
    if (excused(check.failing, points, (id) => second.get(id) ?? null)) return 'yes';
    log?.warn({ currency, failing: check.failing }, 'batch of prices refused: sentinels out of range');
    return 'no';
  }

  function judgeRow(row: MarketRow, currency: string, guarded: boolean, second: number | null) {
    const last = lastOf(currency)(row.id);
    const credible = !credibleRow(row) ? 'no' : guarded || hasWitness(row) ? 'yes' : 'unproven';
    const suspicion = doubts.get(`${currency}:${row.id}`) ?? null;
    return judge({ seen: pointOf(row), last, suspicion, second, credible, now: now() });
  }

  return {
    async accept(allRows, currency) {
      const rows = withoutDuplicates(allRows);
      const points = new Map(rows.map((row) => [row.id, pointOf(row)]));
      const hold = await sentinelsHold(points, currency);
      if (hold === 'no') return false;
      const guarded = hold === 'guarded';
      const doubted = rows.filter((row) => judgeRow(row, currency, guarded, null).kind === 'suspect');
      const second = await secondLooks(
        doubted.map((row) => row.id),
        options.perDollar(currency),
      );
      const accepted: CachedQuote[] = [];
      for (const row of rows) {
        const key = `${currency}:${row.id}`;
        const verdict = judgeRow(row, currency, guarded, second.get(row.id) ?? null);
        if (verdict.kind === 'suspect') {
          doubts.set(key, verdict.suspicion);
          const { polls } = verdict.suspicion;
          log?.[polls === 1 ? 'info' : 'debug']({ coin: row.id, currency, polls }, 'price held back until confirmed');
          continue;
        }
        if (verdict.kind === 'refuse') continue;
        doubts.delete(key);
        accepted.push({ quote: toQuote(row, currency, now()), extra: toExtra(row), seenAt: now() });
      }
      cache.put(accepted, options.keep);
      return true;
    },
    checking: (currency, id) => doubts.has(`${currency}:${id}`),
    doubtedAt(currency) {
      let latest: number | null = null;
      for (const [key, doubt] of doubts) {
        if (now() - doubt.lastPollAt > DOUBT_MS) doubts.delete(key);
        else if (key.startsWith(`${currency}:`)) latest = Math.max(latest ?? 0, doubt.lastPollAt);
      }
      return latest;
    },
  };
}

function pointOf(row: MarketRow): Point {
  return { price: row.current_price, at: row.last_updated };
}

/** Two rows for one coin leave open which is right: neither counts. */
function withoutDuplicates(rows: readonly MarketRow[]): MarketRow[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.id, (counts.get(row.id) ?? 0) + 1);
  return rows.filter((row) => counts.get(row.id) === 1);
}
