// Memory that only a start needs is given back: what Node keeps of its compile cache, and the garbage of the first seconds.
import { flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MINUTE } from '../../base/clock.ts';

/** The first answers of the sources are in by then; so long nobody must have asked, too. */
const QUIET_MS = 5000;
/** A bot that is asked all the time collects what it allocates anyway. */
const GIVEN_UP_MS = 10 * MINUTE;

/**
 * Node keeps each file that it read from its compile cache, 15 MiB in all, until the cache is flushed (`CompileCacheHandler::Persist` in
 * https://github.com/nodejs/node/blob/main/src/compile_cache.cc), which writes only what is new. It takes less than a millisecond when
 * nothing is. Called between two large imports, the second one uses the memory of the first again.
 */
export const dropCompileCache: () => void = flushCompileCache;

/**
 * Once, after the start: an idle bot would keep its garbage and half empty pages for long. The collection holds the event loop for 0.1 to 0.3 s, so
 * it waits until nobody has asked for five seconds, ten minutes at most.
 * @returns to be called whenever somebody has asked
 */
export function settleMemory({
  drop = dropCompileCache,
  collect = collectAll,
}: { drop?: () => void; collect?: () => void } = {}): () => void {
  let isOver = false;
  const quiet = setTimeout(() => {
    isOver = true;
    drop();
    collect();
  }, QUIET_MS).unref();
  setTimeout(() => {
    isOver = true;
    clearTimeout(quiet);
  }, GIVEN_UP_MS).unref();
  return () => {
    if (!isOver) quiet.refresh();
  };
}

/**
 * V8's last resort, which also empties pages. `--expose-gc` on the command line would have refused the compiled code of Node's binary for the
 * whole start: src/base/loading/late-modules.ts. https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/extensions/gc-extension.h
 */
export function collectAll(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as NonNullable<typeof globalThis.gc>;
  setFlagsFromString('--no-expose-gc');
  gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
