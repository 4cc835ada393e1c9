// From what the gateway delivers to a Request of the core: pure, and fresh rights come from the event itself.
import {
  type APIApplicationCommandInteractionDataOption,
  type APIChatInputApplicationCommandInteractionData,
  type APIInteraction,
  type APIMessageComponentInteractionData,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Invocation } from '../../../app/card.ts';
import { NO_TENANT, type Request } from '../../../app/command.ts';
import { decodeInvocation } from '../../../app/control-id.ts';
import { bitsOf, holdsManage } from '../permissions.ts';
import type { AnswerTurn } from '../send/newest-answer.ts';

export type FocusedOption = { command: string; arg: string; text: string };

/** What an interaction wants. `command`: a new answer; `control`: a button or menu of an own message. */
export type ParsedInteraction =
  | { kind: 'command'; invocation: Invocation }
  | { kind: 'control'; invocation: Invocation; ephemeralMessage: boolean }
  | { kind: 'message-command'; content: string }
  | { kind: 'complete'; focused: FocusedOption }
  | { kind: 'unknown' };

const EPHEMERAL = 64;

/** Never throws: what is not as the documents say is `unknown`, and whoever waits for choices gets none. */
export function parseInteraction(interaction: APIInteraction): ParsedInteraction {
  try {
    return parsed(interaction);
  } catch {
    return interaction.type === InteractionType.ApplicationCommandAutocomplete ? NO_CHOICES : { kind: 'unknown' };
  }
}

const NO_CHOICES: ParsedInteraction = { kind: 'complete', focused: { command: '', arg: '', text: '' } };

function parsed(interaction: APIInteraction): ParsedInteraction {
  if (interaction.type === InteractionType.MessageComponent) {
    const invocation = controlInvocation(interaction.data);
    return invocation === null
      ? { kind: 'unknown' }
      : { kind: 'control', invocation, ephemeralMessage: ((interaction.message.flags ?? 0) & EPHEMERAL) !== 0 };
  }
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
    const { name, options } = flatten(interaction.data);
    const focused = options.find((option) => 'focused' in option && option.focused);
    return focused === undefined
      ? NO_CHOICES
      : {
          kind: 'complete',
          focused: { command: name, arg: focused.name, text: 'value' in focused ? String(focused.value) : '' },
        };
  }
  if (interaction.type !== InteractionType.ApplicationCommand) return { kind: 'unknown' };
  if (interaction.data.type === ApplicationCommandType.Message) {
    return {
      kind: 'message-command',
      content: interaction.data.resolved.messages[interaction.data.target_id]?.content ?? '',
    };
  }
  if (interaction.data.type !== ApplicationCommandType.ChatInput) return { kind: 'unknown' };
  const { name, options } = flatten(interaction.data);
  return {
    kind: 'command',
    invocation: {
      command: name,
      args: Object.fromEntries(options.map((option) => [option.name, 'value' in option ? String(option.value) : ''])),
    },
  };
}

/** "digest" with subcommand "create" → "digest create" and the options of that. */
function flatten(
  data: Pick<APIChatInputApplicationCommandInteractionData, 'name'> & {
    options?: readonly APIApplicationCommandInteractionDataOption[] | undefined;
  },
): { name: string; options: readonly APIApplicationCommandInteractionDataOption[] } {
  const first = data.options?.[0];
  if (first?.type === ApplicationCommandOptionType.Subcommand)
    return { name: `${data.name} ${first.name}`, options: first.options ?? [] };
  return { name: data.name, options: data.options ?? [] };
}

/** The custom id of a button or the chosen value of a menu, in the form of `encodeInvocation`. */
function controlInvocation(data: APIMessageComponentInteractionData): Invocation | null {
  if (data.component_type === ComponentType.Button) return decodeInvocation(data.custom_id);
  return data.component_type === ComponentType.StringSelect ? decodeInvocation(data.values[0] ?? '') : null;
}

export function interactionRequest(
  interaction: APIInteraction,
  invocation: Invocation,
  via: Request['via'],
  { locale: fallbackLocale, ...rights }: { locale: string } & Required<Pick<Request['user'], 'canManage' | 'manages'>>,
): Request {
  const locale = 'locale' in interaction ? interaction.locale : fallbackLocale;
  return {
    platform: 'discord',
    command: invocation.command,
    args: invocation.args,
    user: { id: userOf(interaction) ?? '0', ...rights },
    place: placeOf(interaction),
    locale,
    via,
    ...(via === 'command' ? { form: true } : {}),
  };
}

/**
 * Which message an answer changes. Commands do not know their message's id yet, so it goes by the interaction that made it; follow-ups of that
 * interaction are other messages.
 */
export function answerTurn(interaction: APIInteraction): AnswerTurn {
  const order = /^\d{1,21}$/.test(interaction.id) ? BigInt(interaction.id) : 0n;
  const shown = 'message' in interaction ? interaction.message : undefined;
  if (interaction.type !== InteractionType.MessageComponent || shown === undefined)
    return { message: interactionMessage(interaction.id), order };
  const { id, interaction_metadata: origin } = shown;
  const isFirstAnswer = origin != null && origin.original_response_message_id === undefined;
  return { message: isFirstAnswer ? interactionMessage(origin.id) : id, order };
}

const interactionMessage = (id: string): string => `of ${id}`;

/** `tenant` is none in direct messages and group conversations. */
export function placeOf(interaction: APIInteraction): Request['place'] {
  const { channel_id: named } = interaction as { channel_id?: string };
  return { tenant: interaction.guild_id ?? NO_TENANT, channel: interaction.channel?.id ?? named ?? '0' };
}

/** Who acts: inside servers the member, elsewhere the user; undefined for an event that names nobody. */
export function userOf(interaction: APIInteraction): string | undefined {
  const { member, user } = interaction as {
    member?: { user?: { id?: unknown } } | null;
    user?: { id?: unknown } | null;
  };
  const id = member?.user?.id ?? user?.id;
  return typeof id === 'string' ? id : undefined;
}

/** Rights in this channel, and in every channel that an option names; nobody manages anything outside servers. */
export function mayManage(interaction: APIInteraction): boolean {
  if (interaction.guild_id === undefined || !interaction.member) return false;
  const named =
    interaction.type === InteractionType.ApplicationCommand &&
    'resolved' in interaction.data &&
    interaction.data.resolved !== undefined &&
    'channels' in interaction.data.resolved
      ? Object.values(interaction.data.resolved.channels ?? {})
      : [];
  return [
    interaction.member.permissions,
    ...named.map((channel) => ('permissions' in channel ? channel.permissions : '0')),
  ].every((bits) => holdsManage(bitsOf(bits)));
}

/** True when the app may attach pictures where the interaction came from. */
export function mayAttach(interaction: APIInteraction): boolean {
  const bits = 'app_permissions' in interaction ? interaction.app_permissions : undefined;
  return (
    bits === undefined ||
    !/^\d{1,30}$/.test(bits) ||
    (BigInt(bits) & (PermissionFlagsBits.AttachFiles | PermissionFlagsBits.Administrator)) !== 0n
  );
}

/** Discord's epoch: ids count milliseconds from here (https://docs.discord.com/developers/reference#snowflakes). */
const EPOCH_MS = 1_420_070_400_000;

/** When an id was made, epoch ms; null for what is no id. */
export function snowflakeTime(id: string): number | null {
  return /^\d{15,21}$/.test(id) ? Number(BigInt(id) >> 22n) + EPOCH_MS : null;
}
