// Goes through a long list in slices, so that whoever else waits has a turn in between.
import { setImmediate as turn } from 'node:timers/promises';

/** Few milliseconds of light work per row, also when it is done for the first time. */
const SLICE = 250;

/** `flatMap` with turns for others before each slice. What comes from a generator is made slice by slice, too. */
export async function inTurns<T, U>(
  items: Iterable<T>,
  change: (item: T) => readonly U[],
  slice = SLICE,
): Promise<U[]> {
  const changed: U[] = [];
  let count = 0;
  for (const item of items) {
    if (count++ % slice === 0) await turn();
    changed.push(...change(item));
  }
  return changed;
}
