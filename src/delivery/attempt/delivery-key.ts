// The identity of a delivery on its platform, and its place in the order of sending.
import { createHash } from 'node:crypto';
import { fnv1a } from '../../base/hash.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * The key of a delivery on its platform: the same for every retry and every process, different for every delivery. 22 characters of base62
 * (Discord allows 25 for a nonce).
 */
export function deliveryKey(deliveryId: string): string {
  let rest = BigInt(`0x${createHash('sha256').update(deliveryId).digest('hex')}`);
  let key = '';
  for (; key.length < 22; rest /= 62n) key += ALPHABET[Number(rest % 62n)] ?? '0';
  return key;
}

/** A number in place of the lot that the schedule draws: positive, 31 bits. */
export function shuffleOf(deliveryId: string): number {
  return fnv1a(deliveryId) >>> 1;
}
