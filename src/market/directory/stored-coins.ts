// The look-up list as rows of the memory: a head with the dates, and rows of coins short enough to be read and written in a millisecond.
import { z } from 'zod';
import { inTurns } from '../../base/turns.ts';
import type { CoinRef } from '../market.ts';
import type { SavedRows } from '../quote-cache.ts';

/** `at` and `rankedAt` (epoch ms): when the list and its ranks were read; null when there are no ranks. */
export type StoredCoins = { at: number; rankedAt: number | null; coins: readonly CoinRef[] };

const KEY = 'directory';
const partKey = (part: number) => `${KEY}:${part}`;
/** Coins in a row; fifty kilobytes. */
const PART = 1_000;
/** `parts`: how many rows of coins go with the head. An older version kept all coins in the head and one date for both. */
const Head = z.object({
  at: z.number(),
  rankedAt: z.number().nullish(),
  parts: z.number().int().min(0).max(1_000).default(0),
  rows: z.array(z.unknown()).default([]),
});
/** [id, symbol, name, rank]: coins are stored without field names, which halves a megabyte. */
const Coin = z.tuple([z.string(), z.string(), z.string(), z.number().nullable()]);

export async function toRows({ at, rankedAt, coins }: StoredCoins): Promise<SavedRows> {
  const count = Math.ceil(coins.length / PART);
  const head = { key: KEY, json: JSON.stringify({ at, rankedAt, parts: count }), at };
  const parts = await inTurns(
    Array.from({ length: count }, (_, part) => part),
    (part) => {
      const some = coins.slice(part * PART, (part + 1) * PART);
      const json = JSON.stringify(some.map(({ id, symbol, name, rank }) => [id, symbol, name, rank]));
      return [{ key: partKey(part), json, at }];
    },
    1,
  );
  return [head, ...parts];
}

/** Null when nothing is stored. @throws when what is stored is damaged, or only a part of it is there */
export async function fromRows(rows: SavedRows): Promise<StoredCoins | null> {
  const byKey = new Map(rows.filter(({ key }) => key.startsWith(KEY)).map((row) => [row.key, row]));
  const stored = byKey.get(KEY);
  if (stored === undefined) return null;
  const head = Head.parse(JSON.parse(stored.json));
  const parts = Array.from({ length: head.parts }, (_, part) => byKey.get(partKey(part)));
  const coins = await inTurns(parts, (part) => readPart(part, head.at), 1);
  const older = await inTurns(head.rows, (row) => [readCoin(row)]);
  const all = [...coins, ...older];
  const ranked = all.some(({ rank }) => rank !== null);
  return { at: head.at, rankedAt: ranked ? (head.rankedAt ?? head.at) : null, coins: all };
}

/** Rows of another date belong to another list. */
function readPart(part: SavedRows[number] | undefined, at: number): CoinRef[] {
  if (part?.at !== at) throw new Error('a part of the stored coins is missing');
  return z.array(z.unknown()).parse(JSON.parse(part.json)).map(readCoin);
}

function readCoin(row: unknown): CoinRef {
  const [id, symbol, name, rank] = Coin.parse(row);
  return { id, symbol, name, rank };
}
