// Cuts the connection of one shard, so that the library resumes that one alone; the others never notice. What is given up cannot hurt any more.
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
  connection?: Connection | null;
};
type Connection = { terminate?: () => void; on?: (event: 'error', listener: () => void) => unknown };

/**
 * The library stops to listen for errors of a connection that it gives up, also while it is being opened. What fails then would be an
 * uncaught exception, which ends the whole process; so each connection has a listener that stays.
 */
class LastingListeners extends SimpleShardingStrategy {
  override async spawn(shardIds: number[]): Promise<void> {
    await super.spawn(shardIds);
    for (const shard of (this as unknown as { shards: ReadonlyMap<number, Held> }).shards.values()) listenAlways(shard);
  }
}

function listenAlways(shard: Held): void {
  let current = shard.connection;
  Object.defineProperty(shard, 'connection', {
    get: () => current,
    set(connection: Connection | null | undefined) {
      current = connection;
      connection?.on?.('error', () => undefined); // the library's own listener tells what is of interest
    },
  });
}

export function createShardCutter(): ShardCutter {
  let strategy: SimpleShardingStrategy | null = null;
  return {
    options: { buildStrategy: (manager) => (strategy = new LastingListeners(manager)) },
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
