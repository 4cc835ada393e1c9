// What a payload of Slack is about: who, where, which delivery; and what in it is a question to us.
import type { Invocation } from '../../../app/card.ts';
import { decodeInvocation } from '../../../app/control-id.ts';
import { tenantOf } from '../auth/workspaces.ts';
import type { Place } from '../place.ts';
import { FIND_COIN_ACTION, INVOCATION_ACTION } from '../render/controls.ts';
import { isResponseUrl } from '../send/response-url.ts';
import { keyOf, keysOf } from './seen-events.ts';

export type Fields = Record<string, unknown>;

/** `keys`: by which a repetition is known; `key`: the delivery in one short word; `url`: a response_url that may be used. */
export type Delivery = { body: Fields; keys: string[]; key: string; place: Place; url: string | null };

export function deliveryOf(body: Fields, context: Fields, apiUrl: string | undefined): Delivery {
  const event = (body['event'] ?? {}) as Fields;
  const keys = keysOf(body, context['envelopeId']);
  const user =
    text((body['user'] as Fields | undefined)?.['id']) ?? text(body['user_id']) ?? text(event['user']) ?? '-';
  const container = (body['container'] ?? {}) as Fields;
  const channel =
    text((body['channel'] as Fields | undefined)?.['id']) ??
    text(body['channel_id']) ??
    text(container['channel_id']) ??
    text(event['channel']) ??
    user;
  const url = body['response_url'];
  const first = ['message:', 'trigger:', 'event:', 'envelope:']
    .map((kind) => keys.find((candidate) => candidate.startsWith(kind)))
    .find((found) => found !== undefined);
  return {
    body,
    keys,
    key: keyOf(first ?? JSON.stringify(keys)),
    place: { tenant: tenantOf(context), channel, user },
    url: isResponseUrl(url, apiUrl) ? url : null,
  };
}

export function isDirectMessage({ channel_type: type, channel }: Fields): boolean {
  return type === 'im' || (type === undefined && typeof channel === 'string' && channel.startsWith('D'));
}

/** The voice of Slack itself, which reminds and welcomes in the name of nobody. */
const SLACKBOT = 'USLACKBOT';

/** Bots, ourselves among them, edits and joins are no questions: two bots must never talk to each other for ever. */
export function isFromPerson(event: Fields): boolean {
  const { bot_id: bot, subtype, user, hidden } = event;
  return (
    bot === undefined &&
    hidden !== true &&
    typeof user === 'string' &&
    user !== SLACKBOT &&
    (subtype === undefined || subtype === 'file_share' || subtype === 'thread_broadcast')
  );
}

/** The request that a button or chosen option carries; null for anything that is not of ours. */
export function invocationOf(action: Fields): Invocation | null {
  const id = text(action['action_id']) ?? '';
  if (!id.startsWith(INVOCATION_ACTION) && id !== FIND_COIN_ACTION) return null;
  const chosen = action['selected_option'] as Fields | null | undefined;
  const value = text(chosen?.['value']) ?? text(action['value']);
  return value === null ? null : decodeInvocation(value);
}

export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
