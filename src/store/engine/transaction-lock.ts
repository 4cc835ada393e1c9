// SQLite's one connection, shared: a transaction has it for itself until it ends, single statements come one after the other, in the order of asking.

export type TransactionLock = {
  /** Resolves when it is the caller's turn; who comes first is first. */
  take(): Promise<void>;
  release(): void;
};

export function createTransactionLock(): TransactionLock {
  let taken = false;
  let waiting: (() => void)[] = [];
  let from = 0; // who is next in `waiting`: taking the first out of a long list would move all others
  return {
    async take() {
      if (taken) await new Promise<void>((resolve) => void waiting.push(resolve));
      taken = true;
    },
    release() {
      const next = waiting[from++];
      if (next !== undefined) return next();
      [waiting, from, taken] = [[], 0, false];
    },
  };
}
