// A rendered message as a body that the delivery engine keeps in the store, and back.
import { type Body, bytesOfFile } from '../../bot.ts';
import type { Message } from './render.ts';

export function frozen({ components, mention, pictures }: Message): Body {
  return {
    json: { components, ...(mention === undefined ? {} : { mention }) },
    files: pictures.map(({ name, alt, data }) => ({ name, alt, data: Buffer.from(data).toString('base64') })),
  };
}

/** Bodies that an earlier version froze are the list of components alone. */
export function thawed(body: Body): Message {
  const { json } = body as { json: Pick<Message, 'components' | 'mention'> | Message['components'] };
  return {
    ...(Array.isArray(json) ? { components: json } : json),
    pictures: body.files.map((file) => ({ name: file.name, alt: file.alt, data: bytesOfFile(file) })),
  };
}
