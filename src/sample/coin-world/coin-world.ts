// A list of 18,000 coins with the collisions of the real one, made by rules: the same at every run.
import { builtinCoins } from '../../market/directory/builtin-coins.ts';
import { sampleCoins } from '../coins.ts';
import { collidingCoins, type NamedCoin } from './collisions.ts';
import { madeUpName, slugOf, tickerOf } from './names.ts';
import { createRandom, type Random } from './random.ts';

/** A coin as `/coins/list` and `/coins/markets` give it; tickers in lower case, prices in US dollars. */
export type WorldCoin = {
  id: string;
  symbol: string;
  name: string;
  /** Market-cap rank of the first 300; null for all others. */
  rank: number | null;
  /** Of the 60 largest: the project's sample data. Of the others: made up. */
  price: number;
  supply: number;
  change24h: number;
};

const COUNT = 18_000;
const RANKED = 300;
const SEED = 20_260_918;
/** Market cap of rank 60, and how steeply caps fall behind it. */
const CAP_60 = 1.5e9;
const STEEPNESS = 1.6;

/** In the order of the real list: by id. */
export function coinWorld(): WorldCoin[] {
  return [...worldCoins()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** The largest coins by rank, then all others; made as they are asked for, because all of them take a tenth of a second. */
export function* worldCoins(): Generator<WorldCoin> {
  const random = createRandom(SEED);
  const samples = sampleCoins(() => null);
  const taken = new Set<string>();
  const largest = builtinCoins();
  for (const [at, { id, symbol, name }] of largest.entries()) {
    taken.add(id);
    const rank = at < RANKED ? at + 1 : null;
    const sample = samples.get(id);
    const figures = sample === undefined ? madeUpFigures(symbol, rank, random) : pickFigures(sample);
    yield { id, symbol: symbol.toLowerCase(), name, rank, ...figures };
  }
  const small = (coin: NamedCoin): WorldCoin => {
    const id = freeId(coin.id ?? slugOf(coin.name), taken);
    return { id, symbol: coin.symbol, name: coin.name, rank: null, ...madeUpFigures(coin.symbol, null, random) };
  };
  for (const coin of collidingCoins()) yield small(coin);
  while (taken.size < COUNT) {
    const name = madeUpName(random);
    yield small({ name, symbol: tickerOf(name, random) });
  }
}

/** "name", "name-2", "name-3" …, as CoinGecko does for namesakes. */
function freeId(wanted: string, taken: Set<string>): string {
  const base = wanted === '' ? 'coin' : wanted;
  let id = base;
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
  taken.add(id);
  return id;
}

type Figures = Pick<WorldCoin, 'price' | 'supply' | 'change24h'>;

function pickFigures({ price, supply, change24h }: Figures): Figures {
  return { price, supply, change24h };
}

/** Dollars stay at a dollar; unranked coins are worth next to nothing. */
function madeUpFigures(symbol: string, rank: number | null, random: Random): Figures {
  const supply = Math.round(10 ** (6 + random.next() * 6));
  const cap = rank === null ? 1e4 + random.next() * 5e6 : CAP_60 * (60 / Math.max(rank, 60)) ** STEEPNESS;
  const change24h = Math.round((random.next() - 0.5) * 200) / 10;
  if (/usd/iu.test(symbol)) return { price: 1, supply: Math.round(cap), change24h: 0 };
  return { price: cap / supply, supply, change24h };
}
