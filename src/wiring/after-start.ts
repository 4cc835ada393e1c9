// What a start leaves for later, so that the first command is answered early: the FAQ's model is read, and the garbage of the start collected.

/** A platform that cannot connect holds the rest up no longer. */
const LONGEST_MS = 10_000;
/** Who asked while the bot was away asks now: they come first. */
const QUIET_MS = 2000;
/** The first answers of the sources are in by then. */
const SETTLED_MS = 3000;

export type AfterStart = {
  /** Every platform is connected, or could not be. */
  connected: Promise<unknown>;
  /** Holds the event loop for some tenths of a second. */
  warm: () => void;
  /** Collects garbage, some 20 MiB that an idle bot would keep for long. */
  collect: () => void;
  sleep: (ms: number) => Promise<unknown>;
  stop: AbortSignal;
};

/** Ends early once the bot is to stop. Whoever needs the model before has it read by their question. */
export async function afterStart({ connected, warm, collect, sleep, stop }: AfterStart): Promise<void> {
  await Promise.race([connected, sleep(LONGEST_MS)]);
  await sleep(QUIET_MS);
  if (stop.aborted) return;
  warm();
  await sleep(SETTLED_MS);
  if (!stop.aborted) collect();
}
