// The slow pulse behind the questions: warm-up, a heartbeat when nobody asks, follow-ups for doubted prices, the daily coin list.
import type { Directory } from './directory.ts';
import type { Log } from './http.ts';
import type { Intake } from './intake.ts';
import type { Lane } from './lane.ts';
import type { Watch } from './watch.ts';
import type { Sleep } from './within.ts';

export type Heart = { start: () => void; stop: () => Promise<void> };

const BEAT_MS = 15_000;
/** Distance of the follow-up polls that a doubted price needs. */
const FOLLOW_UP_MS = 60_000;
/** Doubts are followed up for people who wait: only while the currency is in demand, and for a while. */
const DEMAND_MS = 600_000;

export function createHeart(options: {
  sleep: Sleep;
  loaded: () => Promise<void>;
  lane: (currency: string) => Lane;
  lanes: ReadonlyMap<string, Lane>;
  intake: Intake;
  watch: Watch;
  directory: Directory;
  heartbeatMs: number;
  now: () => number;
  log?: Log;
}): Heart {
  const { sleep, intake, watch, directory, now } = options;
  const stopped = new AbortController();
  const stopping = new Promise<void>((resolve) => {
    stopped.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  let beating: Promise<void> | null = null;

  async function beat(): Promise<void> {
    await options.lane('usd').poll(options.heartbeatMs);
    for (const [currency, lane] of options.lanes) {
      const doubtedAt = intake.doubtedAt(currency);
      const waitedFor = now() - watch.lastAskedAt(currency) < DEMAND_MS;
      if (doubtedAt !== null && waitedFor && now() - doubtedAt >= FOLLOW_UP_MS) await lane.poll(FOLLOW_UP_MS);
    }
    await directory.refresh();
  }

  async function run(): Promise<void> {
    await options.loaded();
    while (!stopped.signal.aborted) {
      await beat().catch((error: unknown) => {
        options.log?.warn({ error: String(error) }, 'market pulse failed');
      });
      await Promise.race([sleep(BEAT_MS, stopped.signal), stopping]); // also ends with a sleep that knows no signal
    }
  }

  return {
    start() {
      beating ??= run();
    },
    async stop() {
      stopped.abort();
      await beating;
    },
  };
}
