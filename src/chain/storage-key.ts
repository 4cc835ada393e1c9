// Where the chain keeps a value: twox128(pallet) + twox128(item), then the map key. XXH64 is written out here because Node has none.

const MASK = 2n ** 64n - 1n;
/** https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md, section "XXH64". */
const [P1, P2, P3, P4, P5] = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
] as const;

const rotate = (value: bigint, bits: bigint): bigint => ((value << bits) | (value >> (64n - bits))) & MASK;
const round = (lane: bigint, word: bigint): bigint => (rotate((lane + word * P2) & MASK, 31n) * P1) & MASK;

/** Hash of at most 31 bytes: the names of pallets and items are short, so the stripes of longer input are not needed. */
function xxh64(bytes: Buffer, seed: bigint): bigint {
  if (bytes.length >= 32) throw new RangeError('names of storage items have at most 31 bytes');
  let hash = (seed + P5 + BigInt(bytes.length)) & MASK;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    hash ^= round(0n, bytes.readBigUInt64LE(at));
    hash = (rotate(hash, 27n) * P1 + P4) & MASK;
  }
  if (at + 4 <= bytes.length) {
    hash ^= (BigInt(bytes.readUInt32LE(at)) * P1) & MASK;
    hash = (rotate(hash, 23n) * P2 + P3) & MASK;
    at += 4;
  }
  for (; at < bytes.length; at++) {
    hash ^= (BigInt(bytes[at] ?? 0) * P5) & MASK;
    hash = (rotate(hash, 11n) * P1) & MASK;
  }
  hash = ((hash ^ (hash >> 33n)) * P2) & MASK;
  hash = ((hash ^ (hash >> 29n)) * P3) & MASK;
  return hash ^ (hash >> 32n);
}

function twox128(name: string): string {
  const out = Buffer.alloc(16);
  out.writeBigUInt64LE(xxh64(Buffer.from(name), 0n), 0);
  out.writeBigUInt64LE(xxh64(Buffer.from(name), 1n), 8);
  return out.toString('hex');
}

/** Storage key "0x…" of a plain value, or the prefix of a map. */
export function storageKey(pallet: string, item: string): string {
  return `0x${twox128(pallet)}${twox128(item)}`;
}

/** Key of a map entry whose hasher is Identity: the encoded map key stands behind the prefix as it is. */
export function identityKey(prefix: string, mapKey: Uint8Array): string {
  return prefix + Buffer.from(mapKey).toString('hex');
}
