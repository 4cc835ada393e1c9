// The inner parts of the Slack bot, wired once: who we are in a workspace, how answers go out, what is remembered.
import type { Command } from '../../app/command.ts';
import type { Dispatch } from '../../app/dispatch.ts';
import type { Complete } from '../../app/input/autocomplete.ts';
import type { Vocabulary } from '../../app/reader/vocabulary.ts';
import { createAdmission } from '../admission.ts';
import { createFloodGate } from '../flood-gate.ts';
import type { OnAnswer } from '../follow-event.ts';
import type { Log } from '../../base/log.ts';
import type { Installations, PlaceEvents, SeenKeys } from '../platform.ts';
import { createAdmins } from './auth/admins.ts';
import { createClients } from './auth/clients.ts';
import { createLocales } from './auth/locales.ts';
import type { OauthSettings } from './auth/oauth.ts';
import { createTokenCheck } from './auth/token-check.ts';
import { createTokenCipher } from './auth/token-cipher.ts';
import { manyWorkspaces, singleWorkspace } from './auth/workspaces.ts';
import { createFetches } from './connections.ts';
import { createAnswer } from './receive/answer.ts';
import { createHome, type DigestsOf } from './receive/home-tab.ts';
import { createSeenEvents } from './receive/seen-events.ts';
import { createChannelLimit } from './send/channel-limit.ts';
import { createDirects } from './send/direct.ts';
import { createPlainWorkspaces } from './send/plain-workspaces.ts';
import { createPostFinder } from './send/post-key.ts';
import { createPosts } from './send/posts.ts';
import { createRepeat } from './send/repeat.ts';
import { createReplies } from './send/replies.ts';

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
  seenKeys: SeenKeys;
  installations: Installations;
  digestsOf?: DigestsOf | undefined;
  defaults: { locale: string; timeZone: string; publicUrl: string | null };
  log: Log;
  now: () => number;
  /** Ms on a clock that never steps back. */
  monotonic?: () => number;
  sleep: (ms: number) => Promise<void>;
  /** Slack will not work until an operator acts (wrong or revoked token). The process goes on. */
  onFatal?: ((reason: string) => void) | undefined;
  /** What happens to workspaces and channels; absent: nobody wants to know. */
  places?: PlaceEvents | undefined;
  count?: ((name: string) => void) | undefined;
  onAnswer?: OnAnswer;
};

/** All are acknowledged before; who has had no answer for so long asks again. */
const LONGEST_WAIT_MS = 5000;

export type Parts = ReturnType<typeof createParts>;

/** Nothing connects here. */
export function createParts(options: SlackBotOptions) {
  const { apiUrl, log, now, sleep, oauth, installations, seenKeys } = options;
  const { publicUrl, locale, timeZone } = options.defaults;
  const look = { locale, timeZone };
  const count = options.count ?? (() => undefined);
  const fatal = onceEach(options.onFatal ?? (() => undefined));
  const monotonic = options.monotonic ?? (() => performance.now());
  const fetches = createFetches({ sleep });
  const clients = createClients({ apiUrl, fetches, log });
  const cipher = createTokenCipher(oauth?.stateSecret ?? '');
  const check = createCheck(options, clients, fatal);
  const workspaces =
    check === null
      ? manyWorkspaces({ installations, cipher, clients, log, monotonic })
      : singleWorkspace(check.identity, clients);
  const plainWorkspaces = createPlainWorkspaces({ installations, log, now, monotonic, sleep });
  const admins = createAdmins({ workspaces, log, monotonic });
  const locales = createLocales({ workspaces, locale, log, monotonic, sleep });
  const onBadCredential = (tenant: string) => {
    workspaces.forget(tenant); // another process may have stored a newer one
    check?.again();
  };
  const repeat = createRepeat({ channelLimit: createChannelLimit({ monotonic, sleep }), sleep, monotonic });
  const finder = createPostFinder({ sleep });
  const base = { workspaces, plainWorkspaces, finder, look, log, now, sleep, onBadCredential };
  const replies = createReplies({ ...base, fetch: fetches('answers'), repeat, publicUrl, count });
  const answer = createAnswer({
    commands: options.commands,
    dispatch: options.dispatch,
    replies,
    admins,
    locales,
    locale,
    log,
    onAnswer: options.onAnswer ?? (() => undefined),
  });
  const seenEvents = createSeenEvents({ seenKeys, log, sleep, monotonic });
  const home = createHome({
    seenEvents,
    workspaces,
    answer,
    admins,
    repeat,
    digestsOf: options.digestsOf,
    look,
    publicUrl,
    log,
    now,
    monotonic,
  });
  return {
    check,
    cipher,
    clients,
    workspaces,
    answer,
    home,
    seenEvents,
    admission: createAdmission({
      monotonic,
      sleep,
      log,
      longestWaitMs: LONGEST_WAIT_MS,
      refused: () => count('slack_overload_refused'),
    }),
    floodGate: createFloodGate({ monotonic, dropped: () => count('slack_flood_dropped') }),
    posts: createPosts({ ...base, directs: createDirects({ monotonic }), monotonic }),
    count,
    fatal,
    monotonic,
  };
}

function createCheck(
  { botToken, log, sleep }: SlackBotOptions,
  clients: ReturnType<typeof createClients>,
  fatal: (reason: string) => void,
) {
  if (botToken === undefined) return null;
  return createTokenCheck({
    token: botToken,
    client: clients.of(botToken, 'reply'),
    log,
    sleep,
    onBadCredential: fatal,
  });
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
