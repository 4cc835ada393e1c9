// Exchange rates between currencies, from CoinGecko's bitcoin-based table: for conversions and to check prices in other currencies.
import { DAY, MINUTE } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { MarketMemory } from '../base/memory.ts';
import { z } from 'zod';
import { attempted, createAttempts } from './attempts.ts';
import { COINGECKO, ENDPOINTS } from './coingecko/client.ts';
import type { CoinGecko } from './coingecko/client.ts';
import { isCurrency } from './currencies.ts';
import type { RateResult } from './market.ts';
import { allowedStep, FUTURE_MS, LONGEST_DOUBT_MS } from './plausibility/price-check.ts';
import type { Point } from './plausibility/price-check.ts';
import { BELIEVED_STEP, createRateDoubts } from './plausibility/rate-doubts.ts';
import type { SavedRows } from './quote-cache.ts';
import { momentOf, type Stamp, stampOf } from '../http/stamp.ts';

export type Rates = {
  /** Reads the table anew when it is older than `maxAgeMs`, or sooner while a rate is in doubt. Never throws. */
  ensure(maxAgeMs: number): Promise<void>;
  /** `at` is the moment of the older of both rates. */
  rate(from: string, to: string): RateResult;
  /** A rate that differs much from the one held has been seen and is not believed yet. */
  doubted(currency: string): boolean;
  /** Prices imply another rate than the one held: one more sight of it, and a reason to read the table. */
  review(currency: string, perDollar: number, aheadMs: number): Promise<void>;
  /** Beginning of each doubt (monotonic ms). */
  doubtsBegun(): readonly number[];
  load(rows: SavedRows): void;
};

/** Rates of this age are good enough for a conversion. */
export const RATES_FRESH_MS = 15 * MINUTE;
/** A doubt is decided by further readings: they come sooner than usual. */
const DOUBTED_FRESH_MS = 5 * MINUTE;
/** However old the table is, the next attempt is not sooner. */
const LEAST_MS = MINUTE;
/** `Date` counts seconds, and `Age`, too. */
const HEADER_MS = 2_000;
const KEY = 'rates';
const WEEK_MS = 7 * DAY;
/** [units per dollar, epoch ms] by currency. `unchecked` is not in rows of earlier versions. */
const Stored = z.object({
  rates: z.record(z.string(), z.tuple([z.number().positive(), z.number().positive()])),
  unchecked: z.boolean().default(false),
});

/** `sourceAt`: the moment of the reading by the source's clock, which a restart can trust (epoch ms). */
type Rate = { perDollar: number; stamp: Stamp; sourceAt: number };

export function createRates(options: {
  client: Pick<CoinGecko, 'rates'> & { http: Pick<CoinGecko['http'], 'distrust'> };
  memory: MarketMemory;
  /** Last good dollar price of bitcoin, to check the table against. */
  bitcoin: () => Point | null;
  now: () => number;
  monotonic: () => number;
  log?: Log;
}): Rates {
  const { client, memory, now, monotonic, log } = options;
  const clocks = { now, monotonic };
  const rates = new Map<string, Rate>();
  const doubts = createRateDoubts({ monotonic, ...(log ? { log } : {}) });
  let readAt = Number.NEGATIVE_INFINITY;
  const attempts = createAttempts(monotonic);
  /** The table contradicts the price of bitcoin since then (monotonic ms); `over`: it has lasted, so the table is believed all the same. */
  let refusal: { since: number; over: boolean } | null = null;
  /** The table was taken while no price of bitcoin was known. */
  let unchecked = false;
  let running: Promise<void> | null = null;

  /** `aheadMs`: how far our clock is ahead of the source's at this moment. */
  const set = (currency: string, perDollar: number, aheadMs: number) => {
    // What the header leaves open must not make a rate younger.
    const sourceAt = now() - (aheadMs === 0 ? 0 : aheadMs + HEADER_MS);
    rates.set(currency, { perDollar, stamp: stampOf(now(), clocks), sourceAt });
  };

  /** Dollars for a bitcoin that are far from its price, as far as that is known. `ageMs`: of the dollars. */
  function isFar(dollars: number, ageMs = 0): boolean {
    const bitcoin = options.bitcoin();
    if (bitcoin === null) return false;
    return (
      Math.abs(Math.log(dollars / bitcoin.price)) > allowedStep(Math.max(ageMs, now() - bitcoin.at), BELIEVED_STEP)
    );
  }

  /** What was taken on trust is looked at when that is possible: a wrong table goes at once, or it would stand against the right one for hours. */
  function recheck(): void {
    if (!unchecked || options.bitcoin() === null) return;
    unchecked = false;
    const held = rates.get('btc');
    if (held !== undefined && !isFar(1 / held.perDollar, now() - momentOf(held.stamp, clocks))) return;
    log?.warn({ source: COINGECKO.name }, 'exchange rates refused');
    rates.clear();
    readAt = Number.NEGATIVE_INFINITY;
  }

  /** The table as a whole contradicts the price of bitcoin; for ever it cannot. */
  function implausible(dollars: number | undefined): boolean {
    const far = dollars === undefined || isFar(dollars);
    if (!far) {
      if (refusal?.over === false) log?.info({ source: COINGECKO.name }, 'exchange rates are believed again');
      refusal = null;
      return false;
    }
    if (refusal === null) log?.warn({ source: COINGECKO.name }, 'exchange rates refused');
    refusal ??= { since: monotonic(), over: false };
    if (dollars === undefined) return true;
    const lastedMs = monotonic() - refusal.since;
    if (!refusal.over && lastedMs >= LONGEST_DOUBT_MS) {
      refusal.over = true;
      log?.warn({ source: COINGECKO.name, lastedMs }, 'exchange rates believed after a refusal: it has lasted');
    }
    return !refusal.over;
  }

  /** A believable rate takes the place of the old one, any other has to last. */
  function take(currency: string, perDollar: number, aheadMs: number): void {
    const held = rates.get(currency);
    const age = held === undefined ? Number.POSITIVE_INFINITY : now() - momentOf(held.stamp, clocks);
    if (held === undefined || age > WEEK_MS) return set(currency, perDollar, aheadMs);
    const step = Math.abs(Math.log(perDollar / held.perDollar));
    if (step <= allowedStep(age, BELIEVED_STEP)) doubts.settle(currency);
    else if (!doubts.look(currency, perDollar, step)) return;
    set(currency, perDollar, aheadMs);
  }

  async function save(): Promise<void> {
    const saved = Object.fromEntries([...rates].map(([key, { perDollar, sourceAt }]) => [key, [perDollar, sourceAt]]));
    const row = { key: KEY, json: JSON.stringify({ rates: saved, unchecked }), at: now() };
    await memory.saveQuotes([row]).catch((error: unknown) => {
      log?.warn({ err: error }, 'exchange rates could not be saved');
    });
  }

  async function read(): Promise<void> {
    await attempted(attempts, await client.rates(), async (table, aheadMs) => {
      const dollars = table.get('usd');
      if (dollars === undefined || implausible(dollars)) {
        const fault = `${COINGECKO.name} sent implausible exchange rates`;
        client.http.distrust(fault, ENDPOINTS.rates);
        return fault;
      }
      readAt = monotonic();
      unchecked = options.bitcoin() === null;
      for (const [currency, units] of table) if (isCurrency(currency)) take(currency, units / dollars, aheadMs);
      await save();
      return null;
    });
  }

  async function ensure(maxAgeMs: number): Promise<void> {
    if (running !== null) return running;
    recheck();
    const at = monotonic();
    const longest = doubts.open().length > 0 ? Math.min(maxAgeMs, DOUBTED_FRESH_MS) : maxAgeMs;
    if (at - readAt <= longest || !attempts.due(LEAST_MS)) return undefined;
    running = read().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    ensure,
    rate(from, to) {
      recheck();
      const unknown = [from, to].find((currency) => !isCurrency(currency));
      if (unknown !== undefined) return { rate: null, reason: 'this currency is not supported' };
      if (rates.size === 0 && from === to) return { rate: 1, at: now(), source: COINGECKO };
      if (rates.size === 0) return { rate: null, reason: attempts.failure() ?? 'exchange rates are not known yet' };
      const [base, target] = [rates.get(from), rates.get(to)];
      if (base === undefined || target === undefined) {
        const missing = base === undefined ? from : to;
        return { rate: null, reason: `CoinGecko has no rate for ${missing.toUpperCase()}` };
      }
      const at = Math.min(momentOf(base.stamp, clocks), momentOf(target.stamp, clocks));
      return { rate: target.perDollar / base.perDollar, at, source: COINGECKO };
    },
    doubted: (currency) => doubts.open().includes(currency),
    async review(currency, perDollar, aheadMs) {
      await ensure(DOUBTED_FRESH_MS);
      take(currency, perDollar, aheadMs);
    },
    doubtsBegun: () => [...doubts.begun(), ...(refusal?.over === false ? [refusal.since] : [])],
    load(rows) {
      const stored = rows.find((row) => row.key === KEY);
      if (stored === undefined || rates.size > 0) return; // a newer table came meanwhile
      try {
        const read = Stored.parse(JSON.parse(stored.json));
        for (const [currency, [perDollar, at]] of Object.entries(read.rates))
          if (at <= now() + FUTURE_MS) rates.set(currency, { perDollar, stamp: stampOf(at, clocks), sourceAt: at });
        readAt = monotonic() - Math.max(0, now() - stored.at);
        unchecked = read.unchecked;
      } catch {
        rates.clear(); // damaged, or of an earlier version: read anew when needed
      }
    },
  };
}
