// Under more load than can be carried, some are answered in time and the rest refused at once, instead of all being answered too late.
import { messageCard } from '../app/error-card.ts';
import type { Card } from '../app/card.ts';
import type { Log } from '../base/log.ts';

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
  /** Called for each event that is not run. */
  refused: () => void;
  /** Longest wait in a burst (ms). */
  longestWaitMs: number;
};

/** What those are told who could not be admitted. */
export const BUSY_CARD: Card = messageCard(
  'error',
  'refused',
  'Too many questions at once',
  'I could not get to yours in time. Please try again in a moment.',
);

/**
 * Events under way at once. One process manages 200 to 400 answers a second, so the last of them is acknowledged within half a second, and while
 * a platform takes 200 ms for a call there is room for 480 calls a second. More of them would make each slower and none come sooner.
 */
const MOST_UNDER_WAY = 96;
/** An event that takes longer waits for somebody else and not for us: it gives its place away. */
const PLACE_MS = 1000;
/** Unless the timer itself came late: then the process is what all wait for, and one more would make it worse. So often; after 3 s no answer is in time. */
const [LATE_MS, MOST_LOOKS] = [50, 3];
/**
 * When newcomers had to wait for `longestWaitMs` without a break it is no burst: a long line would only make every answer late, and as many are
 * answered from a short one. With half a second under way it is below the second in which people expect a sign. The idea is that of
 * CoDel (https://queue.acm.org/detail.cfm?id=2839461, "controlled delay").
 */
const CROWDED_WAIT_MS = 300;
/** So long without anybody waiting, and the next line is a burst again. */
const CALM_MS = 3000;
/** A refusal is a call, too, and costs half of an answer: one or two of ten calls under load. The others see that the app did not respond. */
const MOST_REFUSALS = 8;
const MOST_WAITING = 10_000;
const LOOK_EVERY_MS = 100;

type Waiter = Arrival & { at: number; done: () => void };

export function createAdmission({ monotonic, sleep, log, refused, longestWaitMs }: AdmissionOptions): Admission {
  const waiting: Waiter[] = []; // oldest first
  let underWay = 0;
  let refusals = 0;
  let looking = false;
  let crowdedSince = Number.NEGATIVE_INFINITY; // when the line of now began, with breaks shorter than CALM_MS
  let lastWaitAt = Number.NEGATIVE_INFINITY;

  async function run(arrival: Arrival, waitedMs: number): Promise<void> {
    underWay++;
    const work = arrival.run(waitedMs);
    void passOn(work);
    await work;
  }

  async function passOn(work: Promise<void>): Promise<void> {
    const ended = work.then(() => true);
    for (let look = 0; look < MOST_LOOKS; look++) {
      const due = monotonic() + PLACE_MS;
      if ((await Promise.race([ended, sleep(PLACE_MS)])) === true || monotonic() - due < LATE_MS) break;
    }
    underWay--;
    admitNext();
  }

  /** The newest goes first: it has the most time left. */
  function admitNext(): void {
    dropOld();
    const waiter = underWay < MOST_UNDER_WAY ? waiting.pop() : undefined;
    if (waiter !== undefined) void run(waiter, monotonic() - waiter.at).then(waiter.done);
  }

  /** Notes that somebody waits. */
  function crowd(now: number): void {
    if (now - lastWaitAt > CALM_MS) crowdedSince = now;
    lastWaitAt = now;
  }

  function dropOld(): void {
    if (waiting.length === 0) return;
    const now = monotonic();
    crowd(now);
    const longest = now - crowdedSince > longestWaitMs ? CROWDED_WAIT_MS : longestWaitMs;
    const fresh = waiting.findIndex(({ at }) => now - at <= longest);
    const old = fresh < 0 ? waiting.length : fresh;
    for (const waiter of waiting.splice(0, Math.max(old, waiting.length - MOST_WAITING))) void refuse(waiter);
  }

  async function refuse(waiter: Waiter): Promise<void> {
    refused();
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
      const at = monotonic();
      crowd(at);
      waiting.push({ ...arrival, at, done: ended.resolve });
      if (!looking) void look();
      await ended.promise;
    },
  };
}
