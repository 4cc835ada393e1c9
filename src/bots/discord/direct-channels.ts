// Targets that are people: posts to "user:<id>" go to the direct channel with that person, which Discord opens or returns.
import { type APIChannel, DiscordAPIError, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { atMost } from '../../base/cache/at-most.ts';
import { personOf } from '../../base/direct-target.ts';
import { CODES, failureOf, NeverSentError } from './outcomes.ts';
import type { Rest } from './send/rest.ts';

export type DirectChannels = {
  /**
   * The channel's own id; for "user:<id>" that of the direct channel. Opening one sends nothing.
   * @throws the error of the call; NeverSentError while Discord has had enough of new conversations
   */
  resolve(channel: string): Promise<string>;
};

/** A direct channel keeps its id for good, so remembering is only bounded. */
const MOST_CHANNELS = 5000;

/**
 * https://docs.discord.com/developers/resources/user#create-dm – many new conversations at once are refused (40003): then no more are asked for
 * until the wait is over, since each refusal counts towards a ban. `monotonic`: ms.
 */
export function createDirectChannels(rest: Pick<Rest, 'paced'>, monotonic: () => number): DirectChannels {
  const known = new LRUCache<string, string>(atMost(MOST_CHANNELS));
  let heldUntil = Number.NEGATIVE_INFINITY;

  async function open(user: string): Promise<string> {
    const heldMs = heldUntil - monotonic();
    if (heldMs > 0) throw new NeverSentError(heldMs);
    try {
      const opened = await rest.paced('digest', (client) =>
        client.post(Routes.userChannels(), { body: { recipient_id: user } }),
      );
      const { id } = (opened ?? {}) as Partial<APIChannel>;
      if (typeof id !== 'string') throw new Error('Discord named no direct channel');
      return id;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.code === CODES.directTooFast) {
        const failure = failureOf(error);
        heldUntil = monotonic() + (failure.kind === 'not-sent' ? (failure.retryAfterMs ?? 0) : 0);
      }
      throw error;
    }
  }

  return {
    async resolve(channel) {
      const user = personOf(channel);
      if (user === null) return channel;
      const before = known.get(user);
      if (before !== undefined) return before;
      const id = await open(user);
      known.set(user, id);
      return id;
    },
  };
}
