// The longest turn of the event loop, by the clock and by what its thread computed meanwhile: the second holds on a busy machine, too.
// Plain JavaScript: it is loaded into measured processes, where the first TypeScript file would load a compiler.

/** How often the loop is looked at, ms. */
const LOOK_MS = 5;

/** Watches from now on; the function that it returns ends that. Both figures hold a look of 5 ms at most beside the turn itself. */
export function watchLoop() {
  const longest = { ms: 0, cpuMs: 0, looks: 0 };
  let [at, cpu] = [performance.now(), cpuMs()];
  const timer = setInterval(() => {
    const [now, used] = [performance.now(), cpuMs()];
    longest.ms = Math.max(longest.ms, now - at - LOOK_MS);
    longest.cpuMs = Math.max(longest.cpuMs, used - cpu);
    longest.looks++;
    [at, cpu] = [now, used];
  }, LOOK_MS).unref();
  return () => {
    clearInterval(timer);
    return longest;
  };
}

/** Of this thread alone, so that other processes and threads do not count. */
function cpuMs() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
