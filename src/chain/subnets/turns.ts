// What moves slowly is read in turns, one call a minute, so that no minute asks much of a public node.
import { MINUTE } from '../../base/clock.ts';

const EVERY_MS = {
  details: 10 * MINUTE,
  pruneTarget: 5 * MINUTE,
  registrationCost: 5 * MINUTE,
  blockEmission: 60 * MINUTE,
} as const;
/** Storage values ride with the reading of the block, half-way between two readings of the details: both are large. */
const VALUES_MS = 10 * MINUTE;
const FIRST_VALUES_MS = 5 * MINUTE;

export type Turn = keyof typeof EVERY_MS;

export type Turns = {
  /** The call that is most overdue; null when none is. */
  next(): Turn | null;
  /** Whether the storage values of the subnets are due. */
  valuesDue(): boolean;
  done(turn: Turn | 'values'): void;
  /** To be tried again in a minute, behind whatever is due until then. */
  failed(turn: Turn): void;
  /** Details and values are due at once: a subnet came or went. */
  hurry(): void;
};

export function createTurns(clock: () => number): Turns {
  const due = new Map<Turn, number>(Object.keys(EVERY_MS).map((turn, place) => [turn as Turn, place]));
  let valuesDueAt = 0;
  let valuesRead = false;
  return {
    next() {
      const [first] = [...due].sort(([, left], [, right]) => left - right);
      return first !== undefined && first[1] <= clock() ? first[0] : null;
    },
    valuesDue: () => valuesDueAt <= clock(),
    done(turn) {
      if (turn === 'values') {
        valuesDueAt = clock() + (valuesRead ? VALUES_MS : FIRST_VALUES_MS);
        valuesRead = true;
      } else due.set(turn, clock() + EVERY_MS[turn]);
    },
    failed: (turn) => void due.set(turn, clock() + MINUTE),
    hurry() {
      due.set('details', 0);
      valuesDueAt = 0;
    },
  };
}
