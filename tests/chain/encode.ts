// A SCALE encoder written from the layouts alone: the second opinion that the decoders of src/chain are tested against.

/** Compact integer; modes by size as in the specification. */
export function compact(value: bigint | number): Buffer {
  const n = BigInt(value);
  if (n < 1n << 6n) return Buffer.from([Number(n << 2n)]);
  if (n < 1n << 14n) return little((n << 2n) | 1n, 2);
  if (n < 1n << 30n) return little((n << 2n) | 2n, 4);
  const digits = n.toString(16);
  const size = Math.ceil(digits.length / 2);
  return Buffer.concat([Buffer.from([((size - 4) << 2) | 3]), little(n, size)]);
}

/** Fixed-size little-endian integer; negative values as two's complement. */
export function little(value: bigint | number, size: number): Buffer {
  const out = Buffer.alloc(size);
  let rest = BigInt.asUintN(size * 8, BigInt(value));
  for (let index = 0; index < size; index++) {
    out[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return out;
}

export function vector(items: readonly Uint8Array[]): Buffer {
  return Buffer.concat([compact(items.length), ...items]);
}

export function option(item: Uint8Array | null): Buffer {
  return item === null ? Buffer.from([0]) : Buffer.concat([Buffer.from([1]), item]);
}

/** Vec<u8> of a text. */
export function plainText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([compact(bytes.length), bytes]);
}

/** Vec<Compact<u8>> of a text. */
export function compactText(text: string): Buffer {
  return vector([...Buffer.from(text)].map((byte) => compact(byte)));
}

/** I96F32: 16 bytes, signed, the point before the low 32 bits. */
export function i96f32(value: number): Buffer {
  const whole = Math.floor(value);
  return little((BigInt(whole) << 32n) + BigInt(Math.round((value - whole) * 2 ** 32)), 16);
}

export const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex')}`;
