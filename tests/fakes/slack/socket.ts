// The Socket Mode side of the fake: hello, envelopes that wait for their acknowledgement, repeats, disconnects, silence.
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { PATIENCE_MS } from '../patience.ts';
import { isRecord, type Json } from './blocks.ts';

export type Envelope = {
  type: 'events_api' | 'slash_commands' | 'interactive';
  payload: Json;
  envelopeId?: string;
  retry?: { attempt: number; reason: string };
};
export type Ack = { ms: number; payload: Json };

export type FakeSocket = {
  open(): number;
  /** Sends over one open connection and waits for the acknowledgement; fails when patience ends. */
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

export function attachSocket(server: Server): { socket: FakeSocket; close(): Promise<void> } {
  const clients = new Set<WebSocket>();
  const waiting = new Map<string, (payload: Json) => void>();
  const sockets = new WebSocketServer({ server, path: '/link' });
  let turn = 0;
  let serial = 0;
  const run = crypto.randomUUID().slice(0, 8);
  const socket: FakeSocket = {
    hello: true,
    connections: 0,
    open: () => clients.size,
    push: (frame) => {
      for (const client of clients) client.send(frame);
    },
    askToReconnect(reason) {
      for (const client of clients) client.send(JSON.stringify({ type: 'disconnect', reason, debug_info: {} }));
    },
    drop() {
      for (const client of clients) client.terminate();
      clients.clear();
    },
    async send({ type, payload, envelopeId, retry }) {
      const open = [...clients];
      const client = open[turn++ % Math.max(1, open.length)];
      if (client === undefined) throw new Error('no open Socket Mode connection');
      const id = envelopeId ?? `envelope-${run}-${++serial}`;
      const acknowledged = new Promise<Json>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no acknowledgement within ${PATIENCE_MS} ms`)), PATIENCE_MS);
        waiting.set(id, (body) => {
          clearTimeout(timer);
          resolve(body);
        });
      });
      const started = performance.now();
      client.send(
        JSON.stringify({
          type,
          payload,
          envelope_id: id,
          accepts_response_payload: type !== 'events_api',
          ...(retry === undefined ? {} : { retry_attempt: retry.attempt, retry_reason: retry.reason }),
        }),
      );
      return { payload: await acknowledged, ms: performance.now() - started };
    },
  };
  sockets.on('connection', (client) => {
    clients.add(client);
    socket.connections++;
    client.on('close', () => clients.delete(client));
    client.on('error', () => clients.delete(client));
    client.on('message', (data) => {
      const message: unknown = JSON.parse((data as Buffer).toString('utf8'));
      if (!isRecord(message) || typeof message['envelope_id'] !== 'string') return;
      waiting.get(message['envelope_id'])?.(isRecord(message['payload']) ? message['payload'] : {});
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
