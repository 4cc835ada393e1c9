// Gateway payloads as Discord sends them: interactions of all kinds and messages.
import { BITS } from './permissions.ts';
import { apiMessage, type FakeMessage } from './state.ts';

export type Person = {
  id?: string;
  locale?: string;
  /** Permission bits in the channel, decimal. */ permissions?: string;
  /** Ids of roles in the server. */ roles?: readonly string[];
  bot?: boolean;
  name?: string;
};
type Where = {
  /** Every connected session of the shard gets the event, as several processes with one token do. */
  toAll?: boolean;
  guild?: string | null;
  channel?: string;
  /** Bits of the app in the channel, decimal. */ appPermissions?: string;
};

export type InteractionWish = Person &
  Where & {
    /** Sent with this id again: a repeated delivery. */ sameAs?: { id: string; token: string };
    ageMs?: number;
  } & (
    | { command: string; options?: Record<string, OptionValue> }
    | { button: string; on: FakeMessage }
    | { menu: string; on: FakeMessage }
    | { complete: string; arg: string; text: string; options?: Record<string, OptionValue> }
    | { messageCommand: string; content: string }
  );

/** Strings and booleans as they are; channels with the rights of the asker there. */
export type OptionValue = string | boolean | { channel: string; permissions: string };

export type Identity = { botId: string; applicationId: string };

export const GUILD = '700000000000000000';
export const CHANNEL = '710000000000000000';
export const USER = '720000000000000000';
export const VIEW_AND_SEND = String(BITS.viewChannel | BITS.sendMessages);
export const MANAGE_CHANNELS = String(BITS.manageChannels | BITS.viewChannel | BITS.sendMessages);

/** The `d` of an INTERACTION_CREATE. */
export function interactionPayload(
  wish: InteractionWish,
  ids: { id: string; token: string },
  identity: Identity,
  appPermissions: string,
): { type: number } & Record<string, unknown> {
  const { guild = GUILD, channel = CHANNEL, id: user = USER, locale = 'en-US', permissions = VIEW_AND_SEND } = wish;
  const person = {
    id: user,
    username: wish.name ?? 'somebody',
    discriminator: '0',
    avatar: null,
    global_name: wish.name ?? null,
  };
  const base = {
    ...ids,
    application_id: identity.applicationId,
    version: 1,
    channel_id: channel,
    channel: { id: channel, type: guild === null ? 1 : 0 },
    locale,
    app_permissions: wish.appPermissions ?? appPermissions,
    entitlements: [],
    attachment_size_limit: 10_485_760,
    authorizing_integration_owners: guild === null ? { '1': user } : { '0': guild },
    context: guild === null ? 1 : 0,
    ...(guild === null
      ? { user: person }
      : {
          guild_id: guild,
          guild_locale: 'en-US',
          guild: { id: guild, locale: 'en-US', features: [] },
          member: {
            user: person,
            roles: wish.roles ?? [],
            permissions,
            joined_at: '2024-01-01T00:00:00Z',
            deaf: false,
            mute: false,
            flags: 0,
          },
        }),
  };
  if ('command' in wish) return { ...base, type: 2, data: commandData(wish.command, wish.options ?? {}) };
  if ('complete' in wish)
    return { ...base, type: 4, data: commandData(wish.complete, { ...wish.options, [wish.arg]: wish.text }, wish.arg) };
  if ('messageCommand' in wish) {
    const target = {
      id: '730000000000000000',
      channel_id: channel,
      author: { ...person, id: '721000000000000000' },
      content: wish.content,
      type: 0,
      timestamp: '2026-11-22T10:00:00Z',
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: [],
      embeds: [],
      pinned: false,
      components: [],
    };
    return {
      ...base,
      type: 2,
      data: {
        id: '1',
        name: wish.messageCommand,
        type: 3,
        target_id: target.id,
        resolved: { messages: { [target.id]: target } },
      },
    };
  }
  const message = apiMessage(wish.on, identity.botId);
  if ('button' in wish)
    return { ...base, type: 3, message, data: { component_type: 2, custom_id: wish.button, id: 3 } };
  return { ...base, type: 3, message, data: { component_type: 3, custom_id: 'menu-1', values: [wish.menu], id: 4 } };
}

function commandData(name: string, options: Record<string, OptionValue>, focused?: string): object {
  const [top = '', sub] = name.split(' ');
  const values = Object.entries(options).map(([key, value]) => ({
    name: key,
    type: typeof value === 'boolean' ? 5 : typeof value === 'string' ? 3 : 7,
    value: typeof value === 'object' ? value.channel : value,
    ...(key === focused ? { focused: true } : {}),
  }));
  const channels = Object.values(options).flatMap((value) =>
    typeof value === 'object'
      ? [[value.channel, { id: value.channel, name: 'other', type: 0, permissions: value.permissions }] as const]
      : [],
  );
  return {
    id: '1',
    name: top,
    type: 1,
    options: sub === undefined ? values : [{ name: sub, type: 1, options: values }],
    ...(channels.length === 0 ? {} : { resolved: { channels: Object.fromEntries(channels) } }),
  };
}

export type MessageWish = Person &
  Where & {
    content: string;
    mentions?: readonly string[];
    messageId?: string;
    webhook?: boolean;
    repliesTo?: FakeMessage;
  };

/** The `d` of a MESSAGE_CREATE. Without the message-content intent the text is empty unless it is for the bot. */
export function messagePayload(wish: MessageWish, id: string, identity: Identity): Record<string, unknown> {
  const { guild = GUILD, channel = CHANNEL, id: user = USER, content } = wish;
  const mentioned = [
    ...(wish.mentions ?? [...content.matchAll(/<@!?(\d+)>/g)].map((match) => match[1] ?? '')),
    ...(wish.repliesTo === undefined ? [] : [identity.botId]),
  ];
  const readable = guild === null || mentioned.includes(identity.botId);
  return {
    id: wish.messageId ?? id,
    type: wish.repliesTo === undefined ? 0 : 19,
    channel_id: channel,
    content: readable ? content : '',
    author: {
      id: user,
      username: wish.name ?? 'somebody',
      discriminator: '0',
      avatar: null,
      ...(wish.bot === true ? { bot: true } : {}),
    },
    mentions: mentioned.map((mention) => ({ id: mention, username: 'm', discriminator: '0', avatar: null })),
    mention_roles: [],
    mention_everyone: /@everyone|@here/.test(content),
    attachments: [],
    embeds: [],
    timestamp: '2026-11-22T10:00:00Z',
    edited_timestamp: null,
    tts: false,
    pinned: false,
    ...(guild === null
      ? {}
      : {
          guild_id: guild,
          member: { roles: wish.roles ?? [], joined_at: '2024-01-01T00:00:00Z', deaf: false, mute: false, flags: 0 },
        }),
    ...(wish.webhook === true ? { webhook_id: '740000000000000000' } : {}),
    ...(wish.repliesTo === undefined
      ? {}
      : {
          message_reference: { message_id: wish.repliesTo.id, channel_id: channel },
          referenced_message: apiMessage(wish.repliesTo, identity.botId),
        }),
  };
}
