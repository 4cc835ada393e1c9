// Prices of the simulation: a CoinGecko on loopback that fails and glitches by the seed, the real market in front of it, and the truth behind it.
import type { Random } from './random.ts';
import { createMarket } from '../../src/market/create.ts';
import type { Quote } from '../../src/market/market.ts';
import { createMemory } from '../fakes/market/memory.ts';
import { startFakeCoinGecko } from '../fakes/market/coingecko.ts';
import type { Fault } from '../fakes/server.ts';

export type Prices = Awaited<ReturnType<typeof openPrices>>;

const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'limited', retryAfter: '240' },
  { kind: 'html' },
  { kind: 'truncate' },
  { kind: 'reset' },
];
const TAO = { id: 'bittensor', symbol: 'TAO', name: 'Bittensor' };
export const FIRST_PRICE = 250.28;

/** `believing` plants a market that shows whatever the source says. */
export async function openPrices(now: () => number, random: Random, believing: boolean) {
  const gecko = await startFakeCoinGecko({ now });
  gecko.lagMs = 0;
  const truths: { at: number; price: number }[] = [{ at: now(), price: FIRST_PRICE }];
  const open = () =>
    createMarket({
      plan: 'pro',
      apiKey: 'CG-simulated',
      baseUrls: { coingecko: gecko.url },
      fallbacks: [],
      coins: [TAO],
      memory,
      now,
      monotonic: now,
      // The clock stands while a source is asked: nobody's patience ends, and pauses that gather requests are skipped.
      sleep: (ms, signal) =>
        ms < 50
          ? Promise.resolve()
          : new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true })),
    });
  const memory = createMemory();
  let market = open();
  /** The very first price has nothing to be compared with. */
  let glitched = true;
  let said: { quote: Quote; checking: boolean } | null = null;

  return {
    /** What the market says since the last poll. */
    said: () => said,
    /** The true price moves by `factor`, then the market asks; `trouble` is the chance that this goes wrong. */
    async poll(factor: number, trouble: number): Promise<void> {
      const price = Math.round((truths.at(-1)?.price ?? FIRST_PRICE) * factor * 100) / 100;
      truths.push({ at: now(), price });
      gecko.set('bittensor', { price });
      glitched = !glitched && random.chance(trouble);
      const wrong = random.pick([10, 0.1, 1.4]);
      gecko.glitch = glitched
        ? (rows) =>
            rows.map((row) => (row.id === 'bittensor' ? { ...row, current_price: row.current_price * wrong } : row))
        : null;
      gecko.fault = random.chance(trouble) ? random.pick(FAULTS) : null;
      if (random.chance(trouble / 4)) {
        await market.close();
        market = open(); // a restart: only what is remembered is left
      }
      const result = (await market.quotes(['bittensor'], 'usd')).get('bittensor');
      if (result.quote === null) return;
      said = { quote: result.quote, checking: result.checking };
      if (believing && gecko.glitch !== null)
        said = { quote: { ...result.quote, price: price * wrong, at: now() }, checking: false };
    },
    /** Whether this was the true price at that moment. */
    isTrue: (price: number, at: number): boolean =>
      truths.some((truth, index) => {
        const until = truths[index + 1]?.at ?? Number.POSITIVE_INFINITY;
        return truth.price === price && at >= truth.at && at <= until;
      }),
    highest: () => Math.max(...truths.map(({ price }) => price)),
    async close() {
      await market.close();
      await gecko.close();
    },
  };
}
