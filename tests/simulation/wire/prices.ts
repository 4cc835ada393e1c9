// Prices of the simulation: a CoinGecko on the wire that fails and glitches by the seed, the real market in front of it, and the truth behind it.
import { createMarket } from '../../../src/market/create.ts';
import type { Market, Quote } from '../../../src/market/market.ts';
import { createCoinGeckoTable } from '../../fakes/market/coingecko.ts';
import { createMemory } from '../../fakes/market/memory.ts';
import type { SimulatedClock } from '../host/clock.ts';
import { createLife, type Life } from '../host/life.ts';
import { type Machine, runOn } from '../host/machine.ts';
import type { Random } from '../random.ts';
import { createLine, type Line, type Protocol, type Told } from './fates.ts';
import { layWires } from './wire.ts';

export type Prices = ReturnType<typeof openPrices>;

const COINGECKO = 'https://coingecko.simulated';
const TAO = { id: 'bittensor', symbol: 'TAO', name: 'Bittensor' };
export const FIRST_PRICE = 250.28;

type Options = { clock: SimulatedClock; seed: number; random: Random; told: Told; believing: boolean };

/** The market in one process of its own. */
type Incarnation = { life: Life; host: Machine; market: Market };

/** `believing` plants a market that shows whatever the source says. */
export function openPrices({ clock, seed, random, told, believing }: Options) {
  const { now } = clock;
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
  /** Only what is remembered is left of an earlier one. */
  function begin(): Incarnation {
    const life = createLife(() => undefined);
    const host: Machine = { clock, random: () => random.between(0, 1e9) / 1e9, resume: () => life.pass('wait') };
    layWires(host, {
      pass: (point) => life.pass(point),
      farEnd: (origin) => (origin === COINGECKO ? line.farEnd : undefined),
    });
    const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
      await clock.sleep(ms, signal);
      await life.pass('wait');
    };
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
    return { life, host, market: runOn(host, open) };
  }
  const truths: { at: number; price: number }[] = [{ at: now(), price: FIRST_PRICE }];
  let current = begin();
  let asking = false;
  /** The very first price has nothing to be compared with. */
  let glitched = true;
  let said: { quote: Quote; checking: boolean } | null = null;

  function harm(life: Life, chance: number): void {
    if (random.chance(chance)) return life.killAfter(random.between(0, 3));
    if (random.chance(chance)) life.standAfter(random.between(0, 3));
  }

  /** `instead`: the price that a believing market shows. */
  async function ask(instead: number | null): Promise<void> {
    const result = (await current.market.quotes(['bittensor'], 'usd')).get('bittensor');
    asking = false;
    if (result === undefined || result.quote === null) return;
    const { quote, checking } = result;
    said = instead === null ? { quote, checking } : { quote: { ...quote, price: instead, at: now() }, checking: false };
  }

  return {
    /** What the market says since the last poll. */
    said: () => said,
    /** The true price moves by `factor`, then the market asks; `trouble` is the chance that this goes wrong. */
    poll(factor: number, trouble: number): void {
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
      const { life } = current;
      life.spare();
      if (!life.alive()) [current, asking] = [begin(), false];
      else harm(life, trouble / 4);
      if (asking) return;
      asking = true;
      const believed = believing && table.glitch !== null ? price * wrong : null;
      void runOn(current.host, () => ask(believed));
    },
    /** Whether this was the true price at that moment. */
    isTrue: (price: number, at: number): boolean =>
      truths.some((truth, index) => {
        const until = truths[index + 1]?.at ?? Number.POSITIVE_INFINITY;
        return truth.price === price && at >= truth.at && at <= until;
      }),
    highest: () => Math.max(...truths.map(({ price }) => price)),
    close: () => current.market.close(),
  };
}
