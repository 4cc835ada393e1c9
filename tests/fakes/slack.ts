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
import type { Json } from './slack-blocks.ts';
import { isRecord, items } from './slack-blocks.ts';
import { httpBody, sendSigned } from './slack-http.ts';
import { createSlackServer } from './slack-server.ts';
import { attachSocket, type Envelope, type FakeSocket } from './slack-socket.ts';
import {
  createWorkspace,
  type FakeMessage,
  type FakeSlackOptions,
  type SlackCall,
  type SlackFault,
  type Workspace,
} from './slack-state.ts';

export type { FakeMessage, FakeSlackOptions, SlackFault };

export type Where = { channel?: string; user?: string; thread?: string; team?: string };
/** `status` is 200 in Socket Mode. */
export type Delivered = { ms: number; payload: Json; status: number };

export type FakeSlack = {
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
  /** Messages that can be seen now. */
  messages(): FakeMessage[];
  waitFor(count: number, timeoutMs?: number): Promise<FakeMessage[]>;
  until(true_: () => boolean, timeoutMs?: number): Promise<void>;
  deliver(envelope: Envelope): Promise<Delivered>;
  slash(command: string, text?: string, where?: Where): Promise<Delivered>;
  mention(text: string, where?: Where): Promise<Delivered>;
  dm(text: string, where?: Where & Json): Promise<Delivered>;
  event(event: Json, body?: Json): Promise<Delivered>;
  press(
    message: FakeMessage,
    label: string,
    where?: Where & { expired?: boolean; responseUrl?: string | null },
  ): Promise<Delivered>;
  pick(message: FakeMessage, label: string, where?: Where): Promise<Delivered>;
  shortcut(message: Json, where?: Where): Promise<Delivered>;
  search(text: string, actionId?: string): Promise<Json[]>;
  home(user: string, tab?: 'home' | 'messages'): Promise<Delivered>;
  close(): Promise<void>;
};

const CHANNEL = 'C0GENERAL';
const USER = 'U0ALICE';

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
  const { server, listen } = createSlackServer({ space, fault: () => fake.fault });
  const { socket, close } = attachSocket(server);
  const origin = await listen();
  let serial = 0;
  const run = crypto.randomUUID().slice(0, 8); // ids differ between fakes that share one store
  const next = (prefix: string) => `${prefix}${run}-${++serial}`;
  const base = ({ team = options.team }: Where) => ({ token: 'verification', team_id: team, api_app_id: 'A0APP' });
  const responseUrl = (where: Where, original?: FakeMessage, madeAt = space.now()): string => {
    const id = space.nextId('R');
    space.responses.set(id, {
      uses: 0,
      madeAt,
      channel: where.channel ?? CHANNEL,
      user: where.user ?? USER,
      ...(original === undefined ? {} : { original: original.ts }),
      ...(where.thread === undefined ? {} : { thread: where.thread }),
    });
    return `${origin}/response/${id}`;
  };
  const deliver = async (envelope: Envelope): Promise<Delivered> => {
    if (fake.http === null) return { ...(await socket.send(envelope)), status: 200 };
    const answer = await sendSigned(fake.http, {
      ...httpBody(envelope.type, envelope.payload),
      secret: options.signingSecret,
      at: space.now(),
      ...(envelope.retry === undefined ? {} : { retry: envelope.retry }),
    });
    return {
      ms: answer.ms,
      status: answer.status,
      payload: answer.text.startsWith('{') ? (JSON.parse(answer.text) as Json) : {},
    };
  };
  const interact = (type: string, where: Where, more: Json) => {
    const { channel = CHANNEL, user = USER, team = options.team } = where;
    return deliver({
      type: 'interactive',
      payload: {
        type,
        ...base(where),
        team: { id: team },
        user: { id: user, team_id: team },
        channel: { id: channel, name: 'general' },
        trigger_id: next('trigger-'),
        ...more,
      },
    });
  };
  const act = (
    message: FakeMessage,
    action: Json,
    where: Where & { expired?: boolean; responseUrl?: string | null },
  ) => {
    const url =
      where.responseUrl === undefined
        ? responseUrl(
            { ...where, channel: message.channel },
            message,
            where.expired === true ? space.now() - 31 * 60_000 : undefined,
          )
        : where.responseUrl;
    const container = {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: message.ephemeralFor !== undefined,
      ...(message.thread === undefined ? {} : { thread_ts: message.thread }),
    };
    return interact(
      'block_actions',
      { ...where, channel: message.channel },
      { container, actions: [action], ...(url === null ? {} : { response_url: url }) },
    );
  };
  const elements = (message: FakeMessage) =>
    message.blocks.flatMap((block) => (block['type'] === 'actions' ? items(block['elements']).filter(isRecord) : []));
  const labelOf = (value: unknown) => (isRecord(value) && isRecord(value['text']) ? String(value['text']['text']) : '');
  const event: FakeSlack['event'] = (inner, body = {}) =>
    deliver({
      type: 'events_api',
      payload: {
        ...base({}),
        type: 'event_callback',
        event_id: next('Ev'),
        event_time: Math.floor(space.now() / 1000),
        event: inner,
        ...body,
      },
    });
  const fake: FakeSlack = {
    ...options,
    url: `${origin}/api/`,
    origin,
    http: null,
    fault: null,
    space,
    socket,
    deliver,
    event,
    messages: () => space.messages.filter((message) => !message.deleted),
    async until(holds, timeoutMs = 8000) {
      for (const end = performance.now() + timeoutMs; !holds();) {
        if (performance.now() > end) throw new Error(`did not happen within ${timeoutMs} ms`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async waitFor(count, timeoutMs) {
      await fake.until(() => fake.messages().length >= count, timeoutMs);
      return fake.messages();
    },
    slash: (command, text = '', where = {}) =>
      deliver({
        type: 'slash_commands',
        payload: {
          ...base(where),
          command,
          text,
          user_id: where.user ?? USER,
          user_name: 'alice',
          channel_id: where.channel ?? CHANNEL,
          channel_name: 'general',
          trigger_id: next('trigger-'),
          response_url: responseUrl(where),
        },
      }),
    mention: (text, { channel = CHANNEL, user = USER, thread, ...where } = {}) => {
      const ts = space.nextTs();
      return event(
        {
          type: 'app_mention',
          user,
          text: `<@${options.botUser}> ${text}`,
          ts,
          event_ts: ts,
          channel,
          client_msg_id: next('client-'),
          ...(thread === undefined ? {} : { thread_ts: thread }),
        },
        base(where),
      );
    },
    dm: (text, { channel = 'D0DIRECT', user = USER, thread, team: _team, ...more } = {}) => {
      const ts = space.nextTs();
      return event({
        type: 'message',
        channel_type: 'im',
        user,
        text,
        ts,
        event_ts: ts,
        channel,
        client_msg_id: next('client-'),
        ...(thread === undefined ? {} : { thread_ts: thread }),
        ...more,
      });
    },
    press(message, label, where = {}) {
      const button = elements(message).find((element) => element['type'] === 'button' && labelOf(element) === label);
      if (button === undefined) throw new Error(`no button "${label}"`);
      return act(
        message,
        {
          type: 'button',
          action_id: button['action_id'],
          block_id: 'b',
          value: button['value'],
          action_ts: space.nextTs(),
        },
        where,
      );
    },
    pick(message, label, where = {}) {
      const options_ = elements(message).flatMap((element) =>
        element['type'] === 'static_select' ? items(element['options']).map((option) => ({ element, option })) : [],
      );
      const found = options_.find(({ option }) => labelOf(option).includes(label));
      if (found === undefined) throw new Error(`no option "${label}"`);
      return act(
        message,
        { type: 'static_select', action_id: found.element['action_id'], block_id: 'b', selected_option: found.option },
        where,
      );
    },
    shortcut: (message, where = {}) =>
      interact('message_action', where, {
        callback_id: 'answer_from_faq',
        message_ts: message['ts'],
        message,
        response_url: responseUrl(where),
      }),
    async search(text, actionId = 'find:coin') {
      const answer = await deliver({
        type: 'interactive',
        payload: {
          type: 'block_suggestion',
          ...base({}),
          team: { id: options.team },
          user: { id: USER },
          container: { type: 'message' },
          channel: { id: CHANNEL },
          action_id: actionId,
          block_id: 'b',
          value: text,
        },
      });
      return items(answer.payload['options']).filter(isRecord);
    },
    home: (user, tab = 'home') =>
      event({ type: 'app_home_opened', user, channel: 'D0DIRECT', tab, event_ts: space.nextTs() }),
    async close() {
      await close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}
