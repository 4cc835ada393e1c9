// The Slack bot: Bolt behind a socket or our web server, one way in, one way out, and trouble that stays in this room.
import { App, HTTPReceiver } from '@slack/bolt';
import type { Command } from '../../app/command.ts';
import type { Complete } from '../../app/complete.ts';
import type { Dispatch, Log } from '../../app/dispatch.ts';
import type { Vocabulary } from '../../app/grammar.ts';
import type { Bot, BotHealth } from '../bot.ts';
import { createAnswer } from './answer.ts';
import { boltLog } from './bolt-log.ts';
import { createChannelGate } from './channel-gate.ts';
import { clientOptions, createClients } from './clients.ts';
import { createDeliver } from './deliver.ts';
import { createFlags, type FlagRecords } from './flags.ts';
import { registerHandlers } from './handlers.ts';
import { createHome, type DigestsOf } from './home.ts';
import { createHttpGuard, type Listener } from './http-guard.ts';
import { createOauthListener, type OauthSettings } from './oauth.ts';
import { createOnce, type Inbox } from './once.ts';
import { createPosting } from './post.ts';
import { createRights } from './rights.ts';
import { createSocket } from './socket.ts';
import { createTokenCheck } from './token-check.ts';
import { createVault } from './vault.ts';
import { type InstallationRecords, installationKey, manyWorkspaces, singleWorkspace } from './workspaces.ts';

export type SlackBotOptions = {
  /** One workspace. Without it `oauth` must be given. */
  botToken?: string | undefined;
  /** Socket Mode; without it HTTP mode, which needs `signingSecret`. */
  appToken?: string | undefined;
  signingSecret?: string | undefined;
  oauth?: OauthSettings | undefined;
  apiUrl?: string | undefined;
  commands: readonly Command[];
  dispatch: Dispatch;
  vocabulary: Vocabulary;
  complete: Complete;
  inbox: Inbox;
  installations: InstallationRecords & FlagRecords;
  digestsOf?: DigestsOf | undefined;
  defaults: { locale: string; timeZone: string; publicUrl: string | null };
  log: Log;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** Slack will not work until an operator acts (wrong or revoked token). The process goes on. */
  onFatal?: ((reason: string) => void) | undefined;
  count?: ((name: string) => void) | undefined;
};

export type SlackBot = Bot & { /** HTTP mode: to be hung under "/slack/" of the web server. */ listener?: Listener };

const FINISH_MS = 5000;
const EVENTS_PATH = '/slack/events';

/** @throws Error when neither way to receive events is configured (config.ts reports that to people first). */
export function createSlackBot(options: SlackBotOptions): SlackBot {
  const { apiUrl, log, now, sleep, oauth, botToken, appToken, signingSecret } = options;
  const { publicUrl, locale, timeZone } = options.defaults;
  const look = { locale, timeZone };
  const count = options.count ?? (() => undefined);
  const fatal = onceEach((reason: string) => (options.onFatal ?? (() => undefined))(reason));
  const clients = createClients({ apiUrl, log });
  const vault = oauth === undefined ? null : createVault(oauth.stateSecret);
  const check =
    botToken === undefined
      ? null
      : createTokenCheck({
          token: botToken,
          client: clients.of(botToken, 'reply'),
          log,
          sleep,
          onBadCredential: (code) => fatal(`Slack refuses SLACK_BOT_TOKEN: ${code}`),
        });
  const workspaces =
    check === null
      ? manyWorkspaces({ records: options.installations, vault: vault ?? createVault(''), clients, log, now })
      : singleWorkspace(check.identity, clients);
  const flags = createFlags({ records: options.installations, log, now, sleep });
  const rights = createRights({ workspaces, log, now });
  const deliver = createDeliver({
    workspaces,
    flags,
    gate: createChannelGate({ now, sleep }),
    look,
    publicUrl,
    log,
    now,
    sleep,
    count,
  });
  const answer = createAnswer({ commands: options.commands, dispatch: options.dispatch, deliver, rights, locale, log });
  const home = createHome({ workspaces, answer, rights, digestsOf: options.digestsOf, look, publicUrl, log, now });
  const socket =
    appToken === undefined || oauth !== undefined
      ? null
      : createSocket({
          appToken,
          apiUrl,
          log,
          now,
          sleep,
          onBadCredential: (code) => fatal(`Slack refuses SLACK_APP_TOKEN: ${code}`),
        });
  if (socket === null && signingSecret === undefined)
    throw new Error('Slack needs an app token (Socket Mode) or a signing secret (HTTP mode)');
  const http =
    socket === null && signingSecret !== undefined
      ? new HTTPReceiver({ signingSecret, endpoints: [EVENTS_PATH], logger: boltLog(log) })
      : null;
  const receiver = socket?.receiver ?? http;
  if (receiver === null) throw new Error('Slack has no receiver');
  const app = new App({
    receiver,
    // Never asks the store or Slack: authorization comes before the acknowledgement, which must not wait. `workspaces` knows the tokens.
    authorize: (source) =>
      Promise.resolve({
        ...(source.teamId === undefined ? {} : { teamId: source.teamId }),
        ...(source.enterpriseId === undefined ? {} : { enterpriseId: source.enterpriseId }),
      }),
    convoStore: false,
    ignoreSelf: false, // needs the bot's user id before the store was asked; the handlers leave out all bots
    logger: boltLog(log),
    clientOptions: clientOptions(apiUrl, log),
  });
  const revoke = async (tenant: string, at: number): Promise<void> => {
    const removed = await options.installations.remove(installationKey(tenant), at);
    workspaces.forget(tenant);
    check?.again();
    log.info({ workspace: installationKey(tenant), removed }, 'Slack app taken away');
  };
  const handlers = registerHandlers(app, {
    ...options,
    apiUrl,
    answer,
    home,
    once: createOnce({ inbox: options.inbox, log, sleep }),
    workspaces,
    onRevoked: revoke,
  });
  const pages =
    oauth === undefined || vault === null
      ? null
      : createOauthListener({
          oauth,
          apiUrl,
          publicUrl,
          records: options.installations,
          vault,
          log,
          onInstalled: (key) => workspaces.forget(key),
        });
  let started = false;
  return {
    name: 'slack',
    async start() {
      started = true;
      await Promise.all([check?.start(), socket?.start()]);
    },
    async stop() {
      started = false;
      check?.stop();
      await socket?.stop();
      await Promise.race([handlers.idle(), sleep(FINISH_MS)]);
    },
    health: () => healthOf(started, check?.state() ?? null, socket?.state() ?? null),
    ...createPosting({ workspaces, flags, look, log, sleep }),
    ...(http === null || signingSecret === undefined
      ? {}
      : {
          listener: route(
            createHttpGuard({
              signingSecret,
              now,
              next: (request, response) => http.requestListener(request, response),
              refused: (reason) => count(`slack_refused_${reason}`),
            }),
            pages,
            () => started,
          ),
        }),
  };
}

/** POST to the events path goes through the guard, GET to the installation pages; nothing else exists. */
function route(events: Listener, pages: Listener | null, started: () => boolean): Listener {
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    if (!started()) response.writeHead(503).end();
    else if (request.method === 'POST' && path === EVENTS_PATH) events(request, response);
    else if (request.method === 'GET' && pages !== null) pages(request, response);
    else response.writeHead(404).end();
  };
}

function healthOf(started: boolean, token: BotHealth | null, socket: BotHealth | null): BotHealth {
  if (!started) return { connected: false, detail: 'stopped' };
  const parts = [token, socket].filter((part) => part !== null);
  const bad = parts.find((part) => !part.connected);
  return bad ?? { connected: true, detail: socket?.detail ?? token?.detail ?? 'waiting for installations (HTTP)' };
}

function onceEach(tell: (reason: string) => void): (reason: string) => void {
  const told = new Set<string>();
  return (reason) => {
    if (told.has(reason)) return;
    told.add(reason);
    tell(reason);
  };
}
