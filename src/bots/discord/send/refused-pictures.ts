// What carries pictures goes out without them where Discord does not take the files: in a server whose uploads it limits, or too large for it.
import { DiscordAPIError } from 'discord.js';
import { type Message, withoutPictures } from '../render/render.ts';

/**
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json: too large a request, too large a file, no valid file; and of
 * https://github.com/discord/discord-api-docs/issues/7796 "Access to file uploads has been limited for this guild".
 */
const CODES: ReadonlySet<number | string> = new Set([40_005, 50_045, 50_046, 50_110, 400_001]);

/** Sends the message, and its words alone when its files were refused: nothing was written then. @throws the error of a call */
export async function withPicturesIfTaken<T>(message: Message, send: (message: Message) => Promise<T>): Promise<T> {
  try {
    return await send(message);
  } catch (error) {
    if (message.pictures.length === 0 || !(error instanceof DiscordAPIError) || !CODES.has(error.code)) throw error;
    return await send(withoutPictures(message));
  }
}
