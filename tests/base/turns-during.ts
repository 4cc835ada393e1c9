// Counts how often others had their turn while something was done.

/** Turns of the event loop that others had while `work` ran. */
export async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  const state = { turns: 0, counting: true };
  const count = () => {
    state.turns++;
    if (state.counting) setImmediate(count);
  };
  count();
  await work();
  state.counting = false;
  return state.turns;
}
