// The nodes that may be asked, in the order of the setting, and the steady clock of their pauses.

import type { Log } from '../../base/log.ts';
import { createNode } from './node.ts';
import type { RpcNode } from './node.ts';

export type Rpc = {
  readonly nodes: readonly RpcNode[];
  /** Where past blocks are read; null when switched off. */
  readonly archive: RpcNode | null;
  /** Epoch ms at the start, never stepping since: for durations and pauses, not for people. */
  clock(): number;
  close(): Promise<void>;
};

/** `now` is epoch ms, `uptime` monotonic ms. Nothing connects before the first call. */
export function createRpc(options: {
  urls: readonly string[];
  archiveUrl: string | null;
  now: () => number;
  uptime?: () => number;
  log?: Log;
}): Rpc {
  const { urls, archiveUrl, now, log } = options;
  const uptime = options.uptime ?? (() => performance.now());
  const [startedAt, startedUp] = [now(), uptime()];
  const clock = (): number => startedAt + uptime() - startedUp;
  const create = (url: string): RpcNode => createNode({ url, clock, ...(log ? { log } : {}) });
  const nodes = [...new Set(urls)].map(create);
  const archive = archiveUrl === null ? null : create(archiveUrl);
  return {
    nodes,
    archive,
    clock,
    async close() {
      await Promise.all([...nodes, ...(archive === null ? [] : [archive])].map((node) => node.close()));
    },
  };
}
