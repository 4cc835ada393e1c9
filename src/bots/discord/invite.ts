// The link that invites the bot to a server: the scopes and permissions it asks for, and nothing more.
import { OAuth2Scopes, PermissionFlagsBits } from 'discord.js';

/** What each is for stands in docs/discord.md. Answers to slash commands need none of them. */
export const INVITE_PERMISSIONS = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'AttachFiles',
  'ReadMessageHistory',
  'EmbedLinks',
] as const satisfies readonly (keyof typeof PermissionFlagsBits)[];

const SCOPES = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands];

/** @see https://docs.discord.com/developers/topics/oauth2#bot-authorization-flow */
export function inviteLink(applicationId: string): string {
  const permissions = INVITE_PERMISSIONS.reduce((sum, name) => sum | PermissionFlagsBits[name], 0n);
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=${SCOPES.join('+')}&permissions=${permissions}`;
}
