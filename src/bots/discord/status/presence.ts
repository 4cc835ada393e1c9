// The price beside the bot's name in the member list: looked at once a minute, sent only when it reads differently.
import { ActivityType, type Client } from 'discord.js';
import { MINUTE } from '../../../base/clock.ts';
import type { Log } from '../../../base/log.ts';
import { headOf } from '../../../base/visible-text.ts';

export type Presence = {
  /** Looks and shows once a minute, until the bot ends. */
  start(): Promise<void>;
};

export type PresenceOptions = {
  /** The words to show. */
  line: () => Promise<string>;
  /** Sends them over all connections, or once there is one. */
  show: (line: string) => void;
  ended: () => boolean;
  sleep: (ms: number) => Promise<void>;
  log: Log;
};

/** Longest status that people can see whole. */
const LONGEST = 128;

export function createPresence({ line, show, ended, sleep, log }: PresenceOptions): Presence {
  let shown: string | null = null;
  const look = async (): Promise<void> => {
    const words = headOf(await line(), LONGEST);
    if (words !== shown) show((shown = words));
  };
  return {
    async start() {
      while (!ended()) {
        await look().catch((error: unknown) => log.warn({ err: error }, 'the price beside the name stays as it is'));
        await sleep(MINUTE);
      }
    },
  };
}

/**
 * Sends the words as the bot's status, to one shard or all; null sends nothing.
 * https://docs.discord.com/developers/events/gateway-events#update-presence
 */
export function showStatus(client: Client, words: string | null, shard?: number): void {
  if (words === null) return;
  client.user?.setPresence({
    activities: [{ name: 'Custom Status', type: ActivityType.Custom, state: words }],
    ...(shard === undefined ? {} : { shardId: shard }),
  });
}
