// Modules that are loaded after the start, and the growth of V8's heap, which must not be bounded while they are.
// V8 refuses compiled code, which Node's own binary holds for its modules and the compile cache for ours, from whoever had other flags
// (https://nodejs.org/api/v8.html#v8cacheddataversiontag): with the flag on the command line a start compiled a hundred modules of Node's own anew.
import { setFlagsFromString } from 'node:v8';
import { ownTurn } from '../turns.ts';

/** Why so little: docs/decisions/0014-garbage-collection.md. V8 reads it at the end of each collection. */
export const BOUNDED_GROWTH = '--heap-growing-percent=30';
/** V8's own choice: `heap_growing_percent` in https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/flags/flag-definitions.h */
const OWN_GROWTH = '--heap-growing-percent=0';

let isBounded = false;
let loads = 0;

/** From now on the heap grows by 30 % at most from one large collection to the next: for when all that a start needs is loaded. */
export function boundHeapGrowth(): void {
  isBounded = true;
  if (loads === 0) setFlagsFromString(BOUNDED_GROWTH);
}

/**
 * Loads modules one after the other, each in a turn of its own: an import with all that it needs may hold the event loop for a tenth of a second.
 * They find their code compiled, as those of a start do.
 */
export async function loadInTurns(parts: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const part of parts) {
    await ownTurn();
    await withOwnGrowth(part);
  }
}

async function withOwnGrowth(load: () => Promise<unknown>): Promise<void> {
  loads++;
  if (isBounded) setFlagsFromString(OWN_GROWTH);
  try {
    await load();
  } finally {
    if (--loads === 0 && isBounded) setFlagsFromString(BOUNDED_GROWTH);
  }
}
