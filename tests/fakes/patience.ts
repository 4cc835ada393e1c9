// How long tests wait for what must happen: a bound against hanging on the slowest machine, never an expectation.

/** Well below the 60 s of a test, so that it says what was waited for in vain. */
export const PATIENCE_MS = 40_000;
