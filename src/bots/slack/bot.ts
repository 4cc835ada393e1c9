// The Slack bot: Bolt behind a socket or our web server, one way in, one way out; errors do not leave this folder.
import { App, type Receiver } from '@slack/bolt';
import type { Bot, BotHealth } from '../bot.ts';
import type { PlaceEvents } from '../platform.ts';
import { createParts, type Parts, type SlackBotOptions } from './assembly.ts';
import { boltLog } from './auth/bolt-log.ts';
import { removeFromTeams, uninstall, uninstallOnly } from './auth/uninstall.ts';
import { registerHandlers } from './receive/events.ts';
import { createHttp } from './receive/http.ts';
import { createSocket, type Socket } from './receive/socket.ts';
import { SLACK_SEND_RULES } from './send-rules.ts';

export type { SlackBotOptions };

const FINISH_MS = 5000;
const NOBODY: PlaceEvents = {
  onRemoved: () => undefined,
  onChannelGone: () => undefined,
  onChannelClosed: () => undefined,
  onAccess: () => undefined,
};

/** @throws Error when neither way to receive events is configured (config.ts reports that to people first). */
export function createSlackBot(options: SlackBotOptions): Bot {
  const { signingSecret, sleep, places = NOBODY } = options;
  const { onRemoved } = places;
  let started = false;
  let stopped = false;
  const parts = createParts(options);
  const socket = socketOf(options, parts);
  const http =
    socket === null && signingSecret !== undefined
      ? createHttp({ ...options, signingSecret }, parts, () => started)
      : null;
  const receiver = socket?.receiver ?? http?.receiver;
  if (receiver === undefined) throw new Error('Slack needs an app token (Socket Mode) or a signing secret (HTTP mode)');
  const handlers = registerHandlers(createApp(receiver, options, parts), {
    ...options,
    ...parts,
    apiUrl: options.apiUrl,
    places,
    async onRevoked(ids, uninstalled) {
      parts.check?.again();
      for (const id of ids) await uninstall(id, { ...options, ...parts, onRemoved });
      if (uninstalled && options.botToken !== undefined)
        await uninstallOnly(options.botToken, ids, { ...options, ...parts, onRemoved });
    },
    onTeamsRevoked: (organisation, teams) => removeFromTeams(organisation, teams, { ...options, ...parts, onRemoved }),
  });
  return {
    name: 'slack',
    sendRules: SLACK_SEND_RULES,
    async start() {
      started = true;
      stopped = false;
      await Promise.all([parts.check?.start(), socket?.start()]);
    },
    async stop() {
      started = false;
      stopped = true;
      parts.check?.stop();
      await socket?.stop();
      await Promise.race([handlers.idle(), sleep(FINISH_MS)]);
    },
    health: () => healthOf(started, parts.check?.state() ?? null, socket?.state() ?? null),
    ...parts.posts,
    post: (target, body, key, mayLeave = () => true) =>
      parts.posts.post(target, body, key, () => !stopped && mayLeave()),
    ...(http === null ? {} : { listener: http.listener }),
  };
}

/** Several workspaces need HTTP mode: their installation comes back to an address. */
function socketOf(
  { appToken, oauth, log, sleep }: SlackBotOptions,
  { clients, fatal, monotonic }: Parts,
): Socket | null {
  if (appToken === undefined || oauth !== undefined) return null;
  return createSocket({ appToken, clientOptions: clients.options, log, monotonic, sleep, onBadCredential: fatal });
}

function createApp(receiver: Receiver, { log }: SlackBotOptions, { clients }: Parts): App {
  return new App({
    receiver,
    // Asks neither the store nor Slack: authorization comes before the acknowledgement, which must not wait. `workspaces` knows the tokens.
    authorize: ({ teamId, enterpriseId }) =>
      Promise.resolve({
        ...(teamId === undefined ? {} : { teamId }),
        ...(enterpriseId === undefined ? {} : { enterpriseId }),
      }),
    convoStore: false,
    ignoreSelf: false, // would need the bot's user id before the store was asked; the handlers leave out all bots
    logger: boltLog(log),
    clientOptions: clients.options(),
  });
}

function healthOf(started: boolean, token: BotHealth | null, socket: BotHealth | null): BotHealth {
  if (!started) return { connected: false, detail: 'stopped' };
  const bad = [token, socket].find((part) => part !== null && !part.connected);
  return bad ?? { connected: true, detail: socket?.detail ?? token?.detail ?? 'waiting for installations (HTTP)' };
}
