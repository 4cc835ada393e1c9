// Memory that only a start needs is given back: what Node keeps of its compile cache, and the garbage of the first seconds.
import { flushCompileCache } from 'node:module';

/** The first answers of the sources are in by then. */
const SETTLED_MS = 5000;

/**
 * Node keeps each file that it read from its compile cache, 15 MiB in all, until the cache is flushed (`CompileCacheHandler::Persist` in
 * https://github.com/nodejs/node/blob/main/src/compile_cache.cc), which writes only what is new. It takes less than a millisecond when
 * nothing is. Called between two large imports, the second one uses the memory of the first again.
 */
export const dropCompileCache: () => void = flushCompileCache;

/**
 * Once, after the start: an idle bot would keep its garbage and half empty pages for long. `gc` is V8's, there with `--expose-gc`; its last
 * resort also empties pages (0.3 s of the event loop once, 0.15 s without).
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/extensions/gc-extension.h
 */
export function settleMemory(gc: typeof globalThis.gc = globalThis.gc, drop: () => void = dropCompileCache): void {
  setTimeout(() => {
    drop();
    gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  }, SETTLED_MS).unref();
}
