// Contents that platforms refuse: a post that is refused everywhere is not tried in every channel, and nobody else's posts suffer for it.
import { LRUCache } from 'lru-cache';
import { atMost } from '../../base/cache/at-most.ts';
import { MINUTE } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';

/** So many refusals of one content in a row mean that the content is broken, not the channels. */
const MOST_REFUSALS = 20;
const PAUSE_MS = 15 * MINUTE;
const MOST_CONTENTS = 2000;

export type RefusedBodies = {
  /** False while posts of this content rest. `content`: what equal posts have in common. */
  mayTry(content: string): boolean;
  refused(content: string, code: string): void;
  sent(content: string): void;
};

/** @param monotonic ms that never step back */
export function createRefusedBodies(platform: string, monotonic: () => number, log: Log): RefusedBodies {
  const counts = new LRUCache<string, number>(atMost(MOST_CONTENTS));
  const restsFrom = new LRUCache<string, number>(atMost(MOST_CONTENTS));
  const mayTry = (content: string): boolean => {
    const from = restsFrom.get(content);
    return from === undefined || monotonic() - from >= PAUSE_MS;
  };
  return {
    mayTry,
    refused(content, code) {
      if (!mayTry(content)) return; // it was under way when the others were refused
      const count = (counts.get(content) ?? 0) + 1;
      counts.set(content, count % MOST_REFUSALS);
      if (count < MOST_REFUSALS) return;
      restsFrom.set(content, monotonic());
      log.error({ platform, code, pauseMs: PAUSE_MS }, 'a post is refused everywhere for its content: it rests');
    },
    sent: (content) => void counts.delete(content),
  };
}
