// The figures behind the sample market: profiled coins in full from data.json, the largest coins from a table.
import { readFileSync } from 'node:fs';
import sample from './data.json' with { type: 'json' };

/** Money in dollars, changes in percent, supplies in coins; null = not known. */
export type SampleCoin = {
  price: number;
  change1h: number;
  change24h: number;
  change7d: number;
  change30d: number;
  change1y: number | null;
  marketCap: number;
  volume24h: number | null;
  rank: number | null;
  supply: number;
  max: number | null;
  ath: number;
  athAt: string;
};

const LARGEST = new URL('./largest-coins.csv', import.meta.url);
/** A day's change spread over its hours, so that the table needs no column for it. */
const HOURS_A_DAY = 24;

/** By CoinGecko id. `rankOf` gives the rank of coins of the table, which has none of its own. */
export function sampleCoins(rankOf: (id: string) => number | null): ReadonlyMap<string, SampleCoin> {
  const rows = readFileSync(LARGEST, 'utf8').split('\n');
  const largest = rows.filter((row) => row !== '' && !row.startsWith('#')).map((row) => toCoin(row, rankOf));
  return new Map<string, SampleCoin>([...largest, ...Object.entries(sample.coins)]);
}

function toCoin(row: string, rankOf: (id: string) => number | null): [string, SampleCoin] {
  const [id = '', ...cells] = row.split(',');
  const [
    price = 0,
    change24h = 0,
    change7d = 0,
    change30d = 0,
    change1y = null,
    supply = 0,
    max = null,
    volume24h = null,
    ath = 0,
  ] = cells.slice(0, -1).map((cell) => (cell === '' ? undefined : Number(cell)));
  const change1h = Math.round((change24h / HOURS_A_DAY) * 10) / 10;
  const changes = { change1h, change24h, change7d, change30d, change1y };
  const supplies = { marketCap: price * supply, supply, max, rank: rankOf(id) };
  return [id, { price, ...changes, ...supplies, volume24h, ath, athAt: cells.at(-1) ?? '' }];
}
