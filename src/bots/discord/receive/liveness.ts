// Tracks when each shard last showed a sign of life: events and answered heartbeats count.

export type ShardLiveness = {
  heard(shard: number): void;
  /** Longest silence of any shard, ms. */
  silentMs(shards: Iterable<{ id: number; lastPingTimestamp: number }>): number;
  forget(): void;
};

export function createShardLiveness(now: () => number): ShardLiveness {
  const last = new Map<number, { at: number; beat: number }>();
  return {
    heard(shard) {
      last.set(shard, { at: now(), beat: last.get(shard)?.beat ?? -1 });
    },
    silentMs(shards) {
      let longest = 0;
      for (const { id, lastPingTimestamp: beat } of shards) {
        const known = last.get(id);
        if (known === undefined || known.beat !== beat) last.set(id, { at: now(), beat }); // another heartbeat was answered
        else longest = Math.max(longest, now() - known.at);
      }
      return longest;
    },
    forget: () => last.clear(),
  };
}
