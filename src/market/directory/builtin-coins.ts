// The largest coins known by heart: what can be looked up before CoinGecko's list has arrived and whenever it cannot.
import { readFileSync } from 'node:fs';
import type { CoinRef } from '../market.ts';

const FILE = new URL('./builtin-coins.csv', import.meta.url);

/**
 * Coins of `builtin-coins.csv`, largest first. Our own table: which coins, and their order, by public knowledge as of the date in the file;
 * every id, ticker and name was compared with CoinGecko's list. Ranks are approximate, null beyond the first 250.
 */
export function builtinCoins(): CoinRef[] {
  return readFileSync(FILE, 'utf8').split('\n').flatMap(toCoin);
}

function toCoin(line: string): CoinRef[] {
  if (line === '' || line.startsWith('#')) return [];
  const [rank = '', id = '', symbol = '', name = ''] = line.split(',');
  return [{ id, symbol, name, rank: rank === '' ? null : Number(rank) }];
}
