// Rights at this moment, asked of Discord when something is about to be done: of a member, and our own.
import {
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  ChannelType,
  DiscordAPIError,
  Routes,
} from 'discord.js';
import { visibleLine } from '../../../base/visible-text.ts';
import type { CanPost } from '../../bot.ts';
import type { Priority } from '../../pacer.ts';
import { CODES } from '../outcomes.ts';
import {
  type Ground,
  type Holder,
  isThread,
  missingForPosts,
  missingForStatus,
  permissionsIn,
  allowedIn,
} from '../permissions.ts';
import type { Rest } from './rest.ts';

export type Rights = {
  /** Bits of a member in a channel of that server; none when the channel belongs to another. @throws the error of a call */
  ofMember(guild: string, channel: string, holder: Holder): Promise<bigint>;
  /** Our own bits in a channel, and its type; null in direct messages, where there are no roles. @throws the error of a call */
  ofSelf(priority: Priority, channel: string, self: string): Promise<{ bits: bigint; type: ChannelType } | null>;
  /** Never throws: what cannot be asked is `unknown`. */
  canPost(channel: string, self: string): Promise<CanPost>;
  /** The same of the status of a voice channel in that server. */
  canShowStatus(guild: string, channel: string, self: string): Promise<CanPost>;
};

type Found = APIChannel & { guild_id?: string; parent_id?: string | null; permission_overwrites?: APIOverwrite[] };

export function createRights(rest: Rest): Rights {
  const get = async <T>(priority: Priority, route: `/${string}`): Promise<T> =>
    (await rest.paced(priority, (client) => client.get(route))) as T;

  /** Null for direct messages, where there are no roles. */
  async function ground(
    priority: Priority,
    channelId: string,
  ): Promise<{ ground: Ground; name: string | null } | null> {
    const channel = await get<Found>(priority, Routes.channel(channelId));
    if (channel.guild_id === undefined) return null;
    const parent =
      isThread(channel.type) && typeof channel.parent_id === 'string'
        ? await get<Found>(priority, Routes.channel(channel.parent_id))
        : channel;
    const guild = await get<APIGuild>(priority, Routes.guild(channel.guild_id));
    const overwrites = parent.permission_overwrites ?? [];
    return { ground: { guild, channel: { type: channel.type, overwrites } }, name: shownName(channel.name ?? '') };
  }

  async function own(
    priority: Priority,
    channelId: string,
    self: string,
  ): Promise<{ bits: bigint; ground: Ground; name: string | null } | null> {
    const found = await ground(priority, channelId);
    if (found === null) return null;
    const { roles } = await get<APIGuildMember>(priority, Routes.guildMember(found.ground.guild.id, self));
    return { ...found, bits: permissionsIn(found.ground, { id: self, roles }) };
  }

  /** Null where nothing is missing. */
  async function asked(
    channel: string,
    self: string,
    wrong: (found: NonNullable<Awaited<ReturnType<typeof own>>>) => CanPost | null,
    whole: readonly string[],
  ): Promise<CanPost> {
    try {
      const found = await own('reply', channel, self);
      return (found && wrong(found)) ?? { kind: 'yes' };
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) return { kind: 'unknown' };
      if (error.code === CODES.missingAccess) return refusal(whole, THAT);
      return error.code === UNKNOWN_CHANNEL ? NOT_FOUND : { kind: 'unknown' };
    }
  }

  return {
    async ofMember(guild, channel, holder) {
      const found = await ground('reply', channel);
      if (found === null || found.ground.guild.id !== guild) return 0n;
      return allowedIn(permissionsIn(found.ground, holder), found.ground.channel.type);
    },
    async ofSelf(priority, channel, self) {
      const found = await own(priority, channel, self);
      return found && { bits: found.bits, type: found.ground.channel.type };
    },
    canPost: (channel, self) =>
      asked(
        channel,
        self,
        ({ bits, ground: there, name }) => {
          const missing = missingForPosts(bits, there.channel.type);
          return missing.some(({ vital }) => vital)
            ? refusal(namesOf(missing), name === null ? THAT : `#${name}`)
            : null;
        },
        ['View Channel', 'Send Messages'],
      ),
    canShowStatus: (guild, channel, self) =>
      asked(
        channel,
        self,
        ({ bits, ground: there, name }) => {
          if (there.guild.id !== guild) return NOT_FOUND;
          if (there.channel.type !== ChannelType.GuildVoice)
            return { kind: 'no', missing: [], remedy: `${quoted(name)} is not a voice channel.` };
          const missing = missingForStatus(bits);
          return missing.length === 0 ? null : refusal(missing, quoted(name));
        },
        missingForStatus(0n),
      ),
  };
}

/** Where Discord tells no name; an id says nothing to anybody. */
const THAT = 'that channel';
/** As its server wrote it: in one line, and without the back-ticks that make code of a sentence. */
const shownName = (name: string): string | null => visibleLine(name, LONGEST_NAME).replaceAll('`', 'ˋ') || null;
/** https://docs.discord.com/developers/resources/channel#channel-object */
const LONGEST_NAME = 100;
const quoted = (name: string | null): string => (name === null ? THAT : `"${name}"`);

const namesOf = (missing: readonly { name: string }[]): string[] => missing.map(({ name }) => name);

const NOT_FOUND: CanPost = { kind: 'no', missing: [], remedy: 'I cannot find that channel.' };

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const UNKNOWN_CHANNEL = 10_003;

function refusal(missing: readonly string[], where: string): CanPost {
  return { kind: 'no', missing, remedy: `I need ${new Intl.ListFormat('en').format(missing)} in ${where}.` };
}
