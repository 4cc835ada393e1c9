// Marks: what was last believed of a price, as it is written down for the next start.
import { isNumber, objectIn } from '../stored-spec.ts';
import type { Believed } from './confirmed.ts';

/** What was last believed of a price, but for its moment; null for a damaged mark. */
export function readBelieved(json: string): Omit<Believed, 'at'> | null {
  const value: Partial<Believed> | null = objectIn(json);
  if (value === null) return null;
  const { price = null, source = '', changes } = value;
  if ((price !== null && !isNumber(price)) || typeof source !== 'string') return null;
  const isWhole = changes == null || Object.values(changes).every((change) => change === null || isNumber(change));
  return isWhole ? { price, source, ...(changes == null ? {} : { changes }) } : null;
}
