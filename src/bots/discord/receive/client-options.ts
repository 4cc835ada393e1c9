// Options of discord.js's client: no privileged intents, no caches, no mentions, and the shards of this process.
import { type ClientOptions, GatewayIntentBits, Options } from 'discord.js';
import type { Rest } from '../send/rest.ts';
import type { ShardList } from '../shards/shard-list.ts';

export function clientOptions({
  rest,
  shards,
}: {
  rest: Rest['gateway'];
  shards?: ShardList | undefined;
}): ClientOptions {
  return {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    ...(shards === undefined ? { shards: 'auto' } : { shards: [...shards.ids], shardCount: shards.count }),
    waitGuildTimeout: 0,
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      ReactionManager: 0,
      GuildMemberManager: 0,
      UserManager: 0,
      PresenceManager: 0,
      ThreadMemberManager: 0,
      VoiceStateManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
    }),
    rest: rest.options,
  };
}
