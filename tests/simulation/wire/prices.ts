// Prices of the simulation: a CoinGecko on the wire that fails and glitches by the seed, the real market in front of it, and the truth behind it.
import { createMarket } from '../../../src/market/create.ts';
import type { Quote } from '../../../src/market/market.ts';
import { createCoinGeckoTable } from '../../fakes/market/coingecko.ts';
import { createMemory } from '../../fakes/market/memory.ts';
import type { SimulatedClock } from '../host/clock.ts';
import type { Random } from '../random.ts';
import { createLine, type Line, type Protocol, type Told } from './fates.ts';

export type Prices = ReturnType<typeof openPrices>;

export const COINGECKO = 'https://coingecko.simulated';
const TAO = { id: 'bittensor', symbol: 'TAO', name: 'Bittensor' };
export const FIRST_PRICE = 250.28;

type Options = { clock: SimulatedClock; seed: number; random: Random; told: Told; believing: boolean };

/** `believing` plants a market that shows whatever the source says. */
export function openPrices({ clock, seed, random, told, believing }: Options) {
  const { now, sleep } = clock;
  const table = createCoinGeckoTable({ now });
  table.lagMs = 0;
  const protocol: Protocol = {
    name: 'coingecko',
    lateMs: 0,
    about: ({ path }) => path.split('?')[0] ?? '',
    effect({ path }) {
      const url = new URL(path, COINGECKO);
      const reply = table.route({ path: url.pathname, query: url.searchParams });
      const { status = 200, json } = reply ?? { status: 404, json: { error: 'not found' } };
      return { status, json, headers: { date: new Date(now()).toUTCString() } };
    },
    limited: () => ({ status: 429, headers: { 'retry-after': '240' }, json: { status: { error_code: 429 } } }),
  };
  const line: Line = createLine(protocol, seed, clock, told);
  const memory = createMemory();
  const open = () =>
    createMarket({
      plan: 'pro',
      apiKey: 'CG-simulated',
      baseUrls: { coingecko: `${COINGECKO}/api/v3` },
      fallbacks: [],
      coins: [TAO],
      memory,
      now,
      monotonic: now,
      sleep,
    });
  const truths: { at: number; price: number }[] = [{ at: now(), price: FIRST_PRICE }];
  let market = open();
  /** The very first price has nothing to be compared with. */
  let glitched = true;
  let said: { quote: Quote; checking: boolean } | null = null;

  return {
    line,
    /** What the market says since the last poll. */
    said: () => said,
    /** The true price moves by `factor`, then the market asks; `trouble` is the chance that this goes wrong. */
    async poll(factor: number, trouble: number): Promise<void> {
      const price = Math.round((truths.at(-1)?.price ?? FIRST_PRICE) * factor * 100) / 100;
      truths.push({ at: now(), price });
      table.set('bittensor', { price });
      glitched = !glitched && random.chance(trouble);
      const wrong = random.pick([10, 0.1, 1.4]);
      table.glitch = glitched
        ? (rows) =>
            rows.map((row) => (row.id === 'bittensor' ? { ...row, current_price: row.current_price * wrong } : row))
        : null;
      line.trouble = trouble;
      if (random.chance(trouble / 4)) {
        await market.close();
        market = open(); // a restart: only what is remembered is left
      }
      const believed = believing && table.glitch !== null;
      const result = (await market.quotes(['bittensor'], 'usd')).get('bittensor');
      if (result === undefined || result.quote === null) return;
      said = believed
        ? { quote: { ...result.quote, price: price * wrong, at: now() }, checking: false }
        : { quote: result.quote, checking: result.checking };
    },
    /** Whether this was the true price at that moment. */
    isTrue: (price: number, at: number): boolean =>
      truths.some((truth, index) => {
        const until = truths[index + 1]?.at ?? Number.POSITIVE_INFINITY;
        return truth.price === price && at >= truth.at && at <= until;
      }),
    highest: () => Math.max(...truths.map(({ price }) => price)),
    close: () => market.close(),
  };
}
