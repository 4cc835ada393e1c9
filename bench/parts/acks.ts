// Acknowledgement times of a burst of commands, and of several bursts.
import { quantile } from './quantile.ts';

/** Ms; `late`: how many had none. */
export type Acks = { p50: number; p99: number; late: number };

/** The median of each figure. */
export function medianAcks(all: readonly Acks[]): Acks {
  const of = (name: keyof Acks) =>
    quantile(
      all.map((one) => one[name]),
      0.5,
    );
  return { p50: of('p50'), p99: of('p99'), late: of('late') };
}

/** Ours beside those of a bare bot. */
export function ackFigures({ ours, bare }: Readonly<Record<'ours' | 'bare', Acks>>): Record<string, number> {
  return {
    ackP50Ms: ours.p50,
    ackP99Ms: ours.p99,
    echoAckP99Ms: bare.p99,
    ackP99Ratio: ours.p99 / bare.p99,
  };
}
