// Compares our clock with that of a far end by the `Date` of its answer. That and `Age` count whole seconds.
import { SECOND } from '../base/clock.ts';

/**
 * How far our clock is ahead of the far end's, in ms: 0 when both agree as far as the header can tell, null when it says nothing usable.
 * The far end wrote its `Date` between `askedAt` and `answeredAt` of our clock; of what is possible, the least is returned, so that a
 * time of the far end is never taken for younger than it is. A cache on the way adds `Age` (RFC 9111, section 5.1).
 */
export function clockAheadMs(
  headers: { date: string | null; age: string | null },
  askedAt: number,
  answeredAt: number,
): number | null {
  const written = Date.parse(headers.date ?? '');
  const age = /^\d{1,9}$/u.test(headers.age ?? '') ? Number(headers.age) : null;
  if (Number.isNaN(written) || answeredAt < askedAt) return null;
  const earliest = written + (age ?? 0) * SECOND;
  const latest = earliest + (age === null ? 1 : 2) * SECOND;
  const [least, most] = [askedAt - latest, answeredAt - earliest];
  return least <= 0 && most >= 0 ? 0 : least;
}
