// The longest turn of the event loop, by the clock and by what its thread computed meanwhile: the second holds on a busy machine, too.
// Plain JavaScript: it is loaded into measured processes, where the first TypeScript file would load a compiler.

/** Watches from now on, every `lookMs`; the function that it returns ends that. Both figures hold one such time at most beside the turn itself. */
export function watchLoop(lookMs = 5) {
  const longest = { ms: 0, cpuMs: 0, looks: 0 };
  let [at, cpu] = [performance.now(), cpuMs()];
  const timer = setInterval(() => {
    const [now, used] = [performance.now(), cpuMs()];
    longest.ms = Math.max(longest.ms, now - at - lookMs);
    longest.cpuMs = Math.max(longest.cpuMs, used - cpu);
    longest.looks++;
    [at, cpu] = [now, used];
  }, lookMs).unref();
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
