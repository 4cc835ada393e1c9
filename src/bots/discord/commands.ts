// The command list as Discord registers it: slash commands with options, subcommands, contexts, rights, and the message command.
import { createHash } from 'node:crypto';
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import { type ArgSpec, type Command, topName } from '../../app/command.ts';
import { visibleArgs } from '../../app/input/arguments.ts';
import { COMMAND_CHARACTERS, COMMAND_DESCRIPTION, COMMAND_NAME, COMMAND_OPTIONS, OPTION_CHOICES } from './limits.ts';

/** Name of the entry in the menu of a message. */
export const ANSWER_FROM_FAQ = 'Answer from FAQ';

const POSTABLE = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
] as const;
const EVERYWHERE = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
};
const SERVERS = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

/**
 * One entry of the registration. The right is text, as the reference writes it
 * (https://docs.discord.com/developers/interactions/application-commands#application-command-object); strict servers refuse a number.
 */
export type Entry = {
  type: ApplicationCommandType;
  name: string;
  description?: string;
  options?: APIApplicationCommandOption[];
  contexts?: InteractionContextType[];
  integration_types?: ApplicationIntegrationType[];
  default_member_permissions?: string;
};

/**
 * The JSON to register. `global`: contexts and integration types exist only for global commands.
 * @throws Error naming the command that breaks one of Discord's limits.
 */
export function applicationCommands(commands: readonly Command[], options: { global: boolean }): Entry[] {
  const groups = Map.groupBy(commands, topName);
  const entries: Entry[] = [...groups].map(([name, members]) => slashCommand(name, members, options.global));
  if (groups.has('faq'))
    entries.push({
      type: ApplicationCommandType.Message,
      name: ANSWER_FROM_FAQ,
      ...(options.global ? EVERYWHERE : {}),
    });
  return entries;
}

/** Identifies a registration: the platform is only told when this changes. */
export function commandsHash(entries: readonly Entry[]): string {
  return createHash('sha256').update(JSON.stringify(entries)).digest('hex');
}

function slashCommand(name: string, members: readonly Command[], global: boolean): Entry {
  const whole = members.find((command) => command.name === name);
  const subs = members.filter((command) => command.name !== name);
  const options: APIApplicationCommandOption[] =
    whole === undefined ? subs.map((command) => subcommand(command)) : basicOptions(whole);
  const places = members.some((command) => command.serverOnly === true || command.manage === true)
    ? SERVERS
    : EVERYWHERE;
  const entry: Entry = {
    type: ApplicationCommandType.ChatInput,
    name,
    description: whole?.summary ?? groupSummary(name, subs),
    options,
    ...(global ? places : {}),
    ...(members.some((command) => command.manage === true)
      ? { default_member_permissions: requiredRight(members) }
      : {}),
  };
  return checked(entry);
}

/**
 * A group is offered to those who may use all of it; server settings can open it to others. What belongs to a channel needs the right over
 * channels, the rest the right over the server; checked again at execution.
 */
function requiredRight(members: readonly Command[]): string {
  const perChannel = members.every((command) => command.serverOnly === true);
  return String(perChannel ? PermissionFlagsBits.ManageChannels : PermissionFlagsBits.ManageGuild);
}

function groupSummary(name: string, subs: readonly Command[]): string {
  const verbs = subs.map((command) => command.name.slice(name.length + 1)).join(', ');
  const text = `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${verbs}`;
  return text.length <= COMMAND_DESCRIPTION ? text : `${text.slice(0, COMMAND_DESCRIPTION - 1)}…`;
}

function subcommand(command: Command): APIApplicationCommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: command.name.split(' ')[1] ?? '',
    description: command.summary,
    options: basicOptions(command),
  };
}

/** Required options come first, as Discord demands. */
function basicOptions(command: Command): APIApplicationCommandBasicOption[] {
  const specs = visibleArgs(command);
  return [...specs.filter(([, spec]) => spec.required), ...specs.filter(([, spec]) => !spec.required)].map(
    ([name, spec]) => option(name, spec),
  );
}

/** Amounts are strings, too: people type "400k" and "1,000.50", and the core reads that. */
function option(name: string, spec: ArgSpec): APIApplicationCommandBasicOption {
  const base = { name, description: spec.description, ...(spec.required ? { required: true } : {}) };
  if (spec.type === 'flag') return { ...base, type: ApplicationCommandOptionType.Boolean };
  if (spec.type === 'channel')
    return { ...base, type: ApplicationCommandOptionType.Channel, channel_types: [...POSTABLE] };
  if (spec.type === 'voice')
    return { ...base, type: ApplicationCommandOptionType.Channel, channel_types: [ChannelType.GuildVoice] };
  if (spec.choices !== undefined)
    return {
      ...base,
      type: ApplicationCommandOptionType.String,
      choices: spec.choices.map((choice) => ({ name: choice, value: choice })),
    };
  return { ...base, type: ApplicationCommandOptionType.String, ...(spec.autocomplete ? { autocomplete: true } : {}) };
}

function checked(entry: Entry): Entry {
  const problems: string[] = [];
  const visit = (node: {
    name: string;
    description?: string;
    options?: readonly unknown[];
    choices?: readonly unknown[];
  }): void => {
    if (!COMMAND_NAME.test(node.name)) problems.push(`"${node.name}" is no name`);
    const length = node.description?.length ?? 0;
    if (length < 1 || length > COMMAND_DESCRIPTION)
      problems.push(`description of "${node.name}" has ${length} characters`);
    if ((node.options?.length ?? 0) > COMMAND_OPTIONS) problems.push(`"${node.name}" has too many options`);
    if ((node.choices?.length ?? 0) > OPTION_CHOICES) problems.push(`"${node.name}" has too many choices`);
    for (const inner of node.options ?? []) visit(inner as typeof node);
  };
  visit(entry);
  if (JSON.stringify(entry).length > COMMAND_CHARACTERS) problems.push('too long in total');
  if (problems.length > 0) throw new Error(`command /${entry.name} does not fit Discord: ${problems.join('; ')}`);
  return entry;
}
