// Goes through a long list in slices, so that whoever else waits has a turn in between.
import { setImmediate as turn } from 'node:timers/promises';

/** A few milliseconds of the work that is done here per row. */
const SLICE = 1_000;

/** `flatMap` with turns for others before each slice. */
export async function inTurns<T, U>(items: readonly T[], change: (item: T) => readonly U[]): Promise<U[]> {
  const changed: U[] = [];
  for (let at = 0; at < items.length; at += SLICE) {
    await turn();
    for (const item of items.slice(at, at + SLICE)) changed.push(...change(item));
  }
  return changed;
}
