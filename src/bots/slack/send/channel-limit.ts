// After a 429 only the channel it was about waits; all others go on at once.
import { LRUCache } from 'lru-cache';
import { atMost } from '../../../base/cache/at-most.ts';

/** Slack takes about one message a second per channel; https://docs.slack.dev/reference/methods/chat.postMessage#rate_limiting */
const SPACING_MS = 1100;
/** Replies that would have to wait longer are given up: nobody reads them any more. */
const LONGEST_WAIT_MS = 60_000;
const MOST_CHANNELS = 10_000;

export type ChannelLimit = {
  /** Waits for the channel's turn. False: the wait would be too long, so the call should not be made. */
  pass(channel: string): Promise<boolean>;
  /** The platform said to wait on this channel. */
  limited(channel: string, waitMs: number): void;
};

export function createChannelLimit({
  monotonic,
  sleep,
}: {
  monotonic: () => number;
  sleep: (ms: number) => Promise<void>;
}): ChannelLimit {
  const nextAt = new LRUCache<string, number>(atMost(MOST_CHANNELS)); // only channels that were limited lately
  return {
    async pass(channel) {
      const at = nextAt.get(channel);
      if (at === undefined || at <= monotonic()) {
        nextAt.delete(channel);
        return true;
      }
      if (at - monotonic() > LONGEST_WAIT_MS) return false;
      nextAt.set(channel, at + SPACING_MS);
      await sleep(at - monotonic());
      return true;
    },
    limited(channel, waitMs) {
      nextAt.set(channel, Math.max(nextAt.get(channel) ?? 0, monotonic() + waitMs));
    },
  };
}
