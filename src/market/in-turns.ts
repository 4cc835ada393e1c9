// Goes through a long list in slices, so that whoever else waits has a turn in between.
import { setImmediate as turn } from 'node:timers/promises';

/** A few milliseconds of light work per row. */
const SLICE = 1_000;

/** `flatMap` with turns for others before each slice. */
export async function inTurns<T, U>(
  items: readonly T[],
  change: (item: T) => readonly U[],
  slice = SLICE,
): Promise<U[]> {
  const changed: U[] = [];
  for (let at = 0; at < items.length; at += slice) {
    await turn();
    for (const item of items.slice(at, at + slice)) changed.push(...change(item));
  }
  return changed;
}
