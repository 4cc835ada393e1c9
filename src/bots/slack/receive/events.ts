// Everything that Slack tells us, in one list: acknowledged before any work, done once, errors kept here.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { Invocation } from '../../../app/card.ts';
import type { Command } from '../../../app/command.ts';
import { fitsControl } from '../../../app/control-id.ts';
import type { Complete } from '../../../app/input/autocomplete.ts';
import { readText } from '../../../app/reader/read.ts';
import type { Vocabulary } from '../../../app/reader/vocabulary.ts';
import { directTarget } from '../../../base/direct-target.ts';
import type { Log } from '../../../base/log.ts';
import type { Admission } from '../../admission.ts';
import type { FloodGate } from '../../flood-gate.ts';
import { followEvent } from '../../follow-event.ts';
import { tenantOf, type Workspaces } from '../auth/workspaces.ts';
import { FAQ_SHORTCUT } from '../manifest.ts';
import { FIND_COIN_ACTION, searchOption } from '../render/controls.ts';
import type { Place } from '../place.ts';
import type { Answer, Words } from './answer.ts';
import type { Home } from './home-tab.ts';
import { bareGroup, firstMention, readable } from './message-text.ts';
import {
  type Delivery,
  deliveryOf,
  type Fields,
  invocationOf,
  isDirectMessage,
  isFromPerson,
  text,
} from './payload.ts';
import { type PlacesOptions, registerPlaces } from './places.ts';
import type { SeenEvents } from './seen-events.ts';

export type HandlerOptions = {
  commands: readonly Command[];
  vocabulary: Vocabulary;
  complete: Complete;
  answer: Answer;
  home: Home;
  seenEvents: SeenEvents;
  floodGate: FloodGate;
  /** How much of what people ask for is under way at once. */
  admission: Admission;
  workspaces: Workspaces;
  apiUrl: string | undefined;
  log: Log;
  /** What happens to channels. */
  places: PlacesOptions['places'];
  /** Perhaps a workspace or organisation (by its id) uninstalled the app; without `uninstalled` only its token was revoked. */
  onRevoked: (ids: readonly string[], uninstalled: boolean) => Promise<void>;
  /** An organisation took the app away from some of its workspaces. */
  onTeamsRevoked: (organisation: string, teams: readonly string[]) => Promise<void>;
};

export type Handlers = { /** Waits for everything under way. */ idle(): Promise<void> };

const HELP: Invocation = { command: 'help', args: {} };
const MOST_OPTIONS = 25;

export function registerHandlers(app: App, options: HandlerOptions): Handlers {
  const { commands, vocabulary, answer, home, seenEvents, apiUrl, log } = options;
  const underWay = new Set<Promise<void>>();
  /** Runs after the acknowledgement, at most once per event; a failure is ours and ends here. */
  const worker =
    (passes: (place: Place) => boolean, enter: Admission['enter']): Work =>
    (raw, context, run) => {
      const delivery = deliveryOf(raw as Fields, context as Fields, apiUrl);
      if (!passes(delivery.place)) return;
      const once = () =>
        acknowledgementSent()
          .then(() => seenEvents.first(delivery.keys))
          .then((first) => (first ? run(delivery) : undefined))
          .catch((error: unknown) => log.error({ err: error }, 'a Slack event could not be handled'));
      const event = { platform: 'slack', event: delivery.keys.join(' '), log } as const;
      const task = enter({
        run: (waitedMs) => followEvent({ ...event, waitedMs }, once),
        refuse: () => answer.refuse(delivery.place, delivery.url, delivery.key),
      });
      underWay.add(task);
      void task.finally(() => underWay.delete(task));
    };
  const work = worker(
    () => true,
    ({ run }) => run(0),
  );
  /** What a person asks for, as opposed to news about channels and workspaces. */
  const ask = worker(
    ({ tenant, user }) => options.floodGate.passes(user === '-' ? undefined : `${tenant} ${user}`),
    options.admission.enter,
  );
  const words =
    (text: string): Words =>
    (locale) =>
      text === '' ? HELP : (bareGroup(text, commands) ?? readText(text, commands, vocabulary, locale));

  app.command(/.*/, async ({ ack, body, context }) => {
    await acknowledged(ack, log);
    ask(body, context, ({ place, url, key }) =>
      answer.command(words(`${body.command} ${readable(body.text)}`.trim()), place, url, key),
    );
  });
  app.event('app_mention', ({ event, body, context }) => {
    if (!isFromPerson(event as unknown as Fields)) return Promise.resolve();
    ask(body, context, async ({ place, key }) => {
      const identity = await options.workspaces.identity(place.tenant);
      await answer.message(
        words(readable(event.text, identity?.userId ?? firstMention(event.text))),
        { ...place, thread: event.thread_ts ?? event.ts, startsThread: event.thread_ts === undefined },
        key,
      );
    });
    return Promise.resolve();
  });
  app.event('message', ({ event, body, context }) => {
    const message = event as unknown as Fields;
    if (!isDirectMessage(message) || !isFromPerson(message)) return Promise.resolve();
    ask(body, context, async ({ place, key }) => {
      const identity = await options.workspaces.identity(place.tenant);
      if (identity === null || place.user === identity.userId) return;
      await answer.message(
        words(readable(message['text'], identity.userId)),
        { ...place, thread: text(message['thread_ts']) ?? undefined },
        key,
      );
    });
    return Promise.resolve();
  });
  app.shortcut(/.*/, async ({ ack, shortcut, body, context }) => {
    await acknowledged(ack, log);
    const target = (shortcut as unknown as Fields)['message'] as Fields | undefined;
    if (shortcut.callback_id !== FAQ_SHORTCUT || target === undefined) return;
    const question = readable(target['text']);
    const inThread = text(target['thread_ts']);
    const ownThread = { thread: inThread ?? text(target['ts']) ?? undefined, startsThread: inThread === null };
    ask(body, context, ({ place, url, key }) =>
      answer.shortcut({ command: 'faq', args: { question } }, { ...place, ...ownThread }, url, key),
    );
  });
  registerControls(app, { ...options, work: ask });
  app.event('app_home_opened', ({ event, body, context }) => {
    ask(body, context, ({ place }) =>
      event.tab === 'messages' ? home.suggest(place.tenant, event.channel) : home.open(place.tenant, event.user),
    );
    return Promise.resolve();
  });
  registerPlaces(app, { ...options, work });
  const revoked = ({ body, context }: { body: object; context: object }, uninstalled: boolean): Promise<void> => {
    const { teamId, enterpriseId } = context as { teamId?: string; enterpriseId?: string };
    work(body, context, () =>
      options.onRevoked(
        [teamId, enterpriseId].flatMap((id) => id ?? []),
        uninstalled,
      ),
    );
    return Promise.resolve();
  };
  app.event('app_uninstalled', (args) => revoked(args, true));
  app.event('tokens_revoked', (args) =>
    args.event.tokens.bot === undefined || args.event.tokens.bot.length > 0 ? revoked(args, false) : Promise.resolve(),
  );
  app.event('team_access_revoked', ({ event, body, context }) => {
    const organisation = context.enterpriseId ?? text((body as unknown as Fields)['enterprise_id']);
    if (organisation !== null) work(body, context, () => options.onTeamsRevoked(organisation, event.team_ids));
    return Promise.resolve();
  });
  app.error((error) => {
    log.warn({ err: error }, 'a Slack event was not handled');
    return Promise.resolve();
  });
  return { idle: async () => void (await Promise.allSettled(underWay)) };
}

/** Lets the event loop pass its sockets once, so that the acknowledgement is out before any work can keep the thread busy. */
async function acknowledgementSent(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

type Work = (raw: object, context: object, run: (delivery: Delivery) => Promise<void>) => void;

function registerControls(app: App, { answer, home, complete, log, work }: HandlerOptions & { work: Work }): void {
  app.action(/.*/, async ({ ack, action, body, context }) => {
    await acknowledged(ack, log);
    const invocation = invocationOf(action as unknown as Fields);
    if (invocation === null) return;
    work(body, context, async ({ place, url, key, body: fields }) => {
      const container = (fields['container'] ?? {}) as Fields;
      if (container['type'] === 'view') {
        const own = { ...place, channel: directTarget(place.user) }; // a tab is no channel: what is set up there is for this person
        return await home.publish(place.tenant, place.user, await answer.card(invocation, own, 'control'));
      }
      const original = { ts: text(container['message_ts']) ?? '', ephemeral: container['is_ephemeral'] === true };
      await answer.control(
        invocation,
        { ...place, thread: text(container['thread_ts']) ?? undefined },
        original,
        url,
        key,
      );
    });
  });
  app.options(/.*/, async ({ ack, options: query, context }) => {
    if (query.action_id !== FIND_COIN_ACTION) return await acknowledged(() => ack({ options: [] }), log);
    const place = { tenant: tenantOf(context), channel: '-' };
    const found = await complete({ command: 'coin', arg: 'coin', type: 'coin', text: query.value, place }).catch(
      (error: unknown) => {
        log.warn({ err: error }, 'coins could not be searched');
        return [];
      },
    );
    const options = found
      .map(({ name, value }) => ({ name, invocation: { command: 'coin', args: { coin: `id:${value}` } } }))
      .filter(({ invocation }) => fitsControl(invocation))
      .slice(0, MOST_OPTIONS)
      .map(({ name, invocation }) => searchOption(name, invocation));
    await acknowledged(() => ack({ options: options as never[] }), log);
  });
  app.view(/.*/, async ({ ack }) => await acknowledged(ack, log));
}

/** An acknowledgement that cannot be sent (the socket just closed) must not cost the answer. */
async function acknowledged(ack: () => Promise<unknown>, log: Log): Promise<void> {
  await ack().then(
    () => undefined,
    (error: unknown) => log.warn({ err: error }, 'an event could not be acknowledged'),
  );
}
