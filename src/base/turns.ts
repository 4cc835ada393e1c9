// Turns of the event loop: long work is done in slices, one slice in a turn, so that whoever else waits comes in between.
import { setImmediate as turn } from 'node:timers/promises';

/** A millisecond or two of light work per row, so that a collection of garbage fits beside it. */
const SLICE = 100;

let last: Promise<unknown> = Promise.resolve();

/** Resolves in a turn that no other slice has, whoever it belongs to: ten batches that arrive together would add up in a single one. */
export function ownTurn(): Promise<unknown> {
  last = last.then(() => turn());
  return last;
}

/** Long work in pieces of a few milliseconds, with a `yield` between any two: done at once, or with turns for others in between. */
export type Pieces<T> = Generator<undefined, T>;

/** Does all pieces in this turn. */
export function atOnce<T>(pieces: Pieces<T>): T {
  for (;;) {
    const { done, value } = pieces.next();
    if (done === true) return value;
  }
}

/** `flatMap` with turns for others before each slice. What comes from a generator is made slice by slice, too. */
export async function inTurns<T, U>(
  items: Iterable<T>,
  change: (item: T) => readonly U[],
  slice = SLICE,
): Promise<U[]> {
  const changed: U[] = [];
  let count = 0;
  for (const item of items) {
    if (count++ % slice === 0) await ownTurn();
    changed.push(...change(item));
  }
  return changed;
}
