// Everything that happens in one simulation, as one number: two runs of a seed must agree in it.
import { createHash } from 'node:crypto';

export type Trace = {
  note(...words: readonly (string | number)[]): void;
  /** So many notes. */
  length(): number;
  /** Ends it. */
  digest(): string;
};

export function createTrace(listen?: (line: string) => void): Trace {
  const hash = createHash('sha256');
  let count = 0;
  return {
    note(...words) {
      count++;
      const line = words.join(' ');
      listen?.(line);
      hash.update(line).update('\n');
    },
    length: () => count,
    digest: () => hash.digest('hex').slice(0, 16),
  };
}
