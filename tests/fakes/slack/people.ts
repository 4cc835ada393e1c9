// People of the fake workspace: slash commands, mentions, presses and the rest, as Slack's payloads.
import { isRecord, items, type Json } from './blocks.ts';
import type { Envelope } from './socket.ts';
import type { FakeMessage, Workspace } from './state.ts';

/**
 * `organisation`: it installed the app as a whole, `team` is the workspace of it. `host`: another company's workspace, which the channel is
 * shared by; `team` is the one that installed the app.
 */
export type Where = {
  channel?: string;
  user?: string;
  thread?: string;
  team?: string;
  organisation?: string;
  host?: string;
};
/** `expired`: the response address is older than half an hour. `responseUrl`: another one, or none. */
export type Pressed = Where & { expired?: boolean; responseUrl?: string | null };
/** `status` is 200 in Socket Mode. */
export type Delivered = { ms: number; payload: Json; status: number };

/** What people do in the fake workspace. */
export type People = {
  slash(command: string, text?: string, where?: Where): Promise<Delivered>;
  mention(text: string, where?: Where): Promise<Delivered>;
  dm(text: string, where?: Where & Json): Promise<Delivered>;
  event(event: Json, body?: Json): Promise<Delivered>;
  press(message: FakeMessage, label: string, where?: Pressed): Promise<Delivered>;
  pick(message: FakeMessage, label: string, where?: Where): Promise<Delivered>;
  shortcut(message: Json, where?: Where): Promise<Delivered>;
  search(text: string, actionId?: string): Promise<Json[]>;
  home(user: string, tab?: 'home' | 'messages', where?: Where): Promise<Delivered>;
  /** https://docs.slack.dev/reference/events/app_uninstalled: the token has ended by then. */
  uninstall(where: Where, more?: Json): Promise<Delivered>;
};

type PeopleOptions = {
  space: Workspace;
  origin: string;
  team: string;
  botUser: string;
  deliver: (envelope: Envelope) => Promise<Delivered>;
};

const CHANNEL = 'C0GENERAL';
const USER = 'U0ALICE';

export function createPeople({ space, origin, deliver, ...options }: PeopleOptions): People {
  let serial = 0;
  const run = crypto.randomUUID().slice(0, 8); // ids differ between fakes that share one store
  const next = (prefix: string) => `${prefix}${run}-${++serial}`;
  const base = ({ team = options.team, organisation }: Where): Json => ({
    token: 'verification',
    team_id: team,
    api_app_id: 'A0APP',
    ...(organisation === undefined ? {} : { enterprise_id: organisation, is_enterprise_install: true }),
  });
  /**
   * https://docs.slack.dev/apis/events-api#authorizations: for whose installation an event is; the outer `team_id` is where it happened. An
   * organisation's installation has no team (https://docs.slack.dev/enterprise/organization-ready-apps).
   */
  const wrapper = (where: Where): Json => {
    const { team = options.team, organisation, host } = where;
    const authorization = {
      enterprise_id: organisation ?? null,
      team_id: organisation === undefined ? team : null,
      user_id: options.botUser,
      is_bot: true,
      is_enterprise_install: organisation !== undefined,
    };
    return {
      ...base(where),
      ...(host === undefined ? {} : { team_id: host, is_ext_shared_channel: true, context_team_id: team }),
      authorizations: [authorization],
    };
  };
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
  const interact = (type: string, where: Where, more: Json) => {
    const { channel = CHANNEL, user = USER, team = options.team, organisation } = where;
    return deliver({
      type: 'interactive',
      payload: {
        type,
        ...base(where),
        // https://docs.slack.dev/reference/interaction-payloads/block_actions-payload: `team` is null for an installation of an organisation
        team: organisation === undefined ? { id: team } : null,
        enterprise: organisation === undefined ? null : { id: organisation, name: 'Org' },
        user: { id: user, team_id: team },
        channel: { id: channel, name: 'general' },
        trigger_id: next('trigger-'),
        ...more,
      },
    });
  };
  const act = (message: FakeMessage, action: Json, where: Pressed) => {
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
    message.blocks.flatMap((block) =>
      [...(block['type'] === 'actions' ? items(block['elements']) : []), block['accessory']].filter(isRecord),
    );
  const labelOf = (value: unknown) => (isRecord(value) && isRecord(value['text']) ? String(value['text']['text']) : '');
  const event: People['event'] = (inner, body = {}) =>
    deliver({
      type: 'events_api',
      payload: {
        ...wrapper({}),
        type: 'event_callback',
        event_id: next('Ev'),
        event_time: Math.floor(space.now() / 1000),
        event: inner,
        ...(typeof body['team_id'] === 'string' && body['authorizations'] === undefined
          ? { ...wrapper({ team: body['team_id'] }), ...body }
          : body),
      },
    });
  return {
    event,
    slash: (command, text = '', where = {}) =>
      deliver({
        type: 'slash_commands',
        payload: {
          ...base(where), // in a form all values are text: "true"
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
        wrapper(where),
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
      const choices = elements(message).flatMap((element) =>
        items(element['options']).map((option) => ({ element, option })),
      );
      const found = choices.find(({ option }) => labelOf(option).includes(label));
      if (found === undefined) throw new Error(`no option "${label}"`);
      const { type, action_id } = found.element;
      return act(message, { type, action_id, block_id: 'b', selected_option: found.option }, where);
    },
    shortcut: (message, where = {}) =>
      interact('message_action', where, {
        callback_id: 'answer_from_faq',
        message_ts: message['ts'],
        message,
        response_url: responseUrl(where),
      }),
    uninstall: (where, more = {}) => event({ type: 'app_uninstalled' }, { ...wrapper(where), ...more }),
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
    home: (user, tab = 'home', where = {}) =>
      event({ type: 'app_home_opened', user, channel: 'D0DIRECT', tab, event_ts: space.nextTs() }, wrapper(where)),
  };
}
