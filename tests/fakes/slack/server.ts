// The HTTP side of the fake: Web API, uploads and response addresses on one loopback port, with faults before and after the effect.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ApiAnswer } from './answers.ts';
import { answerCall } from './api.ts';
import { isRecord, type Json } from './blocks.ts';
import {
  asBlocks,
  decodeArgs,
  type ResponseAddress,
  type SlackCall,
  type SlackFault,
  type Workspace,
} from './state.ts';

/** The methods that https://docs.slack.dev/apis/web-api/rate-limits limits to one call a minute for some apps. */
const READS = /^conversations\.(history|replies)$/;

export type FakeServerOptions = { space: Workspace; fault: () => ((call: SlackCall) => SlackFault | null) | null };

/** Requests wait for the socket side until `listen`; `origin` is known then. */
export function createSlackServer({ space, fault }: FakeServerOptions): { server: Server; listen(): Promise<string> } {
  let origin = '';
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const body = await bytesOf(request);
    const [, kind, name = ''] = url.pathname.split('/');
    if (kind === 'upload') return await upload(space, name, body, response, fault());
    if (kind === 'response') return respond(space, name, body, response, fault());
    if (kind !== 'api') return void response.writeHead(404).end();
    const form = new URLSearchParams(body.toString('utf8'));
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? form.get('token') ?? '';
    const call: SlackCall = { method: name, args: decodeArgs(form), token, at: space.now() };
    space.calls.push(call);
    const channel = typeof call.args['channel'] === 'string' ? call.args['channel'] : '';
    const workspace = space.tokens.get(token)?.team ?? '';
    const wait =
      name === 'chat.postMessage'
        ? space.limited(workspace, channel)
        : READS.test(name)
          ? space.readingLimited(name)
          : 0;
    if (wait > 0) space.limitedCalls++;
    response.setHeader('x-oauth-scopes', space.options.scopes.join(','));
    const trouble: SlackFault | null = fault()?.(call) ?? (wait > 0 ? { kind: 'limited', seconds: wait } : null);
    if (trouble === null) return json(response, answerCall(space, call, origin));
    misbehave(response, trouble, () => answerCall(space, call, origin));
  };
  return {
    server,
    async listen() {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
      return origin;
    },
  };
}

function misbehave(response: ServerResponse, fault: SlackFault, effect: () => ApiAnswer): void {
  if ('commit' in fault && fault.commit) effect();
  switch (fault.kind) {
    case 'error':
      return json(response, { ok: false, error: fault.error });
    case 'limited':
      return void response
        .writeHead(429, { 'retry-after': String(fault.seconds), 'content-type': 'application/json' })
        .end('{"ok":false,"error":"ratelimited"}');
    case 'status':
      return void response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<h1>Something is wrong</h1>');
    case 'reset':
      return void response.socket?.destroy();
    case 'garbage':
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":tr');
    case 'held': {
      const answer = effect();
      return void fault.until.then(() => json(response, answer));
    }
    case 'hang':
  }
}

function json(response: ServerResponse, answer: object): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(answer));
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

/** Of faults only `held` is played here; its call is named "upload" and not kept with those of the Web API. */
async function upload(
  space: Workspace,
  id: string,
  body: Buffer,
  response: ServerResponse,
  fault: ((call: SlackCall) => SlackFault | null) | null,
): Promise<void> {
  const trouble = fault?.({ method: 'upload', args: {}, token: '', at: space.now() }) ?? null;
  if (trouble?.kind === 'held') await trouble.until;
  const file = space.files.get(id);
  if (file === undefined) return void response.writeHead(404).end();
  file.bytes = body.length;
  file.png = body.includes(PNG);
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${body.length}`);
}

/** A response_url: five uses within half an hour; replaces its message or adds one, without membership. */
function respond(
  space: Workspace,
  id: string,
  body: Buffer,
  response: ServerResponse,
  fault: ((call: SlackCall) => SlackFault | null) | null,
): void {
  const args = JSON.parse(body.toString('utf8')) as Json;
  const call: SlackCall = { method: 'response_url', args, token: '', at: space.now() };
  space.calls.push(call);
  const trouble = fault?.(call) ?? null;
  const effect = (): ApiAnswer => {
    const problem = space.responseProblem(id) ?? (args['blocks'] === undefined ? null : space.refuses(args['blocks']));
    const address = space.responses.get(id);
    if (problem !== null || address === undefined) return { ok: false, error: problem ?? 'expired_url' };
    place(space, address, args);
    return { ok: true };
  };
  if (trouble !== null) return misbehave(response, trouble, effect);
  const answer = effect();
  if (answer.ok) return void response.writeHead(200, { 'content-type': 'text/html' }).end('ok');
  const error = String(answer['error']);
  response.writeHead(error === 'invalid_blocks' ? 400 : 404, { 'content-type': 'text/html' }).end(error);
}

function place(space: Workspace, address: ResponseAddress, args: Json): void {
  const text = typeof args['text'] === 'string' ? args['text'] : '';
  const original =
    args['replace_original'] === true && address.original !== undefined
      ? space.messages.find((message) => message.channel === address.channel && message.ts === address.original)
      : undefined;
  if (original !== undefined) {
    Object.assign(original, { text, blocks: asBlocks(args['blocks']), sent: args, edits: original.edits + 1 });
    return;
  }
  const thread = typeof args['thread_ts'] === 'string' ? args['thread_ts'] : address.thread;
  space.add({
    channel: address.channel,
    ts: space.nextTs(),
    text,
    blocks: asBlocks(args['blocks']),
    via: 'response_url',
    sent: args,
    ...(thread === undefined ? {} : { thread }),
    ...(args['response_type'] === 'in_channel' ? {} : { ephemeralFor: address.user }),
    ...(isRecord(args['metadata'])
      ? { metadata: args['metadata'] as { event_type: string; event_payload: Json } }
      : {}),
  });
}
