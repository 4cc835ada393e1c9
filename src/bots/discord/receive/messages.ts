// Mentions, replies to us and direct messages: text for the grammar or the FAQ, answered as a reply.
import {
  type APIChannel,
  type APIGuild,
  type GatewayMessageCreateDispatchData,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';
import { type Card, type Invocation, needsNoAnswer } from '../../../app/card.ts';
import type { Command } from '../../../app/command.ts';
import type { Dispatch } from '../../../app/dispatch.ts';
import { readText, type ReadText } from '../../../app/reader/read.ts';
import type { Vocabulary } from '../../../app/reader/vocabulary.ts';
import type { Log } from '../../../base/log.ts';
import type { PostOutcome } from '../../bot.ts';
import type { Pictures } from '../../draw-charts.ts';
import { managedNames, withChannelIds } from '../../managed-commands.ts';
import { createSeenIds } from '../../seen-ids.ts';
import type { Message } from '../render/render.ts';
import type { DrawPictures } from '../send/pictures.ts';
import type { Posts } from '../send/posts.ts';
import type { Rest } from '../send/rest.ts';
import { questionOf } from './message-text.ts';
import { holdsManage } from './request.ts';

export type MessageOptions = {
  rest: Rest;
  posts: Posts;
  render: (card: Card, pictures?: Pictures) => Message;
  draw: DrawPictures;
  commands: readonly Command[];
  dispatch: Dispatch;
  vocabulary: Vocabulary;
  locale: string;
  /** Our own user id; null before the gateway said it. */
  self: () => string | null;
  log: Log;
  sleep: (ms: number) => Promise<void>;
};

/** A lost answer is asked for again with the same nonce, so it cannot become a second message. */
const RETRY_WAITS = [1000, 3000, 10_000];
const LONGEST_WAIT_MS = 10_000;
/** A card waits this long for its picture; a later one is put in when it is there. */
const PICTURE_MS = 1500;
const NONE: Pictures = new Map();

export function createMessages(options: MessageOptions) {
  const { posts, dispatch, log, self } = options;
  const isNew = createSeenIds();
  const managed = managedNames(options.commands);

  async function answer(message: GatewayMessageCreateDispatchData, own: string): Promise<void> {
    const card = await dispatch({
      platform: 'discord',
      user: { id: message.author.id },
      place: { tenant: message.guild_id ?? '-', channel: message.channel_id },
      locale: options.locale,
      via: 'text',
      read: async () => {
        const invocation = invocationOf(message, own);
        const canManage = managed.has(invocation.command) && (await mayManage(message, invocation));
        return { ...invocation, locale: options.locale, canManage };
      },
    });
    if (needsNoAnswer(card)) return;
    const drawing = options.draw(card);
    const inTime = await Promise.race([drawing, options.sleep(PICTURE_MS).then(() => NONE)]);
    const outcome = await reply(message, options.render(card, inTime));
    if (outcome.kind === 'bad-target' && inTime.size > 0) await reply(message, options.render(card)); // perhaps only pictures are forbidden here
    else if (outcome.kind !== 'sent') log.info({ code: outcome.code }, 'reply was not delivered');
    const pictures = await drawing;
    if (outcome.kind === 'sent' && pictures.size > inTime.size)
      await posts.edit(message.channel_id, outcome.messageId, options.render(card, pictures));
  }

  function invocationOf(message: GatewayMessageCreateDispatchData, own: string): ReadText {
    const text = questionOf(channelsAside(message.content), own);
    return withChannelIds(
      readText(text, options.commands, options.vocabulary, options.locale),
      options.commands,
      (channel) => /^#(\d{1,21})$/.exec(channel)?.[1] ?? null,
    );
  }

  async function reply(message: GatewayMessageCreateDispatchData, body: Message): Promise<PostOutcome> {
    const nonce = `${message.id}${body.pictures.length > 0 ? 'p' : ''}`;
    for (let attempt = 0; ; attempt++) {
      const outcome = await posts.post('reply', message.channel_id, body, { nonce, replyTo: message.id });
      const wait =
        outcome.kind === 'ambiguous'
          ? RETRY_WAITS[attempt]
          : outcome.kind === 'not-sent'
            ? Math.max(RETRY_WAITS[attempt] ?? Number.POSITIVE_INFINITY, outcome.retryAfterMs ?? 0)
            : undefined;
      if (wait === undefined || wait > LONGEST_WAIT_MS) return outcome;
      await options.sleep(wait);
    }
  }

  /** Messages do not carry the author's rights, so they are looked up, and only for commands that need them. */
  async function mayManage(message: GatewayMessageCreateDispatchData, invocation: Invocation): Promise<boolean> {
    const { guild_id: guildId } = message;
    if (guildId === undefined) return false;
    try {
      const channel = invocation.args['channel'];
      if (channel !== undefined && /^\d+$/.test(channel)) {
        const found = (await options.rest.paced('reply', (client) =>
          client.get(Routes.channel(channel)),
        )) as APIChannel;
        if (!('guild_id' in found) || found.guild_id !== guildId) return false;
      }
      const guild = (await options.rest.paced('reply', (client) => client.get(Routes.guild(guildId)))) as APIGuild;
      const roles = new Set([guildId, ...(message.member?.roles ?? [])]);
      return (
        guild.owner_id === message.author.id ||
        guild.roles.some(
          (role) =>
            roles.has(role.id) &&
            (holdsManage(role.permissions) || (BigInt(role.permissions) & PermissionFlagsBits.Administrator) !== 0n),
        )
      );
    } catch (error) {
      log.warn({ err: error }, 'rights of a member could not be read');
      return false;
    }
  }

  return {
    /** Handles one message to its end; messages that are not for us are ignored. Never throws. */
    async handle(message: GatewayMessageCreateDispatchData): Promise<void> {
      try {
        const own = self();
        if (own === null || !isForUs(message, own) || !isNew(message.id)) return;
        await answer(message, own);
      } catch (error) {
        log.error({ err: error }, 'message was not answered');
      }
    },
  };
}

/** Bots never get an answer (two of them would talk forever); without content the platform does not let us read. */
function isForUs(message: GatewayMessageCreateDispatchData, own: string): boolean {
  if (message.author.bot === true || message.webhook_id !== undefined || message.content === '') return false;
  return message.guild_id === undefined || message.mentions.some((user) => user.id === own);
}

/** Channel references become "#123", which the grammar reads as a channel, before mentions are cut out. */
function channelsAside(content: string): string {
  return content.replaceAll(/<#(\d{1,21})>/g, ' #$1 ');
}
