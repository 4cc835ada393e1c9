// Each event acts once, however often Discord delivers it and to whichever of our processes: memory first, then the shared store.
import { answerWithin } from '../../../base/clock.ts';
import type { Log } from '../../../base/log.ts';
import type { SeenKeys } from '../../platform.ts';
import { createSeenIds } from '../../seen-ids.ts';

/** `taken`: another process or an earlier delivery has it; `unclear`: the store did not answer in time. */
export type Claim = 'ours' | 'taken' | 'unclear';

export type EventInbox = {
  /** Claims an event for this process. Waits for the store at most `withinMs`. Never throws. */
  claim(id: string, withinMs: number): Promise<Claim>;
};

/** `monotonic`: ms. */
export type EventInboxOptions = {
  seenKeys: SeenKeys;
  log: Log;
  sleep: (ms: number) => Promise<void>;
  monotonic: () => number;
};

export function createEventInbox({ seenKeys, log, ...clock }: EventInboxOptions): EventInbox {
  const isNew = createSeenIds();
  return {
    async claim(id, withinMs) {
      if (!isNew(id)) return 'taken';
      const asked = seenKeys.seen(`discord:${id.slice(0, 40)}`).then(
        (known): Claim => (known ? 'taken' : 'ours'),
        (error: unknown): Claim => {
          log.warn({ err: error }, 'the store of seen events cannot be asked; repeats are only known to this process');
          return 'unclear';
        },
      );
      return (await answerWithin(asked, withinMs, clock)) ?? 'unclear';
    },
  };
}
