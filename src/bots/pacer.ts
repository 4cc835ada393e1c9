// Spaces calls evenly, so that a platform's limit holds in every window it may measure; replies go before scheduled posts.
import { HOUR } from '../base/clock.ts';

/** `reply`: somebody is waiting for it; `digest`: the clock asked for it. */
export type Priority = 'reply' | 'digest';

export type Pacer = {
  /**
   * Resolves when the next call may go out. `wanted` is asked at that moment: when it says no, the turn goes to the next one.
   * @throws Error when the pacer was closed meanwhile, NoLongerWanted when `wanted` said no
   */
  slot(priority: Priority, wanted?: () => boolean): Promise<void>;
  /** The platform said no: nothing goes out for `ms`, then slower, gaining one call per second each second. */
  pause(ms: number): void;
  close(): void;
};

export type PacerOptions = {
  /** Calls per second in the long run. */
  perSecond: number;
  /**
   * Part of a call that may be made up for when a timer came late. With 46/s and 0.5 no window of one second holds more than 47: of the 50
   * that Discord allows, three are left for calls that bunch up on the way.
   */
  credit?: number;
  /** Rate right after a pause. */
  perSecondAfterPause?: number;
  /** Epoch or monotonic ms; steps back are survived. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
};

/** Longest pause that is believed; anything longer is an absurd header. */
const LONGEST_PAUSE_MS = HOUR;

/** After a second of rest connections are cold: the first calls take longer and would arrive together with the next ones. */
const IDLE_MS = 1000;
const WARM_UP = 1.25;

/** The call waited so long that it must not go out any more. */
export class NoLongerWanted extends Error {
  override name = 'NoLongerWanted';
}

type Waiter = { resolve: () => void; reject: (error: Error) => void; wanted: () => boolean };

export function createPacer(options: PacerOptions): Pacer {
  const { perSecond, credit = 0.5, perSecondAfterPause = perSecond * 0.64, now, sleep } = options;
  const waiters: Record<Priority, Waiter[]> = { reply: [], digest: [] };
  let nextAt = Number.NEGATIVE_INFINITY;
  let resumedAt = Number.NEGATIVE_INFINITY; // when the last pause ends or ended
  let warmFrom = Number.NEGATIVE_INFINITY; // when calls began after a rest
  let running = false;
  let closed = false;
  let seen = now();

  const intervalAt = (time: number): number =>
    1000 / Math.min(perSecond, perSecondAfterPause + Math.max(0, time - resumedAt) / 1000);
  const clock = (): number => {
    const time = now();
    if (time < seen) {
      nextAt -= seen - time; // the clock stepped back: waiting times stay what they were
      resumedAt -= seen - time;
    }
    seen = time;
    return time;
  };
  const waiting = (): number => waiters.reply.length + waiters.digest.length;

  /** One loop serves all waiters, so nobody wakes together with others. */
  async function serve(): Promise<void> {
    running = true;
    while (waiting() > 0) {
      const time = clock();
      const readyAt = Math.max(nextAt, resumedAt);
      if (readyAt > time) {
        await sleep(Math.min(readyAt - time, 1000)); // in steps, so that a pause or a clock step is noticed
        continue;
      }
      const waiter = waiters.reply.shift() ?? waiters.digest.shift();
      if (waiter?.wanted() === false) {
        waiter.reject(new NoLongerWanted('waited too long for its turn'));
        continue;
      }
      if (time - nextAt > IDLE_MS) warmFrom = time;
      const interval = intervalAt(time) * (time - warmFrom < IDLE_MS ? WARM_UP : 1);
      nextAt = Math.max(nextAt, time - credit * interval, resumedAt) + interval;
      waiter?.resolve();
      await Promise.resolve(); // whoever was served may pause us before the next one goes
    }
    running = false;
  }

  return {
    slot(priority, wanted = () => true) {
      if (closed) return Promise.reject(new Error('pacer is closed'));
      return new Promise((resolve, reject) => {
        waiters[priority].push({ resolve, reject, wanted });
        if (!running) void serve();
      });
    },
    pause(ms) {
      const wait = Number.isFinite(ms) ? Math.min(Math.max(ms, 1000), LONGEST_PAUSE_MS) : 5000;
      resumedAt = Math.max(resumedAt, clock() + wait);
    },
    close() {
      closed = true;
      for (const waiter of [...waiters.reply.splice(0), ...waiters.digest.splice(0)])
        waiter.reject(new Error('pacer is closed'));
    },
  };
}
