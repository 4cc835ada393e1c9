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

/** Ms by the clock: half of what a turn may take, as sockets are read beside it and a collection of garbage may come. */
const SHARED_MS = 5;

const ready: (() => void)[] = [];
let passing = false;

/**
 * For small work of which much gets ready at once, as the next step of a hundred posts: as much of it as fits into five milliseconds goes on in
 * one turn, the rest in the turns after that, first come, first served. Resolves when it is this one's turn, which is never the turn of the call.
 */
export async function sharedTurn(): Promise<void> {
  const mine = Promise.withResolvers<void>();
  ready.push(mine.resolve);
  if (!passing) void passOn();
  await mine.promise;
}

async function passOn(): Promise<void> {
  passing = true;
  while (ready.length > 0) {
    await turn();
    const begunAt = performance.now();
    do {
      ready.shift()?.();
      await new Promise<void>((resolve) => process.nextTick(resolve)); // after whatever that one does without waiting for anybody
    } while (ready.length > 0 && performance.now() - begunAt < SHARED_MS);
  }
  passing = false;
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
