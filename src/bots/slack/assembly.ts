// The inner parts of the Slack bot, wired once: who we are in a workspace, how answers go out, what is remembered.
import type { Log } from '../../base/log.ts';
import type { Command } from '../../app/command.ts';
import type { Complete } from '../../app/input/autocomplete.ts';
import type { Dispatch } from '../../app/dispatch.ts';
import type { Vocabulary } from '../../app/input/parse-text.ts';
import { createAnswer } from './receive/answer.ts';
import { createChannelGate } from './send/channel-limit.ts';
import { createClients } from './auth/clients.ts';
import { createDeliver } from './send/replies.ts';
import { createFlags, type FlagRecords } from './send/plain-workspaces.ts';
import { createHome, type DigestsOf } from './receive/home-tab.ts';
import type { OauthSettings } from './auth/oauth.ts';
import { createSeenEvents, type Inbox } from './receive/seen-events.ts';
import { createPosting } from './send/posts.ts';
import { createRights } from './auth/admins.ts';
import { createTokenCheck } from './auth/token-check.ts';
import { createVault } from './auth/token-cipher.ts';
import { type InstallationRecords, manyWorkspaces, singleWorkspace } from './auth/workspaces.ts';

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
  /** A workspace took the app away: its digests will never be delivered again. */
  onRemoved?: ((tenant: string) => void) | undefined;
  count?: ((name: string) => void) | undefined;
};

export type Parts = ReturnType<typeof createParts>;

/** Nothing connects here. */
export function createParts(options: SlackBotOptions) {
  const { apiUrl, log, now, sleep, oauth, installations, inbox } = options;
  const { publicUrl, locale, timeZone } = options.defaults;
  const look = { locale, timeZone };
  const count = options.count ?? (() => undefined);
  const fatal = onceEach(options.onFatal ?? (() => undefined));
  const clients = createClients({ apiUrl, log });
  const vault = createVault(oauth?.stateSecret ?? '');
  const check = createCheck(options, clients, fatal);
  const workspaces =
    check === null
      ? manyWorkspaces({ records: installations, vault, clients, log, now })
      : singleWorkspace(check.identity, clients);
  const flags = createFlags({ records: installations, log, now, sleep });
  const rights = createRights({ workspaces, log, now });
  const onBadCredential = () => check?.again();
  const gate = createChannelGate({ now, sleep });
  const base = { workspaces, flags, look, log, sleep, onBadCredential };
  const deliver = createDeliver({ ...base, gate, publicUrl, now, count });
  const answer = createAnswer({ commands: options.commands, dispatch: options.dispatch, deliver, rights, locale, log });
  const home = createHome({ workspaces, answer, rights, digestsOf: options.digestsOf, look, publicUrl, log, now });
  return {
    check,
    vault,
    workspaces,
    answer,
    home,
    once: createSeenEvents({ inbox, log, sleep }),
    posting: createPosting(base),
    count,
    fatal,
  };
}

function createCheck(
  { botToken, log, sleep }: SlackBotOptions,
  clients: ReturnType<typeof createClients>,
  fatal: (reason: string) => void,
) {
  if (botToken === undefined) return null;
  const onBadCredential = (code: string) => fatal(`Slack refuses SLACK_BOT_TOKEN: ${code}`);
  return createTokenCheck({ token: botToken, client: clients.of(botToken, 'reply'), log, sleep, onBadCredential });
}

/** Operators are told each reason once, not at every attempt. */
function onceEach(tell: (reason: string) => void): (reason: string) => void {
  const told = new Set<string>();
  return (reason) => {
    if (told.has(reason)) return;
    told.add(reason);
    tell(reason);
  };
}
