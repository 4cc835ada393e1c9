// The message methods of the Web API, each called exactly once; everything that we post or change goes through here.
import type { WebClient } from '@slack/web-api';
import type { PostOutcome } from '../../bot.ts';
import { failureOf } from '../outcomes.ts';
import type { SlackBlock } from '../render/blocks.ts';
import type { Outgoing } from './block-fallback.ts';
import { metadataOf } from './post-key.ts';

export type Destination = { channel: string; thread?: string | undefined };

/** `key` travels as metadata, so that a later look-up can tell whether this attempt arrived. */
export async function post(
  client: WebClient,
  destination: Destination,
  message: Outgoing,
  key: string,
): Promise<PostOutcome> {
  return await call(client, 'chat.postMessage', { ...where(destination), ...full(message), metadata: metadataOf(key) });
}

/** Only `user` sees it. */
export async function postEphemeral(
  client: WebClient,
  destination: Destination,
  user: string,
  message: Outgoing,
): Promise<PostOutcome> {
  return await call(client, 'chat.postEphemeral', { ...where(destination), user, ...folded(message) });
}

export async function update(client: WebClient, channel: string, ts: string, message: Outgoing): Promise<PostOutcome> {
  return await call(client, 'chat.update', { channel, ts, ...folded(message) });
}

/** https://docs.slack.dev/reference/methods/views.publish: replaces the Home tab of `user`. */
export async function publishHome(
  client: WebClient,
  user: string,
  blocks: readonly SlackBlock[],
): Promise<PostOutcome> {
  return await call(client, 'views.publish', { user_id: user, view: { type: 'home', blocks } });
}

async function call(client: WebClient, method: string, args: Record<string, unknown>): Promise<PostOutcome> {
  try {
    const { ts, message_ts: quietTs } = (await client.apiCall(method, args)) as { ts?: unknown; message_ts?: unknown };
    return { kind: 'sent', messageId: typeof ts === 'string' ? ts : typeof quietTs === 'string' ? quietTs : '' };
  } catch (error) {
    return failureOf(error);
  }
}

function where({ channel, thread }: Destination): Record<string, unknown> {
  return { channel, ...(thread === undefined ? {} : { thread_ts: thread }) };
}

/** A message of words alone takes away the blocks that a changed message had. */
function full(message: Outgoing): Record<string, unknown> {
  return { blocks: [], ...message };
}

/** These methods know nothing of unfolding links. */
function folded(message: Outgoing): Record<string, unknown> {
  const { unfurl_links: _links, unfurl_media: _media, ...rest } = full(message);
  return rest;
}
