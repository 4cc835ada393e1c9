// Which tenants of a platform are worked on at once: a bounded number, who waited longest first, and each that is through makes room for the next.
import { createOpenPlaces, MOST_PLACES } from './open-places.ts';

/** So many more are asked for: the question reads all that is due, so that it must not be asked for each tenant. */
const MOST_WAITING = 256;

type Options = {
  /** Tenants with something to send, at most `most`, without `except`. */
  due: (most: number, except: readonly string[]) => Promise<readonly string[]>;
  /** Works on one tenant until nothing is left to do for now. */
  work: (tenant: string) => Promise<void>;
  /** See `createOpenPlaces`. */
  loopUse: () => number | null;
  onError: (error: unknown) => void;
};

export type TenantQueues = {
  /** Fills all places. A tenant gets one place per call, so that one that can do nothing just now is not asked again and again. */
  fill(): Promise<void>;
  /** Waits until no place is being filled. */
  settled(): Promise<void>;
};

export function createTenantQueues({ due, work, loopUse, onError }: Options): TenantQueues {
  const places = createOpenPlaces(loopUse);
  const busy = new Set<string>();
  const served = new Set<string>();
  let waiting: string[] = [];
  let filling: Promise<void> | null = null;
  let more = false;

  async function takePlaces(): Promise<void> {
    do {
      more = false;
      if (busy.size < places.count() && waiting.length === 0)
        waiting = [...(await due(MOST_PLACES - busy.size + MOST_WAITING, [...new Set([...busy, ...served])]))];
      for (const tenant of waiting.splice(0, Math.max(0, places.count() - busy.size))) start(tenant);
    } while (more);
  }

  function start(tenant: string): void {
    busy.add(tenant);
    served.add(tenant);
    void work(tenant).finally(() => {
      busy.delete(tenant);
      places.through();
      if (busy.size === 0 && waiting.length === 0) places.rest();
      void refill().catch(onError);
    });
  }

  /** One at a time; whoever asks meanwhile is served by another round of it. */
  async function refill(): Promise<void> {
    more = true;
    filling ??= takePlaces().finally(() => void (filling = null));
    await filling;
  }

  return {
    async fill() {
      served.clear();
      waiting = [];
      await refill();
    },
    async settled() {
      await Promise.resolve(); // a queue that has just ended asks for the next one first
      await filling?.catch(() => undefined);
    },
  };
}
