// Goes through a long list in slices, so that whoever else waits has a turn in between.
import { setImmediate as turn } from 'node:timers/promises';

/** A few milliseconds of light work per row. */
const SLICE = 1_000;

let last: Promise<unknown> = Promise.resolve();

/** One slice per turn of the event loop, whoever it belongs to: ten batches that arrive together would add up in a single turn. */
function ownTurn(): Promise<unknown> {
  last = last.then(() => turn());
  return last;
}

/** `flatMap` with turns for others before each slice. */
export async function inTurns<T, U>(
  items: readonly T[],
  change: (item: T) => readonly U[],
  slice = SLICE,
): Promise<U[]> {
  const changed: U[] = [];
  for (let at = 0; at < items.length; at += slice) {
    await ownTurn();
    for (const item of items.slice(at, at + slice)) changed.push(...change(item));
  }
  return changed;
}
