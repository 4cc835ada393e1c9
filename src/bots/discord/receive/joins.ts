// A server that the bot has just joined is greeted once, in its system channel, where the bot may write.
import { GatewayDispatchEvents, PermissionFlagsBits } from 'discord.js';
import type { Log } from '../../../base/log.ts';
import type { PostOutcome } from '../../bot.ts';
import type { SeenKeys } from '../../platform.ts';
import { postingRight } from '../permissions.ts';
import type { Rights } from '../send/rights.ts';
import { HOUR } from '../../../base/clock.ts';

/** Each reconnect brings all servers again; only a join this young is one (the bot may just have been restarting). */
const YOUNG_MS = HOUR;
/** Joins that wait until it is known who we are. */
const MOST_WAITING = 50;

export type JoinOptions = {
  /** Remembers a greeting for a week, for all processes: a server that invites again within it is not greeted again. */
  seenKeys: SeenKeys;
  rights: Pick<Rights, 'ofSelf'>;
  /** Our own user id; null before the gateway said it. */
  self: () => string | null;
  /** Posts the greeting; `key` tells a repeated attempt from a second message. */
  greet: (channel: string, key: string) => Promise<PostOutcome>;
  log: Log;
  now: () => number;
};

type Join = { guild: string; channel: string };

export function createJoins({ seenKeys, rights, self, greet, log, now }: JoinOptions) {
  let waiting: Join[] = [];

  async function welcome({ guild, channel }: Join, own: string): Promise<void> {
    try {
      const held = await rights.ofSelf('reply', channel, own);
      if (held === null) return;
      const needed = PermissionFlagsBits.ViewChannel | postingRight(held.type);
      if ((held.bits & needed) !== needed) return;
      if (await seenKeys.seen(`discord-greeted:${guild}`)) return; // before the post: rather no greeting than two
      const outcome = await greet(channel, `hi${guild}`.slice(0, 25));
      if (outcome.kind !== 'sent') log.info({ code: outcome.code }, 'a greeting was not delivered');
    } catch (error) {
      log.warn({ err: error }, 'a server could not be greeted');
    }
  }

  return {
    /** Takes any event of the gateway; greets when it is a real join. Never throws. */
    async take(name: string, data: Readonly<Record<string, unknown>>): Promise<void> {
      if (name !== CREATED || data['unavailable'] === true) return;
      const { id: guild, system_channel_id: channel, joined_at: joined } = data;
      if (typeof guild !== 'string' || typeof channel !== 'string' || typeof joined !== 'string') return;
      if (!(Math.abs(now() - Date.parse(joined)) < YOUNG_MS)) return;
      const own = self();
      if (own !== null) return await welcome({ guild, channel }, own);
      if (waiting.length < MOST_WAITING) waiting.push({ guild, channel });
    },
    /** Greets those who came before it was known who we are. Never throws. */
    async ready(): Promise<void> {
      const [own, joins] = [self(), waiting];
      if (own === null) return;
      waiting = [];
      for (const join of joins) await welcome(join, own);
    },
  };
}

const CREATED: string = GatewayDispatchEvents.GuildCreate;
