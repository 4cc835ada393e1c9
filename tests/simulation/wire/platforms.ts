// Discord and Slack at the far end of the wire: the protocol of the fakes, in virtual time, and what people see in the channels.
import { createWorld } from '../../fakes/discord/permissions.ts';
import type { Reply as DiscordReply } from '../../fakes/discord/rest/http.ts';
import type { RouteContext } from '../../fakes/discord/rest/reply.ts';
import { routeCall } from '../../fakes/discord/rest/routes.ts';
import { createState } from '../../fakes/discord/state.ts';
import { answerCall } from '../../fakes/slack/api.ts';
import { createWorkspace, decodeArgs } from '../../fakes/slack/state.ts';
import type { SimulatedClock } from '../host/clock.ts';
import { createLine, type Line, type Protocol, type Told } from './fates.ts';

/** `text`: all words of the message, as JSON of its components or blocks. `at`: epoch ms. */
export type SeenPost = { id: string; channel: string; text: string; at: number };

export type PlatformEnd = Line & {
  name: 'discord' | 'slack';
  origin: string;
  /** What people see now. */
  posts(): SeenPost[];
  /** What the platform's documents do not allow, and was sent all the same. */
  complaints(): readonly string[];
};

export const DISCORD = { origin: 'https://discord.simulated', token: 'simulated.discord', bot: '700000000000000001' };
export const SLACK = { origin: 'https://slack.simulated', token: 'xoxb-simulated-1', bot: 'U0BOT', team: 'T1' };
const GUILD = '740000000000000001';

/** Discord knows a nonce for this long at least; nobody says how long it is. */
const NONCE_MS = 150_000;
/** A lost answer may become a post this late: with the five seconds in which a post may leave, less than the minute for which Slack is waited for. */
const LATE_MS = { discord: 30_000, slack: 50_000 };

export function createDiscordEnd(seed: number, clock: SimulatedClock, told: Told): PlatformEnd {
  const { now } = clock;
  const state = createState({ now, nonceTtlMs: NONCE_MS, world: createWorld(DISCORD.bot, GUILD) });
  const context: RouteContext = { state, botId: DISCORD.bot, applicationId: DISCORD.bot, now, checks: true };
  const protocol: Protocol = {
    name: 'discord',
    lateMs: LATE_MS.discord,
    about: ({ method, path }) => `${method} ${path.split('?')[0]}`,
    effect({ method, path, headers, body }): DiscordReply {
      if (headers.get('authorization') !== `Bot ${DISCORD.token}`)
        return { status: 401, json: { message: '401: Unauthorized', code: 0 } };
      const url = new URL(path, DISCORD.origin);
      const parsed: unknown = body === '' ? undefined : JSON.parse(body);
      const call = { method, path: url.pathname.replace(/^\/api\/v10/, ''), body: parsed, files: [] };
      return routeCall({ ...call, authorised: true, at: now(), status: 0 }, url.searchParams, context);
    },
    limited: (seconds, lot) => ({
      status: 429,
      headers: {
        'retry-after': String(seconds),
        'x-ratelimit-scope': lot < 0.6 ? 'user' : lot < 0.8 ? 'global' : 'shared',
        ...(lot >= 0.6 && lot < 0.8 ? { 'x-ratelimit-global': 'true' } : {}),
      },
      json: { message: 'You are being rate limited.', retry_after: seconds, global: lot >= 0.6 && lot < 0.8 },
    }),
  };
  return Object.assign(createLine(protocol, seed, clock, told), {
    name: 'discord' as const,
    origin: DISCORD.origin,
    posts: () =>
      state.messages
        .filter((message) => message.deleted !== true)
        .map(({ id, channel, body, at }) => ({ id, channel, text: JSON.stringify(body.components), at })),
    complaints: () => state.refusals,
  });
}

export function createSlackEnd(seed: number, clock: SimulatedClock, told: Told): PlatformEnd {
  const { now } = clock;
  const space = createWorkspace({ now, firstSerial: 0 });
  space.tokens.set(SLACK.token, { team: SLACK.team, botUser: SLACK.bot });
  const madeAt = new Map<string, number>();
  const protocol: Protocol = {
    name: 'slack',
    lateMs: LATE_MS.slack,
    about: ({ path, body }) => `${path} ${new URLSearchParams(body).get('channel') ?? ''}`,
    effect({ path, headers, body }) {
      const method = path.split('/').at(-1) ?? '';
      const token = headers.get('authorization')?.replace('Bearer ', '') ?? '';
      const args = decodeArgs(new URLSearchParams(body));
      const answer = answerCall(space, { method, args, token, at: now() }, SLACK.origin);
      if (method === 'chat.postMessage' && typeof answer['ts'] === 'string') madeAt.set(answer['ts'], now());
      return { status: 200, headers: { 'x-oauth-scopes': space.options.scopes.join(',') }, json: answer };
    },
    limited: (seconds) => ({
      status: 429,
      headers: { 'retry-after': String(Math.ceil(seconds)) },
      json: { ok: false, error: 'ratelimited' },
    }),
  };
  return Object.assign(createLine(protocol, seed, clock, told), {
    name: 'slack' as const,
    origin: SLACK.origin,
    posts: () =>
      space.messages
        .filter(({ deleted }) => !deleted)
        .map(({ ts, channel, blocks, text }) => ({
          id: ts,
          channel,
          text: JSON.stringify([text, blocks]),
          at: madeAt.get(ts) ?? 0,
        })),
    complaints: () => space.problems,
  });
}
