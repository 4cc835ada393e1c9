// Discord as a chat platform of the bot: wires gateway, REST, commands, answers and posts behind the port.
import type { Card } from '../../app/card.ts';
import type { Command } from '../../app/command.ts';
import type { Dispatch } from '../../app/dispatch.ts';
import type { Complete } from '../../app/input/autocomplete.ts';
import type { Vocabulary } from '../../app/reader/vocabulary.ts';
import { WELCOME_CARD } from '../../app/welcome-card.ts';
import type { Log } from '../../base/log.ts';
import type { Bot } from '../bot.ts';
import type { Pictures } from '../draw-charts.ts';
import { createFloodGate } from '../flood-gate.ts';
import { followEvent, type OnAnswer } from '../follow-event.ts';
import type { KeyValue, PlaceEvents, SeenKeys } from '../platform.ts';
import { createAdmission } from '../admission.ts';
import { inviteLink } from './invite.ts';
import { TOKEN_REFUSED } from './receive/close-codes.ts';
import { createEventInbox } from './receive/event-inbox.ts';
import { userOf } from './receive/request.ts';
import { createGateway } from './receive/gateway.ts';
import { createInteractions, isTyping } from './receive/interactions.ts';
import { createJoins } from './receive/joins.ts';
import { createMessages } from './receive/messages.ts';
import { createPlaces } from './receive/places.ts';
import { createLinkPolicy } from './render/escape.ts';
import { type Message, renderCard } from './render/render.ts';
import { DISCORD_SEND_RULES } from './send-rules.ts';
import { createAnswerInTime, type Timing } from './send/answer-in-time.ts';
import { createMessageReplies } from './send/message-replies.ts';
import { createNewestAnswer } from './send/newest-answer.ts';
import { createDirectChannels } from './direct-channels.ts';
import { createPresence } from './status/presence.ts';
import { createVoiceStatus } from './status/voice-status.ts';
import { createRegistration } from './registration.ts';
import type { ShardList } from './shards/shard-list.ts';
import { createScheduledPosts } from './scheduled-posts.ts';
import { createDrawPictures } from './send/pictures.ts';
import { createPosts } from './send/posts.ts';
import { createReplies } from './send/replies.ts';
import { createRest } from './send/rest.ts';
import { createRights } from './send/rights.ts';

export type DiscordOptions = {
  token: string;
  /** REST base without version, e.g. "http://127.0.0.1:8080/api"; undefined: Discord's own. */
  apiUrl?: string | undefined;
  /** The shards that this process connects; undefined: all, as many as Discord recommends. */
  shards?: ShardList | undefined;
  /** Register commands in this server only (development). */
  guildId?: string | undefined;
  commands: readonly Command[];
  dispatch: Dispatch;
  complete: Complete;
  vocabulary: Vocabulary;
  /** Remembers over restarts what was registered. */
  keyValue: KeyValue;
  /** What happens to servers and channels; absent: nobody wants to know. */
  places?: PlaceEvents;
  /** Events that any of our processes took. */
  seenKeys: SeenKeys;
  defaults: { locale: string; publicUrl: string | null };
  /** Hosts that may be linked (with their subdomains). */
  allowedHosts: readonly string[];
  log: Log;
  now: () => number;
  /** Ms that never step back, for lengths of time; the process's own when absent. */
  monotonic?: () => number;
  sleep: (ms: number) => Promise<void>;
  /** Counts things worth an alert, by name. */
  count: (event: string) => void;
  onAnswer?: OnAnswer;
  /** Words to show beside the bot's name; none when absent. */
  presence?: () => Promise<string>;
  /** Shows a line to whoever started the bot. */
  say?: (line: string) => void;
  /** Called once when Discord ends for good; everything else goes on. */
  onFatal: (reason: string) => void;
  timing?: Partial<Timing>;
  /** Longest wait for one REST answer, ms. */
  timeoutMs?: number;
  /** Longest silence of the gateway, ms. */
  silenceMs?: number;
};

/** Discord wants the first answer within 3 s (https://docs.discord.com/developers/interactions/receiving-and-responding); what begins later cannot make it under load. */
const LONGEST_WAIT_MS = 2000;
/** Requests under way get this long to finish when the bot stops. */
const FINISH_MS = 8000;

export function createDiscordBot(options: DiscordOptions): Bot {
  const { log, sleep, monotonic = () => performance.now(), onAnswer = () => undefined } = options;
  const links = createLinkPolicy(options.allowedHosts);
  const commandIds = new Map<string, string>();
  const render = (card: Card, pictures?: Pictures): Message =>
    renderCard(card, { links, commandIds, ...(pictures === undefined ? {} : { pictures }) });
  const underWay = new Set<Promise<void>>();
  let self: { userId: string; applicationId: string } | null = null;
  let stopped = false;
  let fatal: string | null = null;
  const isOff = (): boolean => stopped || fatal !== null;

  const end = (reason: string): void => {
    if (isOff()) return;
    fatal = reason;
    log.error({ reason }, 'Discord is off: see docs/discord.md');
    void gateway.stop(reason);
    options.onFatal(reason);
  };
  const rest = createRest({ ...options, monotonic, onUnauthorised: () => end(TOKEN_REFUSED) });
  const rights = createRights(rest);
  const posts = createPosts(rest, rights);
  const direct = createDirectChannels(rest, monotonic);
  const replies = createReplies(rest, { log, sleep });
  const draw = createDrawPictures({ log, sleep });
  const scheduled = createScheduledPosts({
    posts,
    rights,
    direct,
    render,
    draw,
    self: () => self?.userId ?? null,
    isOff: () => fatal !== null,
  });
  const floodGate = createFloodGate({ monotonic, dropped: () => options.count('discord_flood_dropped') });
  const admission = createAdmission({
    ...options,
    monotonic,
    longestWaitMs: LONGEST_WAIT_MS,
    refused: () => options.count('discord_overload_refused'),
  });
  const inbox = createEventInbox({ ...options, monotonic });
  const newest = createNewestAnswer();
  const answers = createAnswerInTime({
    replies,
    newest,
    render,
    draw,
    log,
    sleep,
    onAnswer,
    ...(options.timing === undefined ? {} : { timing: options.timing }),
  });
  const interactions = createInteractions({
    ...options,
    monotonic,
    inbox,
    render,
    replies,
    answers,
    rights,
    locale: options.defaults.locale,
  });
  const messages = createMessages({
    ...options,
    onAnswer,
    inbox,
    rights,
    replies: createMessageReplies({ posts, rights, self: () => self?.userId ?? null, monotonic, sleep }),
    posts,
    newest,
    render,
    draw,
    locale: options.defaults.locale,
    self: () => self?.userId ?? null,
  });

  const follow = (event: string, work: () => Promise<void>, waitedMs: number) =>
    followEvent({ platform: 'discord', event, log, waitedMs }, work);
  const track = (work: Promise<void>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  const register = createRegistration({ ...options, posts, ids: commandIds, isOff });
  const joins = createJoins({
    ...options,
    rights,
    self: () => self?.userId ?? null,
    greet: (channel, nonce) => posts.post('reply', channel, render(WELCOME_CARD), { nonce }),
  });
  const onPlace =
    options.places === undefined ? () => undefined : createPlaces(options.places, () => self?.userId ?? null);
  const gateway = createGateway({
    token: options.token,
    shards: options.shards,
    onInteraction: (interaction) => {
      if (isTyping(interaction)) {
        if (!admission.full()) track(interactions.handle(interaction, 0));
        return;
      }
      if (!floodGate.passes(userOf(interaction))) return;
      const run = (waitedMs: number) =>
        follow(`interaction ${interaction.id}`, () => interactions.handle(interaction, waitedMs), waitedMs);
      track(admission.enter({ run, refuse: () => interactions.refuse(interaction) }));
    },
    onMessage: (message) => {
      if (!messages.concerns(message) || !floodGate.passes(message.author.id)) return;
      const run = (waitedMs: number) => follow(`message ${message.id}`, () => messages.handle(message), waitedMs);
      track(admission.enter({ run, refuse: () => Promise.resolve() }));
    },
    onOther: (name, data) => {
      onPlace(name, data);
      track(joins.take(name, data));
    },
    onReady: (identity) => {
      if (self === null) options.say?.(`invite   ${inviteLink(identity.applicationId)}`);
      self = identity;
      log.info({ detail: `as ${identity.userId}` }, 'Discord is connected');
      track(register(identity.applicationId));
      track(joins.ready());
    },
    onFatal: end,
    rest: rest.gateway,
    log,
    monotonic,
    sleep,
    silenceMs: options.silenceMs,
  });

  return {
    name: 'discord',
    sendRules: DISCORD_SEND_RULES,
    voice: createVoiceStatus({ rest, rights, self: () => self?.userId ?? null }),
    async start() {
      await gateway.start();
      if (options.presence !== undefined)
        void createPresence({ ...options, line: options.presence, show: gateway.present, ended: isOff }).start();
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      await gateway.stop();
      await Promise.race([Promise.allSettled(underWay), sleep(FINISH_MS)]);
      rest.close();
    },
    health: () => (fatal === null ? gateway.health() : { connected: false, detail: fatal }),
    ...scheduled,
  };
}
