// Under more load than can be carried, some are answered in time and the rest refused at once, instead of all being answered too late.
import type { Log } from '../../../base/log.ts';

/** One event. `run` gets how long it waited (ms); `refuse` says so to the person where that can be done. Neither throws. */
export type Arrival = { run: (waitedMs: number) => Promise<void>; refuse: () => Promise<void> };

export type Admission = {
  /** Runs the event now or when its turn comes, or refuses it. Resolves when nothing more happens for it. */
  enter(arrival: Arrival): Promise<void>;
  /** True while newcomers have to wait. */
  full(): boolean;
};

export type AdmissionOptions = {
  monotonic: () => number;
  sleep: (ms: number) => Promise<void>;
  log: Log;
  count: (event: string) => void;
};

/** Events under way at once. At 300 answers a second, which one process manages, the last of them waits less than a second. */
const MOST_UNDER_WAY = 256;
/** An event that takes longer waits for somebody else and not for us: it gives its place away. */
const PLACE_MS = 1000;
/** Discord wants the first answer within 3 s; what begins later than this cannot make it under load. */
const LONGEST_WAIT_MS = 2000;
/** Refusals are calls, too. */
const MOST_REFUSALS = 32;
const MOST_WAITING = 10_000;
const LOOK_EVERY_MS = 250;

type Waiter = Arrival & { at: number; done: () => void };

export function createAdmission({ monotonic, sleep, log, count }: AdmissionOptions): Admission {
  const waiting: Waiter[] = []; // oldest first
  let underWay = 0;
  let refusals = 0;
  let looking = false;

  async function run(arrival: Arrival, waitedMs: number): Promise<void> {
    underWay++;
    const work = arrival.run(waitedMs);
    void passOn(work);
    await work;
  }

  async function passOn(work: Promise<void>): Promise<void> {
    await Promise.race([work, sleep(PLACE_MS)]);
    underWay--;
    admitNext();
  }

  /** The newest goes first: it has the most time left. */
  function admitNext(): void {
    dropOld();
    const waiter = underWay < MOST_UNDER_WAY ? waiting.pop() : undefined;
    if (waiter !== undefined) void run(waiter, monotonic() - waiter.at).then(waiter.done);
  }

  function dropOld(): void {
    const fresh = waiting.findIndex(({ at }) => monotonic() - at <= LONGEST_WAIT_MS);
    const old = fresh < 0 ? waiting.length : fresh;
    for (const waiter of waiting.splice(0, Math.max(old, waiting.length - MOST_WAITING))) void refuse(waiter);
  }

  async function refuse(waiter: Waiter): Promise<void> {
    count('discord_overload_refused');
    if (refusals < MOST_REFUSALS) {
      refusals++;
      await waiter.refuse().finally(() => refusals--);
    }
    waiter.done();
  }

  /** Drops what waited too long also while nothing ends. */
  async function look(): Promise<void> {
    looking = true;
    log.warn({ count: waiting.length }, 'more questions than can be answered: some have to wait');
    while (waiting.length > 0) {
      await sleep(LOOK_EVERY_MS);
      dropOld();
    }
    looking = false;
  }

  return {
    full: () => underWay >= MOST_UNDER_WAY,
    async enter(arrival) {
      if (underWay < MOST_UNDER_WAY && waiting.length === 0) return await run(arrival, 0);
      const ended = Promise.withResolvers<void>();
      waiting.push({ ...arrival, at: monotonic(), done: ended.resolve });
      if (!looking) void look();
      await ended.promise;
    },
  };
}
