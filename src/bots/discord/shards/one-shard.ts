// What the library does not do for single connections: cut one shard so that it alone is resumed, and end all of them for certain.
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
  strategy?: { retrieveSessionInfo?: (shard: number) => unknown };
};
type Connection = { terminate?: () => void; on?: (event: 'error', listener: () => void) => unknown };

/** A goodbye is waited for this long, ms; the library waits 30 s, and for ever when it was about to connect again. */
const GOODBYE_MS = 1500;

/**
 * Two faults of the library are mended here. It stops to listen for errors of a connection that it gives up, also while it is being opened:
 * what fails then would be an uncaught exception, which ends the whole process; so each connection has a listener that stays. And a client that
 * is destroyed while a shard connects may never be done with it, and connects again half a second later; so the end has a deadline, and
 * after it no shard learns any more where to connect to.
 */
class EndingStrategy extends SimpleShardingStrategy {
  /** Of the shards that are there now; the library destroys and spawns again to change their number. */
  #life = { ended: false };

  get #shards(): Held[] {
    return [...(this as unknown as { shards: ReadonlyMap<number, Held> }).shards.values()];
  }

  override async spawn(shardIds: number[]): Promise<void> {
    await super.spawn(shardIds);
    this.#life = { ended: false };
    for (const shard of this.#shards) {
      listenAlways(shard);
      refuseAfterEnd(shard, this.#life);
    }
  }

  override async destroy(options?: Parameters<SimpleShardingStrategy['destroy']>[0]): Promise<void> {
    this.#life.ended = true;
    const shards = this.#shards;
    const deadline = Promise.withResolvers<void>();
    const timer = setTimeout(deadline.resolve, GOODBYE_MS);
    await Promise.race([super.destroy(options), deadline.promise]).finally(() => {
      clearTimeout(timer);
      for (const { connection } of shards) connection?.terminate?.();
    });
  }
}

function refuseAfterEnd({ strategy }: Held, life: Readonly<{ ended: boolean }>): void {
  const ask = strategy?.retrieveSessionInfo?.bind(strategy);
  if (strategy === undefined || ask === undefined) return;
  strategy.retrieveSessionInfo = (id) => (life.ended ? new Promise(() => undefined) : ask(id));
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
    options: { buildStrategy: (manager) => (strategy = new EndingStrategy(manager)) },
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
