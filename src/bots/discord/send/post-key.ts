// Marks a scheduled post so that it can be found again in the channel's history, without anything to see.
import { createHash } from 'node:crypto';
import type { APIMessage } from 'discord.js';
import type { Message } from '../render/render.ts';

/** Six letters for the picture's file name. */
function shortTag(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 6);
}

/** Components may carry a number of 32 bits of our own, which comes back with the message; beyond the 40 that are counted from 1. */
function numberTag(key: string): number {
  return 1000 + (createHash('sha256').update(key).digest().readUInt32BE(8) % 2_000_000_000);
}

/** The same message with the tag in the container's id and in the file names. */
export function tagged(message: Message, key: string): Message {
  const names = new Map(
    message.pictures.map((picture) => [`attachment://${picture.name}`, `attachment://${tagName(picture.name, key)}`]),
  );
  const [container, ...others] = renamed(message.components, names) as Message['components'];
  return {
    ...message,
    components: container === undefined ? [] : [{ ...container, id: numberTag(key) }, ...others],
    pictures: message.pictures.map((picture) => ({ ...picture, name: tagName(picture.name, key) })),
  };
}

/** True for a message that `tagged` made with this key. */
export function isTagged(message: Pick<APIMessage, 'components' | 'attachments'>, key: string): boolean {
  const tag = shortTag(key);
  return (
    message.components?.[0]?.id === numberTag(key) ||
    message.attachments.some((attachment) => attachment.filename.includes(`-${tag}.`))
  );
}

function tagName(name: string, key: string): string {
  return name.replace(/(\.[a-z]+)?$/, (end) => `-${shortTag(key)}${end}`);
}

/** Replaces picture addresses, and only those: text that looks like one stays. */
function renamed(node: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(node)) return node.map((inner) => renamed(inner, names));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === 'url' && typeof value === 'string' ? (names.get(value) ?? value) : renamed(value, names),
    ]),
  );
}
