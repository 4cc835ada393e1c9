// Exchange rates between currencies, from CoinGecko's bitcoin-based table: for conversions and to check prices in other currencies.
import { DAY, MINUTE } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { z } from 'zod';
import type { SavedRows } from './quote-cache.ts';
import { isCurrency } from './currencies.ts';
import { COINGECKO } from './coingecko/client.ts';
import type { CoinGecko } from './coingecko/client.ts';
import { allowedStep } from './plausibility/price-check.ts';
import type { Point } from './plausibility/price-check.ts';
import type { MarketMemory } from '../base/memory.ts';
import type { RateResult } from './market.ts';

export type Rates = {
  /** Reads the table anew when it is older than `maxAgeMs`. Never throws. */
  ensure(maxAgeMs: number): Promise<void>;
  rate(from: string, to: string): RateResult;
  load(rows: SavedRows): void;
};

/** Rates of this age are good enough for a conversion. */
export const RATES_FRESH_MS = 15 * MINUTE;
const KEY = 'rates';
const WEEK_MS = 7 * DAY;
/** Believable drift of a currency against the dollar between two readings, and of bitcoin between the table and its own price. */
const DRIFT = Math.log(1.2);
const Stored = z.object({ at: z.number().positive(), perBitcoin: z.record(z.string(), z.number().positive()) });
type Table = z.infer<typeof Stored>;

export function createRates(options: {
  client: Pick<CoinGecko, 'rates'>;
  memory: MarketMemory;
  /** Last good dollar price of bitcoin, to check the table against. */
  bitcoin: () => Point | null;
  now: () => number;
  log?: Log;
}): Rates {
  const { client, memory, now, log } = options;
  let table: Table | null = null;
  let reason = 'exchange rates are not known yet';
  let running: Promise<void> | null = null;

  async function read(): Promise<void> {
    const answer = await client.rates();
    if (answer.kind !== 'ok') {
      reason = answer.reason;
      return;
    }
    const next = soundTable(answer.data, table, options.bitcoin(), now());
    if (next === null) {
      reason = 'CoinGecko sent implausible exchange rates';
      log?.warn({ source: COINGECKO.name }, 'exchange rates refused');
      return;
    }
    table = next;
    await memory.saveQuotes([{ key: KEY, json: JSON.stringify(next), at: next.at }]).catch((error: unknown) => {
      log?.warn({ error: String(error) }, 'exchange rates could not be saved');
    });
  }

  return {
    async ensure(maxAgeMs) {
      if (table !== null && now() - table.at <= maxAgeMs) return;
      running ??= read().finally(() => {
        running = null;
      });
      await running;
    },
    rate(from, to) {
      const unknown = [from, to].find((currency) => !isCurrency(currency));
      if (unknown !== undefined) return { rate: null, reason: 'this currency is not supported' };
      if (table === null) return from === to ? identity(now()) : { rate: null, reason };
      const [base, target] = [table.perBitcoin[from], table.perBitcoin[to]];
      if (base === undefined || target === undefined) {
        return { rate: null, reason: `CoinGecko has no rate for ${(base === undefined ? from : to).toUpperCase()}` };
      }
      return { rate: target / base, at: table.at, source: COINGECKO };
    },
    load(rows) {
      const stored = rows.find((row) => row.key === KEY);
      if (stored === undefined || table !== null) return;
      try {
        table = Stored.parse(JSON.parse(stored.json));
      } catch {
        table = null; // damaged: read anew when needed
      }
    },
  };
}

function identity(at: number): RateResult {
  return { rate: 1, at, source: COINGECKO };
}

/** Null when the table as a whole is not believable; a single currency that jumped keeps its earlier rate against the dollar. */
function soundTable(
  seen: ReadonlyMap<string, number>,
  last: Table | null,
  bitcoin: Point | null,
  at: number,
): Table | null {
  const dollars = seen.get('usd');
  if (dollars === undefined) return null;
  if (bitcoin !== null && Math.abs(Math.log(dollars / bitcoin.price)) > allowedStep(at - bitcoin.at, DRIFT))
    return null;
  const perBitcoin: Record<string, number> = {};
  for (const [currency, units] of seen) {
    if (!isCurrency(currency)) continue;
    const before = last !== null && at - last.at < WEEK_MS ? last : null;
    const [oldUnits, oldDollars] = [before?.perBitcoin[currency], before?.perBitcoin['usd']];
    const old = oldUnits === undefined || oldDollars === undefined ? null : oldUnits / oldDollars;
    const drifted =
      old !== null && Math.abs(Math.log(units / dollars / old)) > allowedStep(at - (last?.at ?? at), DRIFT);
    perBitcoin[currency] = drifted ? old * dollars : units;
  }
  return { at, perBitcoin };
}
