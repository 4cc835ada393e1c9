// A Slack workspace on loopback: Web API, Socket Mode and signed HTTP, real enough for the real Bolt.
//
//   const slack = await startFakeSlack({ admins: ['U0ADMIN'], dataVisualization: false });
//   SLACK_API_URL=slack.url SLACK_BOT_TOKEN=slack.token SLACK_APP_TOKEN=slack.appToken SLACK_SIGNING_SECRET=slack.signingSecret
//   slack.http = 'http://127.0.0.1:3000/slack/events';      // HTTP mode; without it events go over the socket
//   await slack.slash('/coin', 'tao');  await slack.mention('price tao', { thread });  await slack.dm('what is TAO?');
//   const [card] = await slack.waitFor(1);                  // messages that are visible now, in order of posting
//   await slack.press(card, '30d');  await slack.pick(card, 'NEAR');  await slack.search('nea');
//   slack.fault = (call) => (call.method === 'chat.postMessage' ? { kind: 'reset', commit: true } : null);
//   slack.messages(); slack.space.calls; slack.space.problems (limits broken by us, must stay empty); await slack.close();
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { PATIENCE_MS } from '../patience.ts';
import type { Json } from './blocks.ts';
import { attemptSigned, type HttpAnswer, httpBody, sendSigned } from './http.ts';
import { createPeople, type Delivered, type People } from './people.ts';
import { type Refusal, repeatUntilTaken, type Retry } from './repeats.ts';
import { createSlackServer } from './server.ts';
import { attachSocket, type Envelope, type FakeSocket } from './socket.ts';
import {
  createWorkspace,
  type FakeMessage,
  type FakeSlackOptions,
  type SlackCall,
  type SlackFault,
  type Workspace,
} from './state.ts';

export type { FakeMessage, FakeSlackOptions, SlackFault };

export type FakeSlack = People & {
  /** For SLACK_API_URL. */
  url: string;
  origin: string;
  token: string;
  appToken: string;
  signingSecret: string;
  team: string;
  botUser: string;
  /** Where HTTP mode delivers; null: Socket Mode. */
  http: string | null;
  fault: ((call: SlackCall) => SlackFault | null) | null;
  space: Workspace;
  socket: FakeSocket;
  /** Connections for calls that are open now, and the most there ever were; those of Socket Mode are not among them. */
  connections(): { open: number; most: number };
  /** Messages that can be seen now. */
  messages(): FakeMessage[];
  waitFor(count: number): Promise<FakeMessage[]>;
  until(holds: () => boolean): Promise<void>;
  /** In HTTP mode what came of the first attempt (status 0: nothing within three seconds); repeats follow by themselves. */
  deliver(envelope: Envelope): Promise<Delivered>;
  close(): Promise<void>;
};

export async function startFakeSlack(given: FakeSlackOptions = {}): Promise<FakeSlack> {
  const options = {
    team: 'T0TEAM',
    botUser: 'U0BOT',
    token: 'xoxb-fake-token-1',
    appToken: 'xapp-fake-token-1',
    signingSecret: 'fake-signing-secret-1',
    ...given,
  };
  const space = createWorkspace(options);
  space.tokens.set(options.token, { team: options.team, botUser: options.botUser });
  const http = createSlackServer({ space, fault: () => fake.fault });
  const connections = countConnections(http.server);
  let closed = false;
  const { sleep } = options;
  const repeats =
    sleep === undefined ? null : { sleep, delayed: options.delayedEvents === true, ended: (): boolean => closed };
  const sockets = attachSocket(http.server, repeats);
  const origin = await http.listen();
  const deliver = async (envelope: Envelope): Promise<Delivered> => {
    if (fake.http === null) return { ...(await sockets.socket.send(envelope)), status: 200 };
    const signed = (retry?: Retry) => ({
      ...httpBody(envelope.type, envelope.payload),
      secret: options.signingSecret,
      at: space.now(), // each attempt is signed when it leaves
      ...(retry === undefined ? {} : { retry }),
    });
    if (repeats === null || envelope.type !== 'events_api' || envelope.retry !== undefined)
      return deliveredAs(await sendSigned(fake.http, signed(envelope.retry)));
    const first = await attemptSigned(fake.http, signed(), repeats.sleep);
    const again = async (retry: Retry): Promise<Refusal> =>
      (await attemptSigned(fake.http ?? '', signed(retry), repeats.sleep)).refusal;
    void repeatUntilTaken(first.refusal, again, repeats);
    return first.answer === null ? { ms: 0, status: 0, payload: {} } : deliveredAs(first.answer);
  };
  const fake: FakeSlack = {
    ...options,
    url: `${origin}/api/`,
    origin,
    http: null,
    fault: null,
    space,
    socket: sockets.socket,
    deliver,
    ...createPeople({ space, origin, deliver, team: options.team, botUser: options.botUser }),
    connections,
    messages: () => space.messages.filter((message) => !message.deleted),
    async until(holds) {
      for (const end = performance.now() + PATIENCE_MS; !holds();) {
        if (performance.now() > end) throw new Error(`did not happen within ${PATIENCE_MS} ms`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async waitFor(count) {
      await fake.until(() => fake.messages().length >= count);
      return fake.messages();
    },
    async close() {
      closed = true;
      await sockets.close();
      http.server.closeAllConnections();
      await new Promise((resolve) => http.server.close(resolve));
    },
  };
  return fake;
}

function deliveredAs({ ms, status, text }: HttpAnswer): Delivered {
  return { ms, status, payload: text.startsWith('{') ? (JSON.parse(text) as Json) : {} };
}

/** Connections of this moment: closed ones and those that became a WebSocket are left out. */
function countConnections(server: Server): () => { open: number; most: number } {
  const open = new Set<Duplex>();
  let most = 0;
  server.on('connection', (socket) => {
    open.add(socket);
    most = Math.max(most, open.size);
    socket.once('close', () => open.delete(socket));
  });
  server.on('upgrade', (_request, socket) => void open.delete(socket));
  return () => ({ open: open.size, most });
}
