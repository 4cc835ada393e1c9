// Channels of the fake: posts with nonces, history, edits, deletions, each refused where the bot lacks the right that the documents name.
import type { MessageBody } from './rest/check.ts';
import type { Reply } from './rest/http.ts';
import { BITS } from './permissions.ts';
import { error, found, OK_EMPTY, refusal, type RouteContext } from './rest/reply.ts';
import { apiMessage, type FakeCall, type FakeMessage } from './state.ts';

/**
 * What a call to a channel needs, refused as the documents list it: 10003 unknown, 50001 without View Channel, 50013 without another right
 * (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
 */
function barred(channel: string, { state }: RouteContext, ...needed: bigint[]): Reply | null {
  const bad = state.badChannels.get(channel);
  if (bad !== undefined) return error(bad.status, bad.code, 'Refused');
  if (state.world.channel(channel) === undefined) return error(404, 10003, 'Unknown Channel');
  const held = state.world.own(channel);
  if ((held & BITS.viewChannel) === 0n) return error(403, 50001, 'Missing Access');
  return needed.every((bit) => (held & bit) !== 0n) ? null : error(403, 50013, 'Missing Permissions');
}

/** Threads have a right of their own (https://docs.discord.com/developers/topics/permissions#inherited-permissions-threads). */
function postingRight(channel: string, { state }: RouteContext): bigint {
  const { type } = state.world.channel(channel) ?? { type: 0 };
  return type >= 10 && type <= 12 ? BITS.sendMessagesInThreads : BITS.sendMessages;
}

/** https://docs.discord.com/developers/resources/message#create-message – Send Messages, and Read Message History for a reply. */
export function post(match: RegExpExecArray, call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
  const channel = match[1] ?? '';
  const body = call.body as MessageBody & { message_reference?: { message_id: string } };
  const files = call.files.length > 0 ? [BITS.attachFiles] : [];
  const barrier = barred(channel, context, postingRight(channel, context), ...files);
  if (barrier !== null) return barrier;
  const { status, code } = context.state.replyRefusal;
  if (body.message_reference !== undefined && (context.state.world.own(channel) & BITS.readMessageHistory) === 0n)
    return error(status, code, 'Cannot reply without permission to read message history');
  const refused = refusal('MessageCreateRequest', body, body, call, context);
  if (refused !== null) return refused;
  const nonce = body.nonce === undefined ? {} : { nonce: String(body.nonce) };
  const reply = body.message_reference === undefined ? {} : { replyTo: body.message_reference.message_id };
  const made = context.state.create(
    { channel, body, files: call.files, ephemeral: false, ...nonce, ...reply },
    body.enforce_nonce === true,
  );
  return made === 'deleted'
    ? error(404, 10008, 'Unknown Message')
    : { status: 200, json: apiMessage(made, context.botId) };
}

export function edit(match: RegExpExecArray, call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
  const barrier = barred(match[1] ?? '', context, ...(call.files.length > 0 ? [BITS.attachFiles] : []));
  if (barrier !== null) return barrier;
  const message = context.state.messages.find(
    (candidate) => candidate.id === match[2] && candidate.channel === match[1] && !candidate.deleted,
  );
  if (message === undefined) return error(404, 10008, 'Unknown Message');
  const body = call.body as MessageBody;
  const refused = refusal('MessageEditRequestPartial', body, body, call, context);
  if (refused !== null) return refused;
  Object.assign(message, { body, files: call.files, edits: message.edits + 1 });
  return { status: 200, json: apiMessage(message, context.botId) };
}

/** https://docs.discord.com/developers/resources/message#get-channel-messages – without Read Message History an empty list, no error. */
export function history(match: RegExpExecArray, _call: FakeCall, query: URLSearchParams, context: RouteContext): Reply {
  const { state, botId } = context;
  const barrier = barred(match[1] ?? '', context);
  if (barrier !== null) return barrier;
  if ((state.world.own(match[1] ?? '') & BITS.readMessageHistory) === 0n) return { status: 200, json: [] };
  const after = BigInt(query.get('after') ?? 0);
  const visible = state.messages.filter(
    (message: FakeMessage) => message.channel === match[1] && !message.deleted && BigInt(message.id) > after,
  );
  return {
    status: 200,
    json: visible
      .slice(0, Number(query.get('limit') ?? 50))
      .toReversed()
      .map((message) => apiMessage(message, botId)),
  };
}

export function remove(match: RegExpExecArray, _call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
  const { state } = context;
  const barrier = barred(match[1] ?? '', context);
  if (barrier !== null) return barrier;
  const message = state.messages.find(
    (candidate) => candidate.id === match[2] && candidate.channel === match[1] && !candidate.deleted,
  );
  if (message === undefined) return error(404, 10008, 'Unknown Message');
  message.deleted = true;
  return OK_EMPTY;
}

/** https://docs.discord.com/developers/resources/channel#get-channel */
export function channel(
  match: RegExpExecArray,
  _call: FakeCall,
  _query: URLSearchParams,
  context: RouteContext,
): Reply {
  const id = match[1] ?? '';
  const { type, permission_overwrites: overwrites = [], ...rest } = context.state.world.channel(id) ?? { type: 0 };
  return (
    barred(id, context) ?? {
      status: 200,
      json: { ...rest, type, ...(type >= 10 ? {} : { permission_overwrites: overwrites }) },
    }
  );
}

/**
 * https://docs.discord.com/developers/resources/channel#set-voice-channel-status – Set Voice Channel Status, and Manage Channels for whoever is
 * not in the channel; 204.
 */
export function voiceStatus(
  match: RegExpExecArray,
  call: FakeCall,
  _query: URLSearchParams,
  context: RouteContext,
): Reply {
  const channel = match[1] ?? '';
  const barrier = barred(channel, context, BITS.setVoiceChannelStatus, BITS.manageChannels);
  if (barrier !== null) return barrier;
  if (context.state.world.channel(channel)?.type !== 2)
    return error(400, 50024, 'Cannot execute action on this channel type');
  const { status, ...rest } = call.body as { status?: unknown };
  const fits = status === null || (typeof status === 'string' && status.length <= 500);
  if (!fits || Object.keys(rest).length > 0) return error(400, 50035, 'Invalid Form Body');
  context.state.voiceStatuses.push({ channel, status, at: context.now() });
  return OK_EMPTY;
}

/** https://docs.discord.com/developers/resources/user#create-dm – the same channel each time, also of people who take no messages. */
export function openDirect(
  _match: RegExpExecArray,
  call: FakeCall,
  _query: URLSearchParams,
  { state }: RouteContext,
): Reply {
  const { recipient_id: user } = call.body as { recipient_id?: string };
  if (user === undefined || !/^\d{15,21}$/.test(user)) return error(400, 50033, 'Invalid Recipient(s)');
  return { status: 200, json: { ...state.world.direct(user), recipients: [{ id: user }] } };
}

/** https://docs.discord.com/developers/resources/guild#get-guild-member */
export function member(
  match: RegExpExecArray,
  _call: FakeCall,
  _query: URLSearchParams,
  { state }: RouteContext,
): Reply {
  const known = state.world.member(match[1] ?? '', match[2] ?? '');
  return found(known && { user: { id: known.id }, roles: known.roles }, 10007);
}
