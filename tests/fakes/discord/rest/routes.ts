// What each endpoint of the fake does: posts with nonces, answers to interactions with their deadlines, history, registration.
import { channel, edit, history, member, openDirect, post, remove, voiceStatus } from '../channels.ts';
import type { MessageBody } from './check.ts';
import type { Reply } from './http.ts';
import { error, found, OK_EMPTY, refusal, type RouteContext } from './reply.ts';
import { apiMessage, type FakeCall, type FakeInteraction } from '../state.ts';

type Handler = (match: RegExpExecArray, call: FakeCall, query: URLSearchParams, context: RouteContext) => Reply;

const ROUTES: readonly (readonly [string, RegExp, Handler])[] = [
  ['POST', /^\/interactions\/(\d+)\/([\w-]+)\/callback$/, callback],
  ['PATCH', /^\/webhooks\/(\d+)\/([\w-]+)\/messages\/@original$/, editOriginal],
  ['DELETE', /^\/webhooks\/(\d+)\/([\w-]+)\/messages\/@original$/, deleteOriginal],
  ['PATCH', /^\/webhooks\/(\d+)\/([\w-]+)\/messages\/(\d+)$/, editFollowUp],
  ['POST', /^\/webhooks\/(\d+)\/([\w-]+)$/, followUp],
  ['POST', /^\/channels\/(\d+)\/messages$/, post],
  ['GET', /^\/channels\/(\d+)\/messages$/, history],
  ['PATCH', /^\/channels\/(\d+)\/messages\/(\d+)$/, edit],
  ['DELETE', /^\/channels\/(\d+)\/messages\/(\d+)$/, remove],
  ['GET', /^\/channels\/(\d+)$/, channel],
  ['PUT', /^\/channels\/(\d+)\/voice-status$/, voiceStatus],
  ['POST', /^\/users\/@me\/channels$/, openDirect],
  ['GET', /^\/guilds\/(\d+)$/, (match, _call, _query, { state }) => found(state.world.guild(match[1] ?? ''), 10004)],
  ['GET', /^\/guilds\/(\d+)\/members\/(\d+)$/, member],
  ['PUT', /^\/applications\/(\d+)(?:\/guilds\/(\d+))?\/commands$/, register],
  ['GET', /^\/applications\/(\d+)(?:\/guilds\/(\d+))?\/commands$/, registered],
];

export function routeCall(call: FakeCall, query: URLSearchParams, context: RouteContext): Reply {
  for (const [method, pattern, handler] of ROUTES) {
    const match = method === call.method ? pattern.exec(call.path) : null;
    if (match !== null) return handler(match, call, query, context);
  }
  return error(404, 0, '404: Not Found');
}

function callback(match: RegExpExecArray, call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
  const { state, now } = context;
  const interaction = state.byId.get(match[1] ?? '');
  if (interaction === undefined || interaction.token !== match[2] || now() - interaction.sentAt > 3000) {
    interaction?.refused.push(10062);
    return error(404, 10062, 'Unknown interaction');
  }
  if (interaction.callbacks.length > 0) {
    interaction.refused.push(40060);
    return error(400, 40060, 'Interaction has already been acknowledged.');
  }
  const body = call.body as { type: number; data?: MessageBody & { choices?: FakeInteraction['choices'] } };
  const kind =
    body.type === 8
      ? 'ApplicationCommandAutocompleteCallbackRequest'
      : body.type === 6 || body.type === 7
        ? 'UpdateMessageInteractionCallbackRequest'
        : 'CreateMessageInteractionCallbackRequest';
  const carries = body.type === 4 || body.type === 7;
  const refused =
    refusal(kind, body, carries ? body.data : undefined, call, context) ??
    (fits(interaction.type, body.type) ? null : error(400, 50035, 'Wrong response type'));
  if (refused !== null) return refused;
  interaction.callbacks.push(body.type);
  interaction.ackMs = now() - interaction.sentAt;
  interaction.deferredEphemeral = body.type === 5 && body.data?.flags === 64;
  if (body.type === 8) interaction.choices = body.data?.choices ?? [];
  if (carries && body.data !== undefined) show(interaction, body.data, call, context, body.type === 4);
  return OK_EMPTY;
}

/** 1 ping, 2 command, 3 component, 4 autocomplete. */
function fits(interaction: number, response: number): boolean {
  if (interaction === 4) return response === 8;
  return response === 4 || response === 5 || (interaction === 3 && (response === 6 || response === 7));
}

/** Puts an answer on the screen: as a new message, or into the one that is there. */
function show(
  interaction: FakeInteraction,
  body: MessageBody,
  call: FakeCall,
  { state, now }: RouteContext,
  fresh: boolean,
): void {
  if (fresh || interaction.message === null) {
    const ephemeral = fresh ? ((body.flags ?? 0) & 64) !== 0 : interaction.deferredEphemeral;
    const made = state.create(
      { channel: '0', body, files: call.files, ephemeral, interactionId: interaction.id },
      false,
    );
    if (made !== 'deleted') interaction.message = made;
  } else {
    Object.assign(interaction.message, { body, files: call.files, edits: interaction.message.edits + 1 });
  }
  interaction.answerMs = now() - interaction.sentAt;
}

function editOriginal(match: RegExpExecArray, call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
  const interaction = context.state.byToken.get(match[2] ?? '');
  if (
    interaction === undefined ||
    interaction.callbacks.length === 0 ||
    interaction.originalDeleted ||
    context.now() - interaction.sentAt > 15 * 60_000
  )
    return error(404, 10015, 'Unknown Webhook');
  const refused = refusal('IncomingWebhookUpdateRequestPartial', call.body, call.body as MessageBody, call, context);
  if (refused !== null) return refused;
  show(interaction, call.body as MessageBody, call, context, false);
  return { status: 200, json: interaction.message === null ? {} : apiMessage(interaction.message, context.botId) };
}

/**
 * A message of its own, but the first one right after a deferral fills the deferred answer and keeps its privacy
 * (https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message).
 */
function followUp(match: RegExpExecArray, call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
  const interaction = context.state.byToken.get(match[2] ?? '');
  if (interaction === undefined || interaction.callbacks.length === 0) return error(404, 10015, 'Unknown Webhook');
  const body = call.body as MessageBody;
  const refused = refusal('IncomingWebhookRequestPartial', body, body, call, context);
  if (refused !== null) return refused;
  if (interaction.callbacks[0] === 5 && interaction.message === null && !interaction.originalDeleted) {
    show(interaction, body, call, context, false);
    return { status: 200, json: {} };
  }
  const made = context.state.create(
    { channel: '0', body, files: call.files, ephemeral: ((body.flags ?? 0) & 64) !== 0, interactionId: interaction.id },
    false,
  );
  if (made !== 'deleted') interaction.followUps.push(made);
  return { status: 200, json: made === 'deleted' ? {} : apiMessage(made, context.botId) };
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#edit-followup-message */
function editFollowUp(match: RegExpExecArray, call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
  const interaction = context.state.byToken.get(match[2] ?? '');
  const message = interaction?.followUps.find(({ id }) => id === match[3]);
  if (message === undefined) return error(404, 10008, 'Unknown Message');
  const refused = refusal('IncomingWebhookUpdateRequestPartial', call.body, call.body as MessageBody, call, context);
  if (refused !== null) return refused;
  Object.assign(message, { body: call.body as MessageBody, files: call.files, edits: message.edits + 1 });
  return { status: 200, json: apiMessage(message, context.botId) };
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#delete-original-interaction-response */
function deleteOriginal(
  match: RegExpExecArray,
  _call: FakeCall,
  _query: URLSearchParams,
  context: RouteContext,
): Reply {
  const interaction = context.state.byToken.get(match[2] ?? '');
  if (interaction === undefined || interaction.callbacks.length === 0) return error(404, 10015, 'Unknown Webhook');
  if (interaction.originalDeleted) return error(404, 10008, 'Unknown Message');
  interaction.originalDeleted = true;
  if (interaction.message !== null) interaction.message.deleted = true;
  return OK_EMPTY;
}

function register(match: RegExpExecArray, call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
  const entries = call.body as unknown[];
  for (const entry of entries) {
    // The reference says text (https://docs.discord.com/developers/interactions/application-commands); a strict server takes nothing else.
    const { default_member_permissions: rights, ...rest } = entry as { default_member_permissions?: unknown };
    if (context.checks && rights != null && !(typeof rights === 'string' && /^\d+$/.test(rights))) {
      context.state.refusals.push(`default_member_permissions is ${typeof rights}`);
      return error(400, 50035, 'Invalid Form Body');
    }
    const refused = refusal('ApplicationCommandUpdateRequest', rest, undefined, call, context);
    if (refused !== null) return refused;
  }
  const known = entries.map((entry, index) => ({
    ...(entry as object),
    id: String(760_000_000_000_000_000n + BigInt(index)),
  }));
  context.state.commands.set(match[2] ?? 'global', known);
  return { status: 200, json: known };
}

/** https://docs.discord.com/developers/interactions/application-commands#get-global-application-commands */
function registered(match: RegExpExecArray, _call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
  return { status: 200, json: context.state.commands.get(match[2] ?? 'global') ?? [] };
}
