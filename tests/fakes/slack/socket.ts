// The Socket Mode side of the fake: hello, envelopes that wait for their acknowledgement, repeats, disconnects, silence.
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { PATIENCE_MS } from '../patience.ts';
import { isRecord, type Json } from './blocks.ts';
import { ANSWER_MS, type Refusal, type RepeatOptions, repeatUntilTaken, type Retry } from './repeats.ts';

export type Envelope = {
  type: 'events_api' | 'slash_commands' | 'interactive';
  payload: Json;
  envelopeId?: string;
  retry?: Retry;
};
export type Ack = { ms: number; payload: Json };

export type FakeSocket = {
  open(): number;
  /**
   * Sends over one open connection and waits for the acknowledgement. Fails when the connection ends or patience does; an event is repeated
   * before, over another connection where there is one, if the fake has waits of its own.
   */
  send(envelope: Envelope): Promise<Ack>;
  /** Sends without waiting. */
  push(frame: string): void;
  /** Slack asks the client to come back ("refresh_requested", "warning", "link_disabled"). */
  askToReconnect(reason: string): void;
  /** Cuts all connections without a word. */
  drop(): void;
  /** False: connections open but no hello comes. */
  hello: boolean;
  connections: number;
};

/** https://docs.slack.dev/apis/events-api/using-socket-mode#connections: "up to 10 open WebSocket connections at the same time". */
const MOST_CONNECTIONS = 10;
/** https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect: notice is given "about 10 seconds before the disconnect". */
const NOTICE_MS = 10_000;
const NOTICE = /^(warning|refresh_requested)$/;

type Waiting = { client: WebSocket; taken: (payload: Json) => void; failed: (reason: string) => void };

/** `repeats`: null for a fake that sends each envelope once. */
export function attachSocket(
  server: Server,
  repeats: RepeatOptions | null,
): { socket: FakeSocket; close(): Promise<void> } {
  const clients = new Set<WebSocket>();
  const waiting = new Map<string, Waiting>();
  const sockets = new WebSocketServer({ server, path: '/link' });
  let turn = 0;
  let serial = 0;
  let last: WebSocket | undefined;
  const run = crypto.randomUUID().slice(0, 8);
  const disconnectFrame = (reason: string) => JSON.stringify({ type: 'disconnect', reason, debug_info: {} });

  /** @returns the payload of the acknowledgement, or why there is none */
  async function once(id: string, { type, payload }: Envelope, retry?: Retry): Promise<Json | string> {
    const open = [...clients];
    const others = open.filter((candidate) => retry === undefined || candidate !== last);
    const choice = others.length > 0 ? others : open;
    const client = choice[turn++ % Math.max(1, choice.length)];
    if (client === undefined) return 'no open Socket Mode connection';
    last = client;
    const frame = {
      type,
      payload,
      envelope_id: id,
      accepts_response_payload: type !== 'events_api',
      ...(type === 'events_api' ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' } : {}),
    };
    const patience = repeats === null ? PATIENCE_MS : ANSWER_MS;
    return await new Promise<Json | string>((resolve) => {
      const tooLate = () => resolve(`no acknowledgement within ${patience} ms`);
      const timer = repeats === null ? setTimeout(tooLate, patience) : undefined;
      if (repeats !== null) void repeats.sleep(patience).then(tooLate);
      const end = (answer: Json | string) => (clearTimeout(timer), resolve(answer));
      waiting.set(id, { client, taken: end, failed: end });
      client.send(JSON.stringify(frame));
    });
  }

  const socket: FakeSocket = {
    hello: true,
    connections: 0,
    open: () => clients.size,
    push: (frame) => {
      for (const client of clients) client.send(frame);
    },
    askToReconnect(reason) {
      const asked = [...clients];
      for (const client of asked) client.send(disconnectFrame(reason));
      if (repeats !== null && NOTICE.test(reason))
        void repeats.sleep(NOTICE_MS).then(() => asked.forEach((client) => client.close()));
    },
    drop() {
      for (const client of clients) client.terminate();
      clients.clear();
    },
    async send(envelope) {
      const started = performance.now();
      const id = envelope.envelopeId ?? `envelope-${run}-${++serial}`;
      let answer = await once(id, envelope, envelope.retry);
      const again = async (retry: Retry): Promise<Refusal> => {
        answer = await once(id, envelope, retry);
        return typeof answer === 'string' ? { reason: 'timeout' } : null;
      };
      if (typeof answer === 'string' && repeats !== null && envelope.type === 'events_api')
        await repeatUntilTaken({ reason: 'timeout' }, again, repeats);
      if (typeof answer === 'string') throw new Error(answer);
      return { payload: answer, ms: performance.now() - started };
    },
  };
  const gone = (client: WebSocket): void => {
    clients.delete(client);
    for (const entry of waiting.values()) if (entry.client === client) entry.failed('the connection ended');
  };
  sockets.on('connection', (client) => {
    client.on('error', () => gone(client));
    if (clients.size >= MOST_CONNECTIONS) {
      client.send(disconnectFrame('too_many_websockets')); // https://github.com/slackapi/node-slack-sdk/issues/1654
      return client.close();
    }
    clients.add(client);
    socket.connections++;
    client.on('close', () => gone(client));
    client.on('message', (data) => {
      const message: unknown = JSON.parse((data as Buffer).toString('utf8'));
      if (!isRecord(message) || typeof message['envelope_id'] !== 'string') return;
      waiting.get(message['envelope_id'])?.taken(isRecord(message['payload']) ? message['payload'] : {});
      waiting.delete(message['envelope_id']);
    });
    if (socket.hello)
      client.send(
        JSON.stringify({
          type: 'hello',
          num_connections: clients.size,
          connection_info: { app_id: 'A0APP' },
          debug_info: {},
        }),
      );
  });
  return {
    socket,
    close: () =>
      new Promise((resolve) => {
        for (const client of clients) client.terminate();
        sockets.close(() => resolve());
      }),
  };
}
