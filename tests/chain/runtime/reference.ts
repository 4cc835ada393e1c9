// The chain's answers read a second time, slowly and in another way than src/chain does: both must say the same of any bytes.
import type { SubnetDetails } from '../../../src/chain/runtime/details.ts';
import { compact } from '../encode.ts';

const MOST_RAO = 21_000_000n * 10n ** 9n;
const U16 = 65_535n;
const U32 = 4_294_967_295n;
const U64 = 2n ** 64n - 1n;
const U128 = 2n ** 128n - 1n;

class Refused extends Error {}

function demand(fits: boolean): void {
  if (!fits) throw new Refused();
}

/** By way of text: the bytes turned round are the hexadecimal digits. */
function integerOf(bytes: Buffer): bigint {
  return BigInt(`0x0${Buffer.from(bytes.toReversed()).toString('hex')}`);
}

/** Takes bytes off the front; nothing is ever read twice. */
class Cut {
  #rest: Buffer;
  constructor(bytes: Uint8Array) {
    this.#rest = Buffer.from(bytes);
  }
  get size(): number {
    return this.#rest.length;
  }
  take(size: number): Buffer {
    demand(size <= this.#rest.length);
    const taken = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(size);
    return taken;
  }
  integer(size: number): bigint {
    return integerOf(this.take(size));
  }
  /** Whatever the encoder would not have written so is refused. */
  compact(most: bigint): bigint {
    const first = BigInt(this.#rest[0] ?? 0);
    const size = [1, 2, 4, Number(first / 4n) + 5][Number(first % 4n)] ?? 0;
    const written = this.take(size);
    const value = first % 4n === 3n ? integerOf(written.subarray(1)) : integerOf(written) / 4n;
    demand(value <= U128 && value <= most && compact(value).equals(written));
    return value;
  }
  text(): string {
    return textOf(this.take(Number(this.compact(U64))));
  }
  compactText(): string {
    const count = Number(this.compact(U64));
    demand(count <= this.size);
    return textOf(Buffer.from(Array.from({ length: count }, () => Number(this.compact(255n)))));
  }
  option<T>(read: () => T): T | null {
    const tag = this.integer(1);
    demand(tag <= 1n);
    return tag === 0n ? null : read();
  }
}

/** The first kilobyte; a character that is cut at its end is left out. */
function textOf(bytes: Buffer): string {
  return new TextDecoder().decode(bytes.subarray(0, 1_024), { stream: true });
}

/** The value of all bytes, or null when they are none. */
export function referred<T>(bytes: Uint8Array, read: (cut: Cut) => T): { value: T } | null {
  const cut = new Cut(bytes);
  try {
    const value = read(cut);
    return cut.size === 0 ? { value } : null;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

export function readDetails(block: number): (cut: Cut) => SubnetDetails[] {
  return (cut) => {
    const count = Number(cut.compact(U64));
    demand(count <= cut.size);
    const rows: SubnetDetails[] = [];
    for (let index = 0; index < count; index++) {
      const row = cut.option(() => readRow(cut, block));
      if (row !== null) rows.push(row);
    }
    demand(rows.length > 0 && rows.length <= 1_024);
    demand(rows.every(({ netuid }, place) => rows.findIndex((other) => other.netuid === netuid) === place));
    return rows;
  };
}

function readRow(cut: Cut, block: number): SubnetDetails {
  const netuid = Number(cut.compact(U16));
  cut.take(32);
  cut.take(32);
  const [name, symbol] = [cut.compactText(), cut.compactText()];
  const [tempo, lastStep, since] = [cut.compact(U16), cut.compact(U32), cut.compact(U32)].map(Number);
  const [, alphaIn = 0n, alphaOut = 0n, taoIn = 0n] = Array.from({ length: 9 }, () => cut.compact(U64));
  const volume = cut.compact(U128);
  const registeredAt = Number(cut.compact(U32));
  const identity = cut.option(() => Array.from({ length: 8 }, () => cut.text()));
  const [part, whole] = [cut.integer(4), BigInt.asIntN(96, cut.integer(12))];
  const movingPrice = Number(whole) + Number(part) / 4_294_967_296;
  demand([block, block + 1].includes((lastStep ?? 0) + (since ?? 0)) && registeredAt <= block);
  demand(netuid === 0 || [alphaIn, alphaOut, taoIn].every((rao) => rao <= MOST_RAO));
  demand(movingPrice >= 0 && movingPrice <= 1_000);
  const [own = '', github = '', , url = '', discord = '', description = ''] = identity ?? [];
  const known = identity === null ? null : { name: own, github, url, discord, description };
  const [figures, dates] = [
    { taoIn, alphaIn, alphaOut, volume },
    { tempo: tempo ?? 0, lastStep: lastStep ?? 0, registeredAt },
  ];
  return { netuid, name, symbol, ...dates, ...figures, movingPrice, identity: known };
}

export function readPrices(cut: Cut): Map<number, number> {
  const count = Number(cut.compact(U64));
  demand(count <= cut.size);
  const rows = Array.from({ length: count }, () => [Number(cut.integer(2)), cut.integer(8)] as const);
  const prices = new Map(rows.map(([netuid, rao]) => [netuid, Number(rao)]));
  demand(prices.size === rows.length && rows.every(([, rao]) => rao < 2n ** 53n));
  demand(rows.some(([netuid, rao]) => netuid > 0 && rao > 0n));
  return prices;
}

export function readPruneTarget(cut: Cut): number | null {
  return cut.option(() => Number(cut.integer(2)));
}

export function readNextEpoch(cut: Cut): number | null {
  const block = cut.option(() => cut.integer(8));
  demand(block === null || block <= U32);
  return block === null ? null : Number(block);
}

export function readAmount(cut: Cut): bigint {
  const rao = cut.integer(8);
  demand(rao <= MOST_RAO);
  return rao;
}

/** A simulated swap as its plain numbers; the chain says zeros when it failed. */
export function readSwap(cut: Cut): (bigint | null)[] | null {
  demand(cut.size === 32 || cut.size === 48);
  const amounts: (bigint | null)[] = Array.from({ length: cut.size / 8 }, () => cut.integer(8));
  if (amounts.length === 4) amounts.push(null, null);
  return amounts[0] === 0n || amounts[1] === 0n ? null : amounts;
}

/** Any storage item that is one number of a fixed size. */
export function readNumber(size: number): (cut: Cut) => bigint {
  return (cut) => cut.integer(size);
}
