// Reads SCALE, the chain's binary encoding, strictly: nothing beyond the end, one spelling for each number, nothing left over.
import { ownTurn } from '../base/turns.ts';

/** The only error of this file; `position` is the byte at which the encoding stopped making sense. */
export class ScaleError extends Error {
  readonly position: number;
  constructor(problem: string, position: number) {
    super(`${problem} at byte ${position}`);
    this.name = 'ScaleError';
    this.position = position;
  }
}

const U64_MAX = 2n ** 64n - 1n;
/** The text of an owner-written field of the chain is at most 1,024 bytes; more is skipped, so that one field cannot fill the memory. */
const TEXT_BYTES = 1_024;
/** The encoding: https://docs.rs/parity-scale-codec (compact integers: two low bits of the first byte are the mode). */
const SHORT_FLOORS = [0, 2 ** 6, 2 ** 14] as const;
const LONG_FLOOR = 2n ** 30n;

/**
 * Bytes of an answer such as "0x01ab".
 * @throws ScaleError when it is not hexadecimal
 */
export function hexBytes(hex: string): Uint8Array {
  if (hex.length % 2 !== 0 || !/^0x[0-9a-f]*$/iu.test(hex)) throw new ScaleError('not hexadecimal', 0);
  return Buffer.from(hex.slice(2), 'hex');
}

/** Decodes a whole value: whatever `read` leaves over is an error. */
export function decodeScale<T>(bytes: Uint8Array, read: (reader: ScaleReader) => T): T {
  const reader = new ScaleReader(bytes);
  const value = read(reader);
  if (reader.left > 0) throw new ScaleError(`${reader.left} bytes too many`, reader.position);
  return value;
}

/** The same in slices, for `read` that gives others a turn in between. Nothing is returned before all is read. */
export async function decodeScaleInTurns<T>(bytes: Uint8Array, read: (reader: ScaleReader) => Promise<T>): Promise<T> {
  const reader = new ScaleReader(bytes);
  const value = await read(reader);
  if (reader.left > 0) throw new ScaleError(`${reader.left} bytes too many`, reader.position);
  return value;
}

/** Every method reads one value and moves on; all throw ScaleError. Integers are little endian. */
export class ScaleReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get position(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#advance(8), true);
  }

  u128(): bigint {
    const low = this.u64();
    return (this.u64() << 64n) | low;
  }

  /** Signed fixed point with 96 bits before and 32 after the point, as a number. */
  i96f32(): number {
    const low = this.u64();
    const raw = (this.#view.getBigInt64(this.#advance(8), true) << 64n) | low;
    return Number(raw >> 32n) + Number(raw & 0xffff_ffffn) / 2 ** 32;
  }

  bool(): boolean {
    return this.#choice('a boolean') === 1;
  }

  /** Compact integer of at most `most` (a u64 unless told); a longer spelling than needed is an error, as on the chain. */
  compact(most: bigint = U64_MAX): bigint {
    const at = this.#at;
    const value = this.#isShort() ? BigInt(this.#shortCompact()) : this.#longCompact();
    if (value > most) throw new ScaleError('an integer out of range', at);
    return value;
  }

  /** Compact integer of at most `most` (below 2^53) as a number. */
  compactNumber(most: number): number {
    const at = this.#at;
    const value = this.#isShort() ? this.#shortCompact() : this.#longCompact();
    if (value > most) throw new ScaleError('an integer out of range', at);
    return Number(value);
  }

  option<T>(read: () => T): T | null {
    return this.#choice('an option') === 1 ? read() : null;
  }

  /** Items in order; each takes a byte or more, so a length beyond the end is refused before anything is kept. */
  vector<T>(read: () => T): T[] {
    const count = this.#length();
    return Array.from({ length: count }, () => read());
  }

  /** The same, `slice` items in a turn of the event loop. */
  async vectorInTurns<T>(read: () => T, slice: number): Promise<T[]> {
    const count = this.#length();
    const items: T[] = [];
    while (items.length < count) {
      if (items.length > 0 && items.length % slice === 0) await ownTurn();
      items.push(read());
    }
    return items;
  }

  /** `size` bytes as they are, without a length in front. */
  fixed(size: number): Uint8Array {
    const from = this.#advance(size);
    return this.#bytes.subarray(from, from + size);
  }

  /** A byte vector as text: its first kilobyte, broken UTF-8 replaced; the rest is skipped. */
  text(): string {
    const size = this.#length();
    return decodeText(this.fixed(size).subarray(0, TEXT_BYTES));
  }

  /** A byte vector that nobody wants to read. */
  skipText(): void {
    this.#advance(this.#length());
  }

  /** Text from a vector of compact bytes: names and symbols are written so, two bytes for every letter from 64 on. */
  compactText(): string {
    const count = this.#length();
    const kept: number[] = [];
    for (let index = 0; index < count; index++) {
      const byte = this.compactNumber(255);
      if (index < TEXT_BYTES) kept.push(byte);
    }
    return decodeText(Uint8Array.from(kept));
  }

  /** False for the one form that can hold more than 30 bits. */
  #isShort(): boolean {
    return ((this.#bytes[this.#at] ?? 0) & 3) !== 3;
  }

  /** One, two or four bytes: thousands of letters come so, and plain numbers are many times faster than large ones. */
  #shortCompact(): number {
    const at = this.#at;
    const mode = (this.#bytes[at] ?? 0) & 3;
    const value = (mode === 0 ? this.u8() : mode === 1 ? this.u16() : this.u32()) >>> 2;
    if (value < (SHORT_FLOORS[mode] ?? 0)) throw new ScaleError('an integer in a longer form than needed', at);
    return value;
  }

  #longCompact(): bigint {
    const at = this.#at;
    const size = (this.u8() >> 2) + 4;
    if (size > 16) throw new ScaleError('an integer of more than 128 bits', at);
    let value = 0n;
    for (let index = this.#advance(size) + size - 1; index > at; index--)
      value = (value << 8n) | BigInt(this.#bytes[index] ?? 0);
    const floor = size > 4 ? 2n ** BigInt(8 * (size - 1)) : LONG_FLOOR;
    if (value < floor) throw new ScaleError('an integer in a longer form than needed', at);
    return value;
  }

  #length(): number {
    const at = this.#at;
    const count = this.compact();
    if (count > BigInt(this.left)) throw new ScaleError('a length beyond the end', at);
    return Number(count);
  }

  #choice(what: string): 0 | 1 {
    const at = this.#at;
    const tag = this.u8();
    if (tag !== 0 && tag !== 1) throw new ScaleError(`neither 0 nor 1 for ${what}`, at);
    return tag;
  }

  /** Moves on by `size` bytes and returns where they begin. */
  #advance(size: number): number {
    if (size > this.left) throw new ScaleError(`${size} bytes wanted, ${this.left} left`, this.#at);
    const from = this.#at;
    this.#at += size;
    return from;
  }
}

const UTF8 = new TextDecoder();

/** A character that the limit cut in two is left out; anything else that is broken becomes U+FFFD. */
function decodeText(bytes: Uint8Array): string {
  if (bytes.length === 0) return '';
  const text = UTF8.decode(bytes, { stream: true });
  UTF8.decode(); // forgets the rest
  return text;
}
