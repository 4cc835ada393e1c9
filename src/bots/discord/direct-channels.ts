// Targets that are people: posts to "user:<id>" go to the direct channel with that person, which Discord opens or returns.
import { type APIChannel, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { atMost } from '../../base/cache/at-most.ts';
import { personOf } from '../../base/direct-target.ts';
import type { Rest } from './send/rest.ts';

export type DirectChannels = {
  /**
   * The channel's own id; for "user:<id>" that of the direct channel. Opening one sends nothing.
   * @throws the error of the call
   */
  resolve(channel: string): Promise<string>;
};

/** A direct channel keeps its id for good, so remembering is only bounded. */
const MOST_CHANNELS = 5000;

/** https://docs.discord.com/developers/resources/user#create-dm */
export function createDirectChannels(rest: Pick<Rest, 'paced'>): DirectChannels {
  const known = new LRUCache<string, string>(atMost(MOST_CHANNELS));
  return {
    async resolve(channel) {
      const user = personOf(channel);
      if (user === null) return channel;
      const before = known.get(user);
      if (before !== undefined) return before;
      const { id } = (await rest.paced('digest', (client) =>
        client.post(Routes.userChannels(), { body: { recipient_id: user } }),
      )) as APIChannel;
      known.set(user, id);
      return id;
    },
  };
}
