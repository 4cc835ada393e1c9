// Loaded into a measured process beside the program itself: on request it collects garbage and says what is left.
// Plain JavaScript: the first TypeScript file of a process loads a compiler, which would be measured, too.
import { createHook } from 'node:async_hooks';
import { readdirSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { watchLoop } from './loop-turns.mjs';

/** Timers that wait, by the number Node gives them: also those that do not keep the process alive, which Node's own list leaves out. */
const timers = new Set();

/** Turns of one kind of work are told apart by the millisecond; the looks of a wave of many minutes are rarer. */
const FINE_MS = 1;

let turns;

/** A worker process of the program inherits the file, but nobody asks it. */
if (process.send !== undefined && process.env.TAOBOT_PROBE !== undefined) {
  if (process.env.TAOBOT_PROBE === 'timers')
    createHook({
      trackPromises: false,
      init: (id, type) => void (type === 'Timeout' && timers.add(id)),
      destroy: (id) => void timers.delete(id),
    }).enable();
  if (process.env.TAOBOT_PROBE === 'turns') turns = watchLoop(FINE_MS); // from the first line on
  process.on('message', (order) => {
    if (order === 'sample') void sample().then((found) => process.send?.(found));
    if (order === 'watch') turns = watchLoop();
    if (order === 'watch finely') turns = watchLoop(FINE_MS);
    if (order === 'watched') process.send?.(turns?.());
  });
  process.on('disconnect', () => process.exit(0)); // the one who measures is gone
  process.channel?.unref();
}

async function sample() {
  setFlagsFromString('--expose-gc'); // not on the command line: src/base/loading/late-modules.ts
  const gc = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  for (let round = 0; round < 3; round++) {
    gc();
    await nextTurn(); // what finalizers let go of is collected in the next round
  }
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  return {
    cpu: (user + system) / 1e6,
    rss,
    heap: heapUsed + external,
    arrayBuffers,
    timers: timers.size,
    handles: process.getActiveResourcesInfo().filter((name) => name !== 'Timeout' && name !== 'Immediate').length,
    files: readdirSync('/proc/self/fd').length,
  };
}
