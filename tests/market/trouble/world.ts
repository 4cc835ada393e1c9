// A small market whose prices never repeat, so that every number shown tells who said it and when it was true.
import { mulberry32 } from '../../../src/base/hash.ts';
import type { Quote } from '../../../src/market/market.ts';
import type { FakeCoin, FakeRow } from '../../fakes/market/coingecko.ts';
import type { Scene } from '../scene.ts';

export const WORLD: readonly FakeCoin[] = (
  [
    ['bitcoin', 77_671, 20_030_493],
    ['tether', 1.0002, 185e9],
    ['usd-coin', 0.9998, 75e9],
    ['bittensor', 250.28, 11_347_000],
    ['near', 1.62, 1_270_000_000],
  ] as const
).map(([id, price, supply], at) => ({
  id,
  symbol: id.slice(0, 4),
  name: id,
  price,
  rank: at + 1,
  supply,
  change24h: 1,
}));

const EUR = 0.86;

export type Random = ReturnType<typeof createRandom>;

export function createRandom(seed: number) {
  const next = mulberry32(seed);
  return {
    next,
    chance: (part: number) => next() < part,
    between: (from: number, to: number) => from + (to - from) * next(),
    pick: <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T,
  };
}

/** Records what the far ends say, and judges what the market makes of it. */
export function createOracle(scene: Scene, random: Random) {
  /** True moment of each number said, by "source currency coin price"; the newest where it was said twice. */
  const said = new Map<string, number>();
  /** Until when each rate was in force (true time), by its text. */
  const rates = new Map<string, number>();
  let truth = 250.28;

  const note = (source: string, currency: string, id: string, price: number, at: number): void => {
    const key = `${source} ${currency} ${id} ${price.toPrecision(10)}`;
    said.set(key, Math.max(said.get(key) ?? 0, at));
  };
  const rateText = (rate: number) => rate.toPrecision(8);

  return {
    /** To be set as `gecko.glitch`: changes the rows and notes what goes out. */
    record: (change: (rows: FakeRow[]) => FakeRow[]) => (rows: FakeRow[]) => {
      const sent = change(rows);
      const eur = rows.some((row) => row.id === 'usd-coin' && row.current_price < 0.95);
      for (const row of sent)
        note('coingecko', eur ? 'eur' : 'usd', row.id, row.current_price, Date.parse(row.last_updated));
      return sent;
    },
    /** The market moves: every source a little beside the truth, and no price twice. */
    move(jump = 1): void {
      truth *= jump * Math.exp(random.between(-0.004, 0.004));
      const beside = () => Number((truth * Math.exp(random.between(-0.002, 0.002))).toFixed(5));
      scene.gecko.set('bittensor', { price: beside() });
      scene.gecko.set('bitcoin', { price: 77_671 * Math.exp(random.between(-0.005, 0.005)) });
      scene.others.coinpaprika.prices.set('tao-bittensor', beside());
      scene.others.kraken.prices.set('TAOUSD', beside());
      scene.others.coinbase.prices.set('TAO-USD', beside());
      const eur = Number((EUR * Math.exp(random.between(-0.01, 0.01))).toFixed(6));
      scene.gecko.rates.set('eur', eur);
    },
    /** To be called whenever the clock has moved: what the far ends say now is true now. */
    tick(): void {
      const now = scene.clock.now;
      note('coinpaprika', 'usd', 'bittensor', scene.others.coinpaprika.prices.get('tao-bittensor') ?? 0, now - 5_000);
      note('kraken', 'usd', 'bittensor', scene.others.kraken.prices.get('TAOUSD') ?? 0, now);
      note('coinbase', 'usd', 'bittensor', scene.others.coinbase.prices.get('TAO-USD') ?? 0, now - 5_000);
      rates.set(rateText(scene.gecko.rates.get('eur') ?? 0), now);
    },
    /** What is wrong with a number shown; null when its source said it and it is not younger than it says. */
    fault(quote: Quote): string | null {
      const wall = scene.clock.now + scene.clock.skewMs;
      const { converted, source, coinId } = quote;
      const [price, currency] = converted ? [quote.price / converted.rate, 'usd'] : [quote.price, quote.currency];
      const at = said.get(`${source.id} ${currency} ${coinId} ${price.toPrecision(10)}`);
      if (at === undefined) return `${source.id} never said ${price} ${currency}`;
      if (scene.clock.now - at > wall - quote.at) return `${price} of ${source.id} is shown too young`;
      if (converted === undefined) return null;
      const inForce = rates.get(rateText(converted.rate));
      if (inForce === undefined) return `nobody said the rate ${converted.rate}`;
      const [trueAge, age] = [scene.clock.now - inForce, wall - converted.at];
      return trueAge > age ? `the rate is shown too young: ${age} instead of ${trueAge}` : null;
    },
  };
}
