// What somebody may do in a channel: roles and overwrites as Discord's documents compute them, and the names that people know them by.
import { type APIGuild, type APIOverwrite, ChannelType, OverwriteType, PermissionFlagsBits } from 'discord.js';

/** Somebody in a server, with the ids of their roles there. */
export type Holder = { id: string; roles: readonly string[] };

/** A server and a channel as the API returns them; a thread has the overwrites of its parent. */
export type Ground = {
  guild: Pick<APIGuild, 'id' | 'owner_id' | 'roles'>;
  channel: { type: ChannelType; overwrites: readonly Pick<APIOverwrite, 'id' | 'type' | 'allow' | 'deny'>[] };
};

const EVERYTHING = (1n << 64n) - 1n;

/** Permission bits in a channel (https://docs.discord.com/developers/topics/permissions#permission-overwrites and the two parts after it). */
export function permissionsIn({ guild, channel }: Ground, holder: Holder): bigint {
  if (guild.owner_id === holder.id) return EVERYTHING;
  const base = together(
    guild.roles.filter(({ id }) => id === guild.id || holder.roles.includes(id)).map((role) => role.permissions),
  );
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return EVERYTHING;
  const steps = [
    channel.overwrites.filter(({ id }) => id === guild.id),
    channel.overwrites.filter(
      ({ id, type }) => type !== OverwriteType.Member && id !== guild.id && holder.roles.includes(id),
    ),
    channel.overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === holder.id),
  ];
  const bits = steps.reduce(
    (held, step) => (held & ~together(step.map(({ deny }) => deny))) | together(step.map(({ allow }) => allow)),
    base,
  );
  if ((bits & PermissionFlagsBits.ViewChannel) === 0n) return 0n;
  return (bits & postingRight(channel.type)) === 0n
    ? bits & ~(PermissionFlagsBits.AttachFiles | PermissionFlagsBits.EmbedLinks)
    : bits;
}

/** Bit sets arrive as decimal text. */
function together(sets: readonly string[]): bigint {
  return sets.reduce((sum, set) => sum | bitsOf(set), 0n);
}

/** Bits of a decimal text, none for anything else. */
export function bitsOf(set: string): bigint {
  return /^\d{1,30}$/.test(set) ? BigInt(set) : 0n;
}

/** Threads have a right of their own. */
export function postingRight(type: ChannelType): bigint {
  return isThread(type) ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
}

export function isThread(type: ChannelType): boolean {
  return (
    type === ChannelType.AnnouncementThread || type === ChannelType.PublicThread || type === ChannelType.PrivateThread
  );
}

/**
 * What may be done with these bits in a channel of that type: whoever may not connect to a voice channel does not manage it either
 * (https://docs.discord.com/developers/topics/permissions#implicit-permissions).
 */
export function allowedIn(bits: bigint, type: ChannelType): bigint {
  const isVoice = type === ChannelType.GuildVoice || type === ChannelType.GuildStageVoice;
  return isVoice && (bits & PermissionFlagsBits.Connect) === 0n ? bits & ~PermissionFlagsBits.ManageChannels : bits;
}

const MANAGE = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ManageChannels;

/** True when bits in a channel let their holder manage it. */
export function holdsManage(bits: bigint): boolean {
  return (bits & MANAGE) !== 0n;
}

/** What a post needs and these bits lack, by the names in Discord's settings. `vital`: without it nothing arrives. */
export function missingForPosts(bits: bigint, type: ChannelType): { name: string; vital: boolean }[] {
  return [
    { bit: PermissionFlagsBits.ViewChannel, name: 'View Channel', vital: true },
    {
      bit: postingRight(type),
      name: isThread(type) ? 'Send Messages in Threads' : 'Send Messages',
      vital: true,
    },
    { bit: PermissionFlagsBits.AttachFiles, name: 'Attach Files', vital: false },
  ]
    .filter(({ bit }) => (bits & bit) === 0n)
    .map(({ name, vital }) => ({ name, vital }));
}

/**
 * What writing under a voice channel from outside needs and these bits lack, by the names in Discord's settings
 * (https://docs.discord.com/developers/resources/channel#set-voice-channel-status; without Connect none of the others counts).
 */
export function missingForStatus(bits: bigint): string[] {
  return [
    { bit: PermissionFlagsBits.ViewChannel, name: 'View Channel' },
    { bit: PermissionFlagsBits.Connect, name: 'Connect' },
    { bit: PermissionFlagsBits.ManageChannels, name: 'Manage Channels' },
    { bit: PermissionFlagsBits.SetVoiceChannelStatus, name: 'Set Voice Channel Status' },
  ]
    .filter(({ bit }) => (bits & bit) === 0n)
    .map(({ name }) => name);
}
