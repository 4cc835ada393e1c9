// The snapshot in terms of the present wall clock: a clock that was set back makes no block younger.
import { type Clocks, momentOf, type Stamp } from '../../http/stamp.ts';
import type { SubnetSnapshot } from './port.ts';

/** `stamp` is of the time of its block. The same object unless the clock was set since. */
export function dated(snapshot: SubnetSnapshot, stamp: Stamp, clocks: Clocks): SubnetSnapshot {
  const setMs = momentOf(stamp, clocks) - snapshot.blockAt;
  if (setMs === 0) return snapshot;
  const { blockAt, detailsAt } = snapshot;
  return { ...snapshot, blockAt: blockAt + setMs, detailsAt: detailsAt === null ? null : detailsAt + setMs };
}
