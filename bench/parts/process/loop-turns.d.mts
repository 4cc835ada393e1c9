// Types of loop-turns.mjs.

/** Milliseconds of the longest turn by the clock and of its thread's computing; `looks`: how often the loop was looked at. */
export type Turns = { ms: number; cpuMs: number; looks: number };
export function watchLoop(lookMs?: number): () => Turns;
