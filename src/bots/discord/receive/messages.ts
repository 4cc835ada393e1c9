// Mentions, replies to us and direct messages: text for the grammar or the FAQ, answered as a reply.
import type { GatewayMessageCreateDispatchData } from 'discord.js';
import { type Card, needsNoAnswer } from '../../../app/card.ts';
import { type Command, NO_TENANT } from '../../../app/command.ts';
import type { Dispatch } from '../../../app/dispatch.ts';
import { readText, type ReadText } from '../../../app/reader/read.ts';
import type { Vocabulary } from '../../../app/reader/vocabulary.ts';
import type { Log } from '../../../base/log.ts';
import type { Pictures } from '../../draw-charts.ts';
import { answerOutcome, type OnAnswer } from '../../follow-event.ts';
import { managedNames, targetChannel, withChannelIds } from '../../managed-commands.ts';
import type { Message } from '../render/render.ts';
import { holdsManage } from '../permissions.ts';
import type { MessageReplies } from '../send/message-replies.ts';
import type { NewestAnswer } from '../send/newest-answer.ts';
import type { DrawPictures } from '../send/pictures.ts';
import type { Posts } from '../send/posts.ts';
import type { Rights } from '../send/rights.ts';
import type { EventInbox } from './event-inbox.ts';
import { questionOf } from './message-text.ts';

export type MessageOptions = {
  inbox: EventInbox;
  rights: Pick<Rights, 'ofMember'>;
  replies: MessageReplies;
  posts: Pick<Posts, 'edit'>;
  newest: NewestAnswer;
  render: (card: Card, pictures?: Pictures) => Message;
  draw: DrawPictures;
  commands: readonly Command[];
  dispatch: Dispatch;
  vocabulary: Vocabulary;
  locale: string;
  /** Our own user id; null before the gateway said it. */
  self: () => string | null;
  log: Log;
  onAnswer: OnAnswer;
  sleep: (ms: number) => Promise<void>;
};

/** Longest wait for the store to say whose a message is; a reply that two processes write is one message by its nonce. */
const CLAIM_MS = 1000;
/** A card waits this long for its picture; a later one is put in when it is there. */
const PICTURE_MS = 1500;
const NONE: Pictures = new Map();

export function createMessages(options: MessageOptions) {
  const { posts, dispatch, log, self } = options;
  const managed = managedNames(options.commands);

  async function answer(message: GatewayMessageCreateDispatchData, own: string): Promise<void> {
    const card = await dispatch({
      platform: 'discord',
      user: { id: message.author.id },
      place: { tenant: message.guild_id ?? NO_TENANT, channel: message.channel_id },
      locale: options.locale,
      via: 'text',
      read: async () => {
        const invocation = invocationOf(message, own);
        const channel = targetChannel(invocation, options.commands, message.channel_id);
        const canManage = managed.has(invocation.command) && (await mayManage(message, channel));
        const manages = (other: string) => mayManage(message, other);
        return { ...invocation, locale: options.locale, canManage, manages };
      },
    });
    if (needsNoAnswer(card)) return;
    const drawing = options.draw(card);
    const inTime = await Promise.race([drawing, options.sleep(PICTURE_MS).then(() => NONE)]);
    const to = { channel: message.channel_id, messageId: message.id };
    const outcome = await options.replies.reply(to, options.render(card, inTime));
    options.onAnswer(answerOutcome(outcome));
    if (outcome.kind !== 'sent') log.info({ code: outcome.code }, 'reply was not delivered');
    const pictures = await drawing;
    if (outcome.kind === 'sent' && pictures.size > inTime.size)
      await options.newest
        .write(
          { message: outcome.messageId, order: 0n },
          () => posts.edit(message.channel_id, outcome.messageId, options.render(card, pictures)),
          () => true,
        )
        .catch((error: unknown) => log.info({ err: error }, 'a late picture was not put into its reply'));
  }

  function invocationOf(message: GatewayMessageCreateDispatchData, own: string): ReadText {
    const text = questionOf(channelsAside(message.content), own);
    return withChannelIds(
      readText(text, options.commands, options.vocabulary, options.locale),
      options.commands,
      (channel) => /^#(\d{1,21})$/.exec(channel)?.[1] ?? null,
    );
  }

  /** Messages do not carry the author's rights, so they are looked up, and only for commands that need them. */
  async function mayManage(message: GatewayMessageCreateDispatchData, channel: string): Promise<boolean> {
    const { guild_id: guild, member } = message;
    if (guild === undefined) return false;
    try {
      const holder = { id: message.author.id, roles: member?.roles ?? [] };
      return holdsManage(await options.rights.ofMember(guild, channel, holder));
    } catch (error) {
      log.warn({ err: error }, 'rights of a member could not be read');
      return false;
    }
  }

  return {
    /** True for messages that handle() answers. Never throws. */
    concerns(message: GatewayMessageCreateDispatchData): boolean {
      const own = self();
      try {
        return own !== null && isForUs(message, own);
      } catch {
        return false; // garbage
      }
    },
    /** Handles one message to its end; messages that are not for us are ignored. Never throws. */
    async handle(message: GatewayMessageCreateDispatchData): Promise<void> {
      try {
        const own = self();
        if (own === null || !isForUs(message, own)) return;
        if ((await options.inbox.claim(message.id, CLAIM_MS)) === 'taken') return;
        await answer(message, own);
      } catch (error) {
        log.error({ err: error }, 'message was not answered');
      }
    },
  };
}

/** Bots never get an answer (two of them would talk forever); without content the platform does not let us read. */
function isForUs(message: GatewayMessageCreateDispatchData, own: string): boolean {
  if (message.author.bot === true || message.webhook_id !== undefined || !message.content) return false;
  return message.guild_id === undefined || message.mentions.some((user) => user.id === own);
}

/** Channel references become "#123", which the grammar reads as a channel, before mentions are cut out. */
function channelsAside(content: string): string {
  return content.replaceAll(/<#(\d{1,21})>/g, ' #$1 ');
}
