// Tracks when each shard last showed a sign of life: events and answered heartbeats count.

export type ShardLiveness = {
  heard(shard: number): void;
  /** Shards without a sign of life for longer than `ms`. */
  silent(shards: Iterable<{ id: number; lastPingTimestamp: number }>, ms: number): number[];
  /** One shard, or all, begin anew. */
  forget(shard?: number): void;
};

/** @param now monotonic ms: a corrected wall clock is no silence */
export function createShardLiveness(now: () => number): ShardLiveness {
  const last = new Map<number, { at: number; beat: number }>();
  return {
    heard(shard) {
      last.set(shard, { at: now(), beat: last.get(shard)?.beat ?? -1 });
    },
    silent(shards, ms) {
      const found: number[] = [];
      for (const { id, lastPingTimestamp: beat } of shards) {
        const known = last.get(id);
        if (known === undefined || known.beat !== beat) last.set(id, { at: now(), beat }); // another heartbeat was answered
        else if (now() - known.at > ms) found.push(id);
      }
      return found;
    },
    forget: (shard) => void (shard === undefined ? last.clear() : last.delete(shard)),
  };
}
