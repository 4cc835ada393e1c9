// Who may do what where: servers with roles, channels with overwrites, members with roles, computed as Discord's documents tell it.

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
export const BITS = {
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useExternalEmojis: 1n << 18n,
  connect: 1n << 20n,
  sendMessagesInThreads: 1n << 38n,
  setVoiceChannelStatus: 1n << 48n,
} as const;
const ALL = (1n << 53n) - 1n;

/** What the invitation of docs/discord.md asks for: the sum of its table. */
export const INVITED = 274_878_024_704n;

export type FakeRole = { id: string; name?: string; permissions: string };
export type FakeGuild = { id: string; owner_id: string; roles: FakeRole[]; name?: string };
/** `type`: 0 role, 1 member (https://docs.discord.com/developers/resources/channel#overwrite-object). */
export type FakeOverwrite = { id: string; type: 0 | 1; allow: string; deny: string };
/** `type`: 0 text, 1 direct message, 2 voice, 11 public thread (same page); a thread has its parent's overwrites. */
export type FakeChannel = {
  id: string;
  type: number;
  guild_id?: string;
  name?: string;
  parent_id?: string;
  permission_overwrites?: FakeOverwrite[];
};
export type Somebody = { id: string; roles: readonly string[] };

export type World = ReturnType<typeof createWorld>;

const THREADS = new Set([10, 11, 12]);
const VOICE = 2;
const DIRECT = '73';
const BOT_ROLE = '790000000000000000';

/** `guild`: the server that text channels are in which nobody described. */
export function createWorld(bot: string, guild: string) {
  const guilds = new Map<string, FakeGuild>();
  const channels = new Map<string, FakeChannel>();
  const members = new Map<string, readonly string[]>();

  const world = {
    /** Servers, channels and the roles of members ("server:user") as a test describes them. */
    guilds,
    channels,
    members,
    /** The role that came with the invitation: its permissions in the whole server. */
    invited: INVITED,
    guild: (id: string): FakeGuild | undefined =>
      withBotRole(guilds.get(id) ?? (id === guild ? PLAIN(guild) : undefined)),
    /** Ids that begin with 71 are text channels of the server unless a test says otherwise. */
    channel: (id: string): FakeChannel | undefined =>
      channels.get(id) ?? (id.startsWith('71') ? { id, type: 0, guild_id: guild, name: 'general' } : undefined),
    /** The conversation of the bot with somebody. */
    direct(user: string): FakeChannel {
      const made = channels.get(DIRECT + user.slice(2)) ?? { id: DIRECT + user.slice(2), type: 1 };
      channels.set(made.id, made);
      return made;
    },
    member: (guildId: string, user: string): Somebody | undefined =>
      user === bot
        ? { id: bot, roles: [BOT_ROLE, ...(members.get(`${guildId}:${bot}`) ?? [])] }
        : members.has(`${guildId}:${user}`)
          ? { id: user, roles: members.get(`${guildId}:${user}`) ?? [] }
          : undefined,
    /** Takes rights from somebody (the bot unless said otherwise) in one channel. */
    deny(channel: string, bits: bigint, who: string = bot): void {
      const known = world.channel(channel) ?? { id: channel, type: 0, guild_id: guild };
      const others = (known.permission_overwrites ?? []).filter(({ id }) => id !== who);
      channels.set(channel, {
        ...known,
        permission_overwrites: [...others, { id: who, type: 1, allow: '0', deny: String(bits) }],
      });
    },
    /** What somebody may do in a channel, bits; everything in direct messages. */
    permissions(who: Somebody, channelId: string): bigint {
      const channel = world.channel(channelId);
      const server = channel?.guild_id === undefined ? undefined : world.guild(channel.guild_id);
      if (channel === undefined || server === undefined) return ALL;
      const parent = channel.parent_id === undefined ? undefined : world.channel(channel.parent_id);
      const place = THREADS.has(channel.type) && parent !== undefined ? parent : channel;
      return implied(overwritten(basePermissions(who, server), who, server, place), channel);
    },
    /** The same of the bot. */
    own: (channelId: string): bigint =>
      world.permissions({ id: bot, roles: world.member(guildOf(channelId), bot)?.roles ?? [] }, channelId),
  };
  const guildOf = (channelId: string): string => world.channel(channelId)?.guild_id ?? guild;
  const withBotRole = (server: FakeGuild | undefined): FakeGuild | undefined =>
    server && {
      ...server,
      roles: [...server.roles, { id: BOT_ROLE, name: 'taobot', permissions: String(world.invited) }],
    };
  return world;
}

const PLAIN = (id: string): FakeGuild => ({
  id,
  name: 'server',
  owner_id: '720000000000000001',
  roles: [{ id, name: '@everyone', permissions: String(BITS.viewChannel | BITS.sendMessages) }],
});

/** https://docs.discord.com/developers/topics/permissions#permission-overwrites – the first half of its program. */
function basePermissions(who: Somebody, server: FakeGuild): bigint {
  if (server.owner_id === who.id) return ALL;
  const own = server.roles.filter(({ id }) => id === server.id || who.roles.includes(id));
  const bits = own.reduce((sum, role) => sum | BigInt(role.permissions), 0n);
  return (bits & BITS.administrator) === 0n ? bits : ALL;
}

/** The second half: @everyone, then all roles together, then the member; each time first what is denied, then what is allowed. */
function overwritten(
  base: bigint,
  who: Somebody,
  server: FakeGuild,
  { permission_overwrites: all = [] }: FakeChannel,
): bigint {
  if ((base & BITS.administrator) !== 0n) return ALL;
  const steps = [
    all.filter(({ id }) => id === server.id),
    all.filter(({ id, type }) => type === 0 && id !== server.id && who.roles.includes(id)),
    all.filter(({ id, type }) => type === 1 && id === who.id),
  ];
  return steps.reduce((bits, overwrites) => {
    const sum = (key: 'allow' | 'deny'): bigint => overwrites.reduce((total, one) => total | BigInt(one[key]), 0n);
    return (bits & ~sum('deny')) | sum('allow');
  }, base);
}

/** https://docs.discord.com/developers/topics/permissions#implicit-permissions and #inherited-permissions-threads */
function implied(bits: bigint, { type }: FakeChannel): bigint {
  if ((bits & BITS.viewChannel) === 0n) return 0n;
  if (type === VOICE && (bits & BITS.connect) === 0n) return bits & ~(BITS.manageChannels | BITS.setVoiceChannelStatus);
  const mayPost = (bits & (THREADS.has(type) ? BITS.sendMessagesInThreads : BITS.sendMessages)) !== 0n;
  return mayPost ? bits : bits & ~(BITS.attachFiles | BITS.embedLinks | BITS.mentionEveryone);
}

/** What `app_permissions` holds in a conversation with the bot (https://docs.discord.com/developers/interactions/receiving-and-responding). */
export const IN_DIRECT_MESSAGES = BITS.attachFiles | BITS.embedLinks | BITS.mentionEveryone | BITS.useExternalEmojis;
