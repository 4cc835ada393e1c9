// Shapes of CoinGecko's answers, only the fields used. A field that is not exactly a number never becomes one.
import { z } from 'zod';

/** Larger than any price or cap in any unit on record; beyond it a number is a fault, not a value. */
const LARGEST = 1e20;

const Num = z.number().min(-LARGEST).max(LARGEST).nullable().catch(null);
const Size = z.number().min(0).max(LARGEST).nullable().catch(null);
const Positive = z.number().positive().max(LARGEST).nullable().catch(null);
const Rank = z.number().int().positive().max(1_000_000).nullable().catch(null);
/** A price cannot fall by more than all of it, and a rise beyond a millionfold is a fault. */
const Percent = z.number().min(-100).max(1e8).nullable().catch(null);
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|\+00:00)$/u;
const Instant = z
  .string()
  .regex(ISO)
  .transform((text) => Date.parse(text))
  .pipe(z.number());
const MaybeInstant = Instant.nullable().catch(null);

/** One coin of `/coins/markets`. Id, price and time are required: a row without them says nothing that can be shown. */
export const MarketRow = z.object({
  id: z.string().min(1).max(100),
  symbol: z.string(),
  name: z.string(),
  current_price: z.number().positive().max(1e15),
  last_updated: Instant,
  image: z.string().nullable().catch(null),
  market_cap: Size,
  market_cap_rank: Rank,
  fully_diluted_valuation: Size,
  total_volume: Size,
  high_24h: Positive,
  low_24h: Positive,
  price_change_24h: Num,
  price_change_percentage_24h: Percent,
  market_cap_change_24h: Num,
  market_cap_change_percentage_24h: Percent,
  circulating_supply: Size,
  total_supply: Size,
  max_supply: Size,
  ath: Positive,
  ath_change_percentage: Percent,
  ath_date: MaybeInstant,
  atl: Positive,
  atl_change_percentage: Percent,
  atl_date: MaybeInstant,
  price_change_percentage_1h_in_currency: Percent,
  price_change_percentage_24h_in_currency: Percent,
  price_change_percentage_7d_in_currency: Percent,
  price_change_percentage_30d_in_currency: Percent,
  price_change_percentage_1y_in_currency: Percent,
  sparkline_in_7d: z
    .object({ price: z.custom<readonly unknown[]>((line) => Array.isArray(line) && line.length <= 2000) }) // taken as it is: a copy of 200 weeks costs
    .nullable()
    .catch(null),
});
export type MarketRow = z.infer<typeof MarketRow>;

/** Rows are checked one by one, so that one bad coin does not cost the others their price. */
export const MarketRows = z.custom<readonly unknown[]>((rows) => Array.isArray(rows) && rows.length <= 1000);

export const CoinList = z.custom<readonly unknown[]>((rows) => Array.isArray(rows) && rows.length <= 200_000);
export const CoinListRow = z.object({ id: z.string().min(1).max(100), symbol: z.string().min(1), name: z.string() });

export const MarketChart = z.object({ prices: z.array(z.unknown()).max(20_000) });
export const ChartPoint = z.tuple([z.number().int().positive(), z.number().positive().max(1e15)]);

export const ExchangeRates = z.object({ rates: z.record(z.string().max(10), z.unknown()) });
export const ExchangeRate = z.object({ value: z.number().positive().max(LARGEST) });

/** The rows that fit the schema; the others are left out. */
export function soundRows<T>(rows: readonly unknown[], schema: z.ZodType<T>): T[] {
  return rows.flatMap((row) => soundRow(row, schema));
}

/** The row, or nothing if it does not fit the schema. */
export function soundRow<T>(row: unknown, schema: z.ZodType<T>): T[] {
  const parsed = schema.safeParse(row);
  return parsed.success ? [parsed.data] : [];
}
