// One entry of the list of faults that were once reproduced.

/** A number of the list of faults, what went wrong, and tests as [file, title]. `missing`: what no test shows. */
export type Fault = { fault: string; was: string; tests: readonly (readonly [string, string])[]; missing?: string };
