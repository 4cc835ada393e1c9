// Calls with the bot token: posts, look-ups, deletions, registration. All wait for the pacer, none is retried by itself.
import { type APIMessage, DiscordAPIError, PermissionFlagsBits, Routes, SnowflakeUtil } from 'discord.js';
import type { Found, MayLeave, PostOutcome } from '../../bot.ts';
import type { Priority } from '../../pacer.ts';
import { CODES, failureOf } from '../outcomes.ts';
import type { Message } from '../render/render.ts';
import { outgoing, type OutgoingOptions } from './payload.ts';
import { isTagged } from './post-key.ts';
import { withPicturesIfTaken } from './refused-pictures.ts';
import type { Rest } from './rest.ts';
import type { Rights } from './rights.ts';

export type Posts = {
  post(
    priority: Priority,
    channel: string,
    message: Message,
    options: OutgoingOptions,
    mayLeave?: MayLeave,
  ): Promise<PostOutcome>;
  /** Replaces what an own message shows. */
  edit(channel: string, messageId: string, message: Message): Promise<void>;
  find(channel: string, key: string, since: number, self: string): Promise<Found>;
  remove(channel: string, messageId: string): Promise<void>;
  /** Replaces all commands of the application. @returns Discord's answer: the same with their ids */
  register(applicationId: string, guildId: string | undefined, entries: readonly unknown[]): Promise<unknown>;
  /** The commands that are registered now. */
  registered(applicationId: string, guildId: string | undefined): Promise<unknown>;
};

/** History is read in pages of 100 (the platform's most); a digest is not buried deeper than this. */
const PAGE = 100;
const PAGES = 3;

export function createPosts(rest: Rest, rights: Pick<Rights, 'ofSelf'>): Posts {
  const seesHistory = async (channel: string, self: string): Promise<boolean> => {
    const own = await rights.ofSelf('digest', channel, self);
    return own === null || (own.bits & PermissionFlagsBits.ReadMessageHistory) !== 0n;
  };
  return {
    async post(priority, channel, message, options, mayLeave) {
      try {
        const answer = await withPicturesIfTaken(message, (shown) => {
          const { body, files } = outgoing(shown, options);
          return rest.paced(
            priority,
            (client) => client.post(Routes.channelMessages(channel), { body, files }),
            mayLeave,
          );
        });
        return sentTo(channel, answer);
      } catch (error) {
        // The first try had made the message and somebody deleted it: by design the platform answers a repeated nonce like this.
        if (
          error instanceof DiscordAPIError &&
          error.code === CODES.unknownMessage &&
          options.nonce !== undefined &&
          options.replyTo === undefined
        )
          return { kind: 'sent', messageId: '' };
        return failureOf(error);
      }
    },
    async edit(channel, messageId, message) {
      await withPicturesIfTaken(message, (shown) => {
        const { body, files } = outgoing(shown);
        return rest.paced('reply', (client) =>
          client.patch(Routes.channelMessage(channel, messageId), { body, files }),
        );
      });
    },
    async find(channel, key, since, self) {
      let after = snowflakeAt(since - 60_000); // the platform's clock and ours may differ
      try {
        for (let page = 0; page < PAGES; page++) {
          const query = new URLSearchParams({ limit: String(PAGE), after });
          const messages = (await rest.paced('digest', (client) =>
            client.get(Routes.channelMessages(channel), { query }),
          )) as APIMessage[];
          const found = messages.find((message) => message.author.id === self && isTagged(message, key));
          if (found !== undefined) return { kind: 'found', messageId: found.id };
          // Without Read Message History the list is empty, too: only a message in it proves that we see.
          if (messages.length === 0 && page === 0 && !(await seesHistory(channel, self))) return { kind: 'cannot-see' };
          if (messages.length < PAGE) return { kind: 'absent' };
          after = messages.map((message) => message.id).reduce((a, b) => (BigInt(a) > BigInt(b) ? a : b));
        }
        return { kind: 'cannot-see' };
      } catch (error) {
        if (failureOf(error).kind === 'bad-target') return { kind: 'cannot-see' };
        throw error; // a passing fault: whoever asks may ask again
      }
    },
    async remove(channel, messageId) {
      try {
        await rest.paced('digest', (client) => client.delete(Routes.channelMessage(channel, messageId)));
      } catch (error) {
        const isAbsent =
          error instanceof DiscordAPIError && error.status === 404 && failureOf(error).kind === 'bad-target';
        if (!isAbsent) throw error;
      }
    },
    register: (applicationId, guildId, entries) =>
      rest.paced('reply', (client) => client.put(commandsRoute(applicationId, guildId), { body: entries })),
    registered: (applicationId, guildId) =>
      rest.paced('reply', (client) => client.get(commandsRoute(applicationId, guildId))),
  };
}

function commandsRoute(applicationId: string, guildId: string | undefined) {
  return guildId === undefined
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, guildId);
}

/** A 200 only counts when it is about our message in our channel. */
function sentTo(channel: string, answer: unknown): PostOutcome {
  const { id, channel_id: where } = (answer ?? {}) as { id?: unknown; channel_id?: unknown };
  return typeof id === 'string' && where === channel
    ? { kind: 'sent', messageId: id }
    : { kind: 'ambiguous', code: 'unreadable' };
}

function snowflakeAt(at: number): string {
  return String(
    SnowflakeUtil.generate({ timestamp: Math.max(at, 1_420_070_400_000), increment: 0n, workerId: 0n, processId: 0n }),
  );
}
