// Cuts the connection of one shard, so that the library resumes that one alone; the others never notice.
import { SimpleShardingStrategy, type WebSocketOptions, WebSocketShardDestroyRecovery } from 'discord.js';

export type ShardCutter = {
  /** For the client's options. */
  options: WebSocketOptions;
  /** False when the shard could not be reached: then only a new client helps. */
  cut(shard: number): boolean;
};

/** What the library keeps of a shard; its types hide it, so each part is looked for before it is used. */
type Held = {
  destroy?: (options: { reason: string; recover: WebSocketShardDestroyRecovery }) => Promise<void>;
  connection?: { terminate?: () => void } | null;
};

export function createShardCutter(): ShardCutter {
  let strategy: SimpleShardingStrategy | null = null;
  return {
    options: { buildStrategy: (manager) => (strategy = new SimpleShardingStrategy(manager)) },
    cut(shard) {
      const held = (strategy as { shards?: ReadonlyMap<number, Held> } | null)?.shards?.get(shard);
      if (held?.destroy === undefined || held.connection?.terminate === undefined) return false;
      const { connection } = held;
      const ended = held.destroy({ reason: 'silent', recover: WebSocketShardDestroyRecovery.Resume });
      ended.catch(() => undefined); // the next look sees whether the shard came back
      connection.terminate?.(); // a peer that is gone would not answer the goodbye for 30 s
      return true;
    },
  };
}
