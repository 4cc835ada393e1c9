// Lets a batch of rows through the price gate: sentinels first, then coin by coin; only what passes reaches the cache.
import { DAY, MINUTE } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { inTurns } from '../../base/turns.ts';
import type { CachedQuote, QuoteCache } from '../quote-cache.ts';
import { COINGECKO } from '../coingecko/client.ts';
import type { MarketRow } from '../coingecko/schema.ts';
import { FUTURE_MS, judge } from './price-check.ts';
import type { Point } from './price-check.ts';
import { credibleRow, hasWitness, toExtra, toQuote } from '../coingecko/convert.ts';
import { createDoubts, type Doubts } from './doubts.ts';
import { createRefusedBatches } from './refused-batches.ts';
import { checkSentinels, excused, impliedPerDollar, withoutBitcoin } from './sentinels.ts';
import { createSourceClock } from './source-clock.ts';

export type Intake = {
  /**
   * Judges the rows; false when the sentinels speak against the whole batch, which then leaves no trace. `aheadMs`: how far our clock is
   * ahead of the source's.
   */
  accept(rows: readonly MarketRow[], currency: string, aheadMs?: number): Promise<boolean>;
  /** A newer value of this coin waits for confirmation. */
  checking(currency: string, id: string): boolean;
  /** A value that stands for the last good one although nobody confirmed it: the objection to it has not been raised for long. */
  unconfirmed(currency: string, id: string): CachedQuote | null;
  /** Last look at a doubt that needs more polls (monotonic ms); null when there is none. */
  followUpAt: Doubts['followUpAt'];
  /** Beginning of each doubt of a price or a batch (monotonic ms). */
  doubtsBegun(): readonly number[];
};

export type IntakeOptions = {
  cache: QuoteCache;
  /** Independent dollar price of a coin; null when none can be had. */
  second: (id: string) => Promise<number | null>;
  /** Units of `currency` per US dollar, null when unknown. */
  perDollar: (currency: string) => number | null;
  /** Tells that prices of a batch imply this rate, which is not the one held; it may be read anew. */
  onRate?: (currency: string, implied: number, aheadMs: number) => Promise<void>;
  keep: (id: string) => boolean;
  now: () => number;
  /** For lengths of time; `now` unless given. */
  monotonic?: () => number;
  log?: Log;
};

/** A crash of the whole market doubts many coins at once; only so many are looked up elsewhere per batch. */
const MOST_SECOND_LOOKS = 8;
/** Rows with a week of prices that are converted before others have their turn: about a millisecond. */
const ROWS_AT_ONCE = 25;
/** A dollar price of this age can speak for or against the same coin in another currency. */
const DOLLARS_MS = 3 * MINUTE;

type Hold = 'no' | 'yes' | 'guarded';
type Batch = { rows: readonly MarketRow[]; points: ReadonlyMap<string, Point>; currency: string; aheadMs: number };

export function createIntake(options: IntakeOptions): Intake {
  const { cache, now, log } = options;
  const monotonic = options.monotonic ?? now;
  const logged = log ? { log } : {};
  const doubts = createDoubts({ now, monotonic, ...logged });
  const refused = createRefusedBatches({ monotonic, ...logged });
  const clock = createSourceClock({ source: COINGECKO.name, now, ...logged });

  const lastOf = (currency: string) => (id: string) => {
    const held = cache.get(currency, id);
    return held === null ? null : { price: held.quote.price, at: held.sourceAt };
  };

  /** In another currency, the dollar price that went through the gate a moment ago is the first witness. */
  function freshDollars(id: string, currency: string): number | null {
    const held = currency === 'usd' ? null : cache.get('usd', id);
    return held !== null && now() - held.quote.at <= DOLLARS_MS ? held.quote.price : null;
  }

  async function secondLooks(ids: readonly string[], currency: string): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    const perDollar = options.perDollar(currency);
    if (perDollar === null) return found;
    const looks = ids.slice(0, MOST_SECOND_LOOKS).map(async (id) => {
      const dollars = freshDollars(id, currency) ?? (await options.second(id));
      if (dollars !== null) found.set(id, dollars * perDollar);
    });
    await Promise.all(looks);
    return found;
  }

  async function sentinelsHold(batch: Batch): Promise<Hold> {
    const { points, currency } = batch;
    const check = () => {
      const found = checkSentinels({ prices: points, last: lastOf(currency), perDollar: options.perDollar(currency) });
      return currency === 'usd' ? found : withoutBitcoin(found);
    };
    let { failing, guarded } = check();
    const implied = failing.length > 0 && currency !== 'usd' ? impliedPerDollar(points) : null;
    if (implied !== null) {
      await options.onRate?.(currency, implied, batch.aheadMs);
      ({ failing, guarded } = check());
    }
    const second = await secondLooks(failing, currency);
    const hold = failing.length === 0 || excused(failing, points, (id) => second.get(id) ?? null);
    if (hold) {
      refused.hold(currency);
      return guarded ? 'guarded' : 'yes';
    }
    return refused.refuse(currency, failing) ? 'no' : 'yes';
  }

  /**
   * The last accepted value, to compare a row with. Its time may have come from a source that was ahead of itself: one that lies in the source's
   * own future says nothing, and would refuse all that comes after it.
   */
  function lastBefore(row: MarketRow, { currency, aheadMs }: Batch): Point | null {
    const held = cache.get(currency, row.id);
    if (held === null) return null;
    const [price, sourceNow] = [held.quote.price, now() - aheadMs];
    const never = held.sourceAt > sourceNow + FUTURE_MS && held.sourceAt > row.last_updated;
    const seenAt = Math.max(sourceNow - (monotonic() - held.seenAt), sourceNow - DAY);
    return { price, at: never ? Math.min(seenAt, row.last_updated) : held.sourceAt };
  }

  function judgeRow(row: MarketRow, batch: Batch, guarded: boolean, second: number | null) {
    const { currency } = batch;
    const last = lastBefore(row, batch);
    const credible = !credibleRow(row) ? 'no' : guarded || hasWitness(row) ? 'yes' : 'unproven';
    const suspicion = doubts.suspicion(currency, row.id);
    return judge({ seen: pointOf(row), last, suspicion, second, credible, now: monotonic() });
  }

  function entryOf(row: MarketRow, { currency, aheadMs }: Batch): CachedQuote {
    const at = clock.read(row.last_updated, aheadMs) ?? now();
    return { quote: toQuote(row, currency, at), sourceAt: row.last_updated, extra: toExtra(row), seenAt: monotonic() };
  }

  /** Every row by itself; the accepted ones come back. */
  async function judgeRows(batch: Batch, guarded: boolean): Promise<CachedQuote[]> {
    const { rows, currency } = batch;
    const entries = new Map(await inTurns(rows, (row) => [[row.id, entryOf(row, batch)] as const], ROWS_AT_ONCE));
    const doubted = rows.filter((row) => ['suspect', 'unconfirmed'].includes(judgeRow(row, batch, guarded, null).kind));
    const second = await secondLooks(
      doubted.map((row) => row.id),
      currency,
    );
    // All in one turn: nothing newer can come in between.
    return rows.flatMap((row) => {
      const entry = entries.get(row.id);
      const verdict = judgeRow(row, batch, guarded, second.get(row.id) ?? null);
      if (verdict.kind === 'refuse' || entry === undefined) return [];
      if (verdict.kind === 'accept') {
        doubts.settle(currency, row.id, verdict.overdue);
        return [entry];
      }
      doubts.hold(currency, row.id, verdict.suspicion, verdict.kind === 'unconfirmed' ? entry : null);
      return [];
    });
  }

  return {
    async accept(allRows, currency, aheadMs = 0) {
      const single = withoutDuplicates(allRows);
      const rows = single.filter((row) => clock.read(row.last_updated, aheadMs) !== null);
      clock.note({ aheadMs, future: single.length - rows.length });
      const points = new Map(rows.map((row) => [row.id, pointOf(row)]));
      const batch = { rows, points, currency, aheadMs };
      const hold = await sentinelsHold(batch);
      if (hold === 'no') return false;
      cache.put(await judgeRows(batch, hold === 'guarded'), options.keep);
      return true;
    },
    checking: (currency, id) => doubts.suspicion(currency, id) !== null,
    unconfirmed: doubts.unconfirmed,
    followUpAt: doubts.followUpAt,
    doubtsBegun: () => [...doubts.begun(), ...refused.begun()],
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
