// A market from samples whose clock runs, for demonstrations without internet: every number names itself "sample data".
import sample from './data.json' with { type: 'json' };
import { setImmediate as turn } from 'node:timers/promises';
import { DAY } from '../base/clock.ts';
import type { CoinRef, Market, Quote, Source } from '../market/market.ts';
import { type Range, RANGE_LENGTHS } from '../base/ranges.ts';
import { fnv1a, mulberry32 } from '../base/hash.ts';
import { type SampleCoin, sampleCoins } from './coins.ts';
import { sampleClock } from './clock.ts';
import { quoteResults } from '../market/quote-results.ts';
import { toPublicRow } from '../market/public-row.ts';

const SAMPLE: Source = { id: 'sample', name: 'sample data', url: 'https://www.coingecko.com' };
/** Rows of the long list made before others get their turn. */
const SLICE = 250;
const NOT_SAMPLED = 'the sample data does not hold this coin';

const PER_DOLLAR: ReadonlyMap<string, number> = new Map(Object.entries(sample.perDollar));

const POINTS: Readonly<Record<Range, number>> = { '24h': 288, '7d': 168, '30d': 720, '90d': 2160, '1y': 365 };

/**
 * `coins` come first, then those of `directory` (the largest coins) that are not among them; both give names, and the directory ranks. From
 * `start` on the list grows to 18,000 made-up coins, as the real one arrives. Only coins of the sample have numbers; their clock runs.
 */
export function createSampleMarket(options: {
  coins: readonly { id: string; symbol: string; name: string }[];
  directory?: readonly CoinRef[];
  now: () => number;
}): Market {
  const { coins, directory = [], now } = options;
  const clock = sampleClock(now);
  const ranks = new Map(directory.map(({ id, rank }) => [id, rank]));
  const figures = sampleCoins((id) => ranks.get(id) ?? null);
  const own = new Set(coins.map(({ id }) => id));
  let refs: readonly CoinRef[] = [
    ...coins.map(({ id, symbol, name }) => ({ id, symbol, name, rank: figures.get(id)?.rank ?? null })),
    ...directory.filter(({ id }) => !own.has(id)),
  ];
  const byId = new Map(refs.map((ref) => [ref.id, ref])); // only these have numbers
  const listeners: (() => void)[] = [];
  let complete = false;
  let closed = false;
  const quoteOf = (id: string, currency: string): Quote | null => {
    const [ref, coin, rate] = [byId.get(id), figures.get(id), PER_DOLLAR.get(currency)];
    return ref && coin && rate !== undefined ? toQuote(ref, coin, currency, rate, clock()) : null;
  };
  async function loadWorld(): Promise<void> {
    const { worldCoins } = await import('./coin-world/coin-world.ts'); // nothing that a live start should load
    const all = [...refs];
    let made = 0;
    for (const { id, symbol, name, rank } of worldCoins()) {
      if (made++ % SLICE === 0) await turn();
      if (closed) return;
      if (!byId.has(id)) all.push({ id, symbol: symbol.toUpperCase(), name, rank });
    }
    [refs, complete] = [all, true];
    for (const listener of listeners) listener();
  }
  const known: Market['known'] = (ids, currency) =>
    quoteResults(
      ids.map((id) => {
        const quote = quoteOf(id, currency);
        return [id, quote === null ? { quote, reason: NOT_SAMPLED } : { quote, checking: false }];
      }),
    );
  return {
    quotes: (ids, currency) => Promise.resolve(known(ids, currency)),
    known,
    history(coinId, currency, range) {
      const quote = quoteOf(coinId, currency);
      if (quote === null) return Promise.resolve({ series: null, reason: NOT_SAMPLED });
      const points = sampleSeries(quote, range);
      return Promise.resolve({ series: { coinId, currency, range, points, at: quote.at, source: SAMPLE } });
    },
    rows(ids, currency) {
      const found = ids.flatMap((id) => quoteOf(id, currency) ?? []);
      return Promise.resolve({
        rows: found.map((quote) => toPublicRow(quote, null)),
        at: found.length === 0 ? null : clock(),
      });
    },
    rate(from, to) {
      const [base, target] = [PER_DOLLAR.get(from), PER_DOLLAR.get(to)];
      const known = base !== undefined && target !== undefined;
      return Promise.resolve(
        known
          ? { rate: target / base, at: clock(), source: SAMPLE }
          : { rate: null, reason: 'the sample data does not hold this currency' },
      );
    },
    directory: () => refs,
    directoryComplete: () => complete,
    onDirectory: (listener) => void listeners.push(listener),
    currencies: () => [...PER_DOLLAR.keys()],
    status: () => ({
      plan: 'sample',
      credits: { used: 0, projected: 0, allowed: null },
      refreshMs: 0,
      sources: [{ id: SAMPLE.id, state: 'ok', lastSuccessAt: clock(), lastError: null }],
      pauses: [],
      doubts: { prices: { open: 0, oldestMs: 0 }, rates: { open: 0, oldestMs: 0 } },
      withoutFallback: [],
      pricedAt: { first: clock(), oldest: clock() },
    }),
    start: () => void loadWorld(),
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
}

function toQuote(ref: CoinRef, coin: SampleCoin, currency: string, rate: number, at: number): Quote {
  const price = coin.price * rate;
  const quote: Quote = {
    coinId: ref.id,
    symbol: ref.symbol,
    name: ref.name,
    currency,
    price,
    change1h: coin.change1h,
    change24h: coin.change24h,
    change7d: coin.change7d,
    change30d: coin.change30d,
    change1y: coin.change1y,
    rank: coin.rank,
    marketCap: coin.marketCap * rate,
    volume24h: coin.volume24h === null ? null : coin.volume24h * rate,
    high24h: null,
    low24h: null,
    ath: coin.ath * rate,
    athChange: (coin.price / coin.ath - 1) * 100,
    athAt: Date.parse(coin.athAt),
    atl: null,
    atlAt: null,
    circulatingSupply: coin.supply,
    totalSupply: coin.supply,
    maxSupply: coin.max,
    sparkline: null,
    at,
    source: SAMPLE,
  };
  const day = sampleSeries(quote, '24h').map(([, value]) => value);
  const sparkline = sampleSeries(quote, '7d').map(([, value]) => value);
  return { ...quote, high24h: Math.max(...day), low24h: Math.min(...day), sparkline };
}

/** A made-up but always equal line from the price that the change implies to the price itself. */
function sampleSeries(quote: Quote, range: Range): (readonly [number, number])[] {
  const changes = {
    '24h': quote.change24h,
    '7d': quote.change7d,
    '30d': quote.change30d,
    '90d': null,
    '1y': quote.change1y,
  };
  const from = Math.log(quote.price / (1 + (changes[range] ?? 0) / 100));
  const to = Math.log(quote.price);
  const count = POINTS[range];
  const stepMs = RANGE_LENGTHS[range].ms / count;
  const roughness = 0.012 * Math.sqrt(RANGE_LENGTHS[range].ms / DAY);
  const random = mulberry32(fnv1a(`${quote.coinId} ${range}`));
  const walk = [0];
  for (let step = 1; step < count; step++) walk.push((walk[step - 1] ?? 0) + (random() - 0.5) * (4 / Math.sqrt(count)));
  const drift = walk.at(-1) ?? 0;
  return walk.map((value, step) => {
    const part = step / (count - 1);
    const log = from + (to - from) * part + (value - drift * part) * roughness;
    return [Math.round(quote.at - (count - 1 - step) * stepMs), Math.exp(log)] as const;
  });
}
