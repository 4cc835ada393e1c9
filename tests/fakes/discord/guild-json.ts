// Servers as GUILD_CREATE brings them, with the fields of Discord's documents that a client caches.
import { guildId } from './gateway.ts';

export type GuildParts = { channels: number; roles: number; emojis: number };

export const SMALL_GUILD: GuildParts = { channels: 15, roles: 8, emojis: 0 };

/** https://docs.discord.com/developers/events/gateway-events#guild-create; without the intent for members only few of them come. */
export function guildJson(index: number, parts: GuildParts): object {
  const id = guildId(index);
  const idOf = (step: number, offset: number): string => String(BigInt(id) + BigInt(step * (offset + 1)));
  const times = <T>(length: number, make: (offset: number) => T): T[] =>
    Array.from({ length }, (_, each) => make(each));
  // https://docs.discord.com/developers/resources/channel#channel-object
  const channel = (offset: number) => ({
    id: idOf(1000, offset),
    type: 0,
    name: `channel-${offset}`,
    position: offset,
    permission_overwrites: [{ id, type: 0, allow: '0', deny: '1024' }],
    topic: 'a topic of some length, as channels have',
    nsfw: false,
    rate_limit_per_user: 0,
    parent_id: null,
    last_message_id: idOf(3000, offset),
    flags: 0,
    version: 1_700_000_000_000,
  });
  // https://docs.discord.com/developers/topics/permissions#role-object
  const role = (offset: number) => ({
    id: offset === 0 ? id : idOf(100_000, offset),
    name: `role-${offset}`,
    permissions: '1024',
    position: offset,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    managed: false,
    mentionable: false,
    flags: 0,
  });
  // https://docs.discord.com/developers/resources/emoji#emoji-object
  const emoji = (offset: number) => ({
    id: idOf(7000, offset),
    name: `emoji_${offset}`,
    roles: [],
    require_colons: true,
    managed: false,
    animated: false,
    available: true,
  });
  return {
    id,
    name: `server ${index}`,
    icon: '0123456789abcdef0123456789abcdef',
    owner_id: '720000000000000000',
    unavailable: false,
    member_count: 100,
    large: false,
    roles: times(parts.roles, role),
    channels: times(parts.channels, channel),
    members: [],
    emojis: times(parts.emojis, emoji),
    stickers: [],
    threads: [],
    presences: [],
    voice_states: [],
    features: [],
    stage_instances: [],
    guild_scheduled_events: [],
    preferred_locale: 'en-US',
    joined_at: '2024-01-01T00:00:00Z',
  };
}
