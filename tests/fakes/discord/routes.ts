// What each endpoint of the fake does: posts with nonces, answers to interactions with their deadlines, history, registration.
import { type BodyKind, type MessageBody, messageProblems, problemsOf } from './check.ts';
import type { Reply } from './http.ts';
import { apiMessage, type DiscordState, type FakeCall, type FakeInteraction, type FakeMessage } from './state.ts';

export type RouteContext = {
  state: DiscordState;
  botId: string;
  applicationId: string;
  now: () => number;
  checks: boolean;
};

type Handler = (match: RegExpExecArray, call: FakeCall, query: URLSearchParams, context: RouteContext) => Reply;

const OK_EMPTY: Reply = { status: 204 };
const error = (status: number, code: number, message: string): Reply => ({ status, json: { code, message } });

const ROUTES: readonly (readonly [string, RegExp, Handler])[] = [
  ['POST', /^\/interactions\/(\d+)\/([\w-]+)\/callback$/, callback],
  ['PATCH', /^\/webhooks\/(\d+)\/([\w-]+)\/messages\/@original$/, editOriginal],
  ['POST', /^\/webhooks\/(\d+)\/([\w-]+)$/, followUp],
  ['POST', /^\/channels\/(\d+)\/messages$/, post],
  ['GET', /^\/channels\/(\d+)\/messages$/, history],
  ['PATCH', /^\/channels\/(\d+)\/messages\/(\d+)$/, edit],
  ['DELETE', /^\/channels\/(\d+)\/messages\/(\d+)$/, remove],
  ['GET', /^\/channels\/(\d+)$/, (match, _call, _query, { state }) => found(state.channels.get(match[1] ?? ''), 10003)],
  ['GET', /^\/guilds\/(\d+)$/, (match, _call, _query, { state }) => found(state.guilds.get(match[1] ?? ''), 10004)],
  ['PUT', /^\/applications\/(\d+)(?:\/guilds\/(\d+))?\/commands$/, register],
];

export function routeCall(call: FakeCall, query: URLSearchParams, context: RouteContext): Reply {
  for (const [method, pattern, handler] of ROUTES) {
    const match = method === call.method ? pattern.exec(call.path) : null;
    if (match !== null) return handler(match, call, query, context);
  }
  return error(404, 0, '404: Not Found');
}

function found(json: unknown, code: number): Reply {
  return json === undefined ? error(404, code, 'Unknown') : { status: 200, json };
}

/** 400 with code 50035 when the body breaks a rule; tests look at `refusals`. */
function refusal(
  kind: BodyKind,
  body: unknown,
  message: MessageBody | undefined,
  call: FakeCall,
  context: RouteContext,
): Reply | null {
  if (!context.checks) return null;
  const problems = [
    ...problemsOf(kind, body),
    ...(message === undefined
      ? []
      : messageProblems(
          message,
          call.files.map((file) => file.name),
        )),
  ];
  if (problems.length === 0) return null;
  context.state.refusals.push(`${call.method} ${call.path.replace(/[\w-]{30,}/g, '…')}: ${problems.join('; ')}`);
  return error(400, 50035, 'Invalid Form Body');
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
    context.now() - interaction.sentAt > 15 * 60_000
  )
    return error(404, 10015, 'Unknown Webhook');
  const refused = refusal('IncomingWebhookUpdateRequestPartial', call.body, call.body as MessageBody, call, context);
  if (refused !== null) return refused;
  show(interaction, call.body as MessageBody, call, context, false);
  return { status: 200, json: interaction.message === null ? {} : apiMessage(interaction.message, context.botId) };
}

function followUp(match: RegExpExecArray, call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
  const interaction = context.state.byToken.get(match[2] ?? '');
  if (interaction === undefined || interaction.callbacks.length === 0) return error(404, 10015, 'Unknown Webhook');
  const body = call.body as MessageBody;
  const refused = refusal('IncomingWebhookRequestPartial', body, body, call, context);
  if (refused !== null) return refused;
  const made = context.state.create(
    { channel: '0', body, files: call.files, ephemeral: ((body.flags ?? 0) & 64) !== 0, interactionId: interaction.id },
    false,
  );
  if (made !== 'deleted') interaction.followUps.push(made);
  return { status: 200, json: {} };
}

function post(match: RegExpExecArray, call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
  const channel = match[1] ?? '';
  const bad = context.state.badChannels.get(channel);
  if (bad !== undefined) return error(bad.status, bad.code, 'Refused');
  const body = call.body as MessageBody & { message_reference?: { message_id: string } };
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

function edit(match: RegExpExecArray, call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
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

function history(
  match: RegExpExecArray,
  _call: FakeCall,
  query: URLSearchParams,
  { state, botId }: RouteContext,
): Reply {
  const bad = state.badChannels.get(match[1] ?? '');
  if (bad !== undefined) return error(bad.status, bad.code, 'Refused');
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

function remove(match: RegExpExecArray, _call: FakeCall, _query: URLSearchParams, { state }: RouteContext): Reply {
  const message = state.messages.find(
    (candidate) => candidate.id === match[2] && candidate.channel === match[1] && !candidate.deleted,
  );
  if (message === undefined) return error(404, 10008, 'Unknown Message');
  message.deleted = true;
  return OK_EMPTY;
}

function register(match: RegExpExecArray, call: FakeCall, _query: URLSearchParams, context: RouteContext): Reply {
  const entries = call.body as unknown[];
  for (const entry of entries) {
    const refused = refusal('ApplicationCommandUpdateRequest', entry, undefined, call, context);
    if (refused !== null) return refused;
  }
  context.state.commands.set(match[2] ?? 'global', entries);
  return { status: 200, json: entries };
}
