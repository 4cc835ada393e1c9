// The choke point: every message that leaves for Discord gets its body here, and here mentions are switched off, but for the one person whom an alert calls.
import { MessageFlags, type RawFile } from 'discord.js';
import type { Message, Picture } from '../render/render.ts';

/** A request body with its files, as discord.js's REST client takes it. */
export type OutgoingBody = { body: Record<string, unknown>; files: RawFile[] };

export type OutgoingOptions = {
  /** Only the asker sees it (interactions only). */
  ephemeral?: boolean;
  /** Deterministic key: Discord returns the first message instead of making a second one. */
  nonce?: string;
  replyTo?: string;
};

/**
 * Without `allowed_mentions` Discord parses all mentions of a bot's message, on edits again; so it is never left out.
 * Attachments are always listed: on an edit the list replaces what was there.
 */
export function outgoing(message: Message, options: OutgoingOptions = {}): OutgoingBody {
  const { pictures, mention } = message;
  return {
    body: {
      flags: MessageFlags.IsComponentsV2 | (options.ephemeral ? MessageFlags.Ephemeral : 0),
      components: message.components,
      attachments: pictures.map((picture, index) => ({
        id: String(index),
        filename: picture.name,
        description: picture.alt,
      })),
      allowed_mentions: { parse: [], replied_user: false, ...(mention === undefined ? {} : { users: [mention] }) },
      ...(options.nonce === undefined ? {} : { nonce: options.nonce, enforce_nonce: true }),
      ...(options.replyTo === undefined
        ? {}
        : { message_reference: { message_id: options.replyTo, fail_if_not_exists: false } }),
    },
    files: pictures.map(rawFile),
  };
}

/** The library takes buffers; this one is the same memory. */
function rawFile({ name, data: { buffer, byteOffset, byteLength } }: Picture, index: number): RawFile {
  return { name, data: Buffer.from(buffer, byteOffset, byteLength), contentType: 'image/png', key: `files[${index}]` };
}
