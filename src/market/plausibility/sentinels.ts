// Coins whose price is known well enough to tell a broken batch from a moving market. Pure.
import { agree, allowedStep } from './price-check.ts';
import type { Point } from './price-check.ts';

/** Watched in every batch. The symbols let a second source speak for a sentinel, should a stablecoin really lose its peg. */
export const SENTINELS = [
  {
    id: 'usd-coin',
    symbol: 'USDC',
    name: 'USDC',
    symbols: { coinpaprika: 'usdc-usd-coin', kraken: 'USDCUSD' },
  },
  {
    id: 'tether',
    symbol: 'USDT',
    name: 'Tether',
    symbols: { coinpaprika: 'usdt-tether', kraken: 'USDTUSD', coinbase: 'USDT-USD' },
  },
  {
    id: 'bitcoin',
    symbol: 'BTC',
    name: 'Bitcoin',
    symbols: { coinpaprika: 'btc-bitcoin', kraken: 'XBTUSD', coinbase: 'BTC-USD' },
  },
] as const;

const STABLE_IDS: ReadonlySet<string> = new Set(['usd-coin', 'tether']);
const PEG_LOW = 0.9;
const PEG_HIGH = 1.1;
const BITCOIN_STEP = 0.3;

export type SentinelCheck = {
  /** Ids whose value speaks against the batch. */
  failing: readonly string[];
  /** At least one sentinel was there and held: values seen for the first time may be believed. */
  guarded: boolean;
  /** Stablecoins that were there and held. */
  stable: number;
};

export type SentinelInput = {
  prices: ReadonlyMap<string, Point>;
  last: (id: string) => Point | null;
  /** Units of the batch's currency for one US dollar; null when unknown, then the stablecoins are only compared with their last value. */
  perDollar: number | null;
};

/** A missing sentinel proves nothing either way; one that contradicts what is known fails the batch. */
export function checkSentinels({ prices, last, perDollar }: SentinelInput): SentinelCheck {
  const failing: string[] = [];
  let [held, stable] = [0, 0];
  for (const { id } of SENTINELS) {
    const seen = prices.get(id);
    if (seen === undefined) continue;
    const verdict = STABLE_IDS.has(id) ? pegHolds(seen, last(id), perDollar) : stepHolds(seen, last(id));
    if (verdict === false) failing.push(id);
    if (verdict === true) held += 1;
    if (verdict === true && STABLE_IDS.has(id)) stable += 1;
  }
  return { failing, guarded: failing.length === 0 && held > 0, stable };
}

function pegHolds(seen: Point, last: Point | null, perDollar: number | null): boolean | null {
  if (perDollar !== null) {
    const dollars = seen.price / perDollar;
    return dollars >= PEG_LOW && dollars <= PEG_HIGH;
  }
  return last === null ? null : Math.abs(Math.log(seen.price / last.price)) <= allowedStep(seen.at - last.at);
}

/** Bitcoin within 30 %, more only after a long silence; null when there is nothing to compare with. */
function stepHolds(seen: Point, last: Point | null): boolean | null {
  if (last === null) return null;
  return Math.abs(seen.price / last.price - 1) <= allowedStep(seen.at - last.at, BITCOIN_STEP);
}

/**
 * Outside dollars, stablecoins at the known rate are enough: bitcoin moves there with the rate, too, and is judged in dollars. It counts when
 * it stands alone.
 */
export function withoutBitcoin({ failing, guarded, stable }: SentinelCheck): SentinelCheck {
  const alone = stable === 0 || failing.some((id) => STABLE_IDS.has(id));
  return alone ? { failing, guarded, stable } : { failing: [], guarded: true, stable };
}

/** Units of the batch's currency per dollar by what the two stablecoins cost in it; null unless they agree. */
export function impliedPerDollar(prices: ReadonlyMap<string, Point>): number | null {
  const [first, second] = [...STABLE_IDS].flatMap((id) => prices.get(id)?.price ?? []);
  return first !== undefined && second !== undefined && agree(first, second) ? Math.sqrt(first * second) : null;
}

/** Whether a second source stands by every failing sentinel (a real loss of the peg, a real crash). */
export function excused(
  failing: readonly string[],
  prices: ReadonlyMap<string, Point>,
  second: (id: string) => number | null,
): boolean {
  return failing.every((id) => {
    const price = prices.get(id)?.price;
    const other = second(id);
    return price !== undefined && other !== null && agree(price, other);
  });
}
