// From something that happened in Slack to an answer: builds the Request, asks the core, hands the card to `replies`.
import { LRUCache } from 'lru-cache';
import { atMost } from '../../../base/cache/at-most.ts';
import { type Card, type Invocation, isErrorCard, needsNoAnswer } from '../../../app/card.ts';
import type { Command, Request } from '../../../app/command.ts';
import type { Dispatch } from '../../../app/dispatch.ts';
import type { Log } from '../../../base/log.ts';
import type { PostOutcome } from '../../bot.ts';
import { BUSY_CARD } from '../../admission.ts';
import { answerOutcome, type OnAnswer } from '../../follow-event.ts';
import { managedNames, targetChannel, withChannelIds } from '../../managed-commands.ts';
import type { ReadText } from '../../../app/reader/read.ts';
import type { Admins } from '../auth/admins.ts';
import type { Locales } from '../auth/locales.ts';
import type { Original, Place } from '../place.ts';
import type { Replies } from '../send/replies.ts';
import { channelId } from './message-text.ts';

export type AnswerOptions = {
  commands: readonly Command[];
  dispatch: Dispatch;
  replies: Replies;
  admins: Admins;
  locales: Locales;
  locale: string;
  log: Log;
  onAnswer: OnAnswer;
};

/** Words that are read when it is known that they will be answered, and in which locale their numbers are. */
export type Words = (locale: string) => ReadText;

export type Answer = {
  /** The card for a request of this person at this place. `countedFor`: whose cool-down it uses up, when not the person's own. */
  card(wish: Invocation | Words, place: Place, via: Request['via'], countedFor?: string): Promise<Card>;
  /** A slash command: through its response_url, which needs no membership; as a message when that is over. */
  command(words: Words, place: Place, url: string | null, key: string): Promise<void>;
  /** A mention or direct message: in its thread; thanks and the like get nothing. */
  message(words: Words, place: Place, key: string): Promise<void>;
  /** A button or menu: its message changes in place; cards for the presser alone leave the message as it is. */
  control(invocation: Invocation, place: Place, original: Original, url: string | null, key: string): Promise<void>;
  /** "Answer from FAQ" on somebody's message: in its thread; uncertain answers only to who asked. */
  shortcut(invocation: Invocation, place: Place, url: string | null, key: string): Promise<void>;
  /** There were too many questions: says so to the person alone, where that needs no more than an address. Never throws. */
  refuse(place: Place, url: string | null, key: string): Promise<void>;
};

const MOST_MESSAGES = 5000;

export function createAnswer(options: AnswerOptions): Answer {
  const { commands, dispatch, replies, admins, locales, locale, log } = options;
  const managed = managedNames(commands);
  const latest = createLatest();
  const report = (outcome: PostOutcome, what: string) => {
    options.onAnswer(answerOutcome(outcome));
    if (outcome.kind !== 'sent') log.warn({ outcome: outcome.kind, code: outcome.code }, what);
  };
  const card: Answer['card'] = async (wish, place, via, countedFor = place.user) =>
    await dispatch({
      platform: 'slack',
      user: { id: countedFor },
      place: { tenant: place.tenant, channel: place.channel },
      locale,
      via,
      read: async () => {
        const spoken = await locales.of(place.tenant, place.user);
        const invocation = withChannelIds(typeof wish === 'function' ? wish(spoken.locale) : wish, commands, channelId);
        const manages = (channel: string) => admins.mayManage(place.tenant, place.user, channel);
        const canManage =
          managed.has(invocation.command) && (await manages(targetChannel(invocation, commands, place.channel)));
        return { ...invocation, ...spoken, canManage, manages };
      },
    });
  return {
    card,
    async command(words, place, url, key) {
      const shown = await card(words, place, 'command');
      const outcome =
        url === null
          ? null
          : await replies.respond(url, place, shown, { replace: false, ephemeral: shown.private === true, key });
      if (outcome === null || needsAnotherWay(outcome, shown.private === true))
        report(await replies.say(place, shown, key), 'a command could not be answered');
      else report(outcome, 'a command could not be answered');
    },
    async message(words, place, key) {
      const shown = await card(words, place, 'text');
      if (!needsNoAnswer(shown)) report(await replies.say(place, shown, key), 'a message could not be answered');
    },
    async control(invocation, place, original, url, key) {
      const turn = latest.take(`${place.tenant} ${place.channel} ${original.ts}`);
      const shown = await card(invocation, place, 'control');
      if (shown.private === true && (!original.ephemeral || isErrorCard(shown))) {
        const outcome =
          url === null
            ? null
            : await replies.respond(url, place, shown, { replace: false, ephemeral: true, key, thread: place.thread });
        if (outcome === null || needsAnotherWay(outcome, true))
          report(await replies.say(place, shown, key), 'a button could not be answered');
        return;
      }
      if (!turn.isLatest()) return; // somebody pressed again meanwhile: the newer answer stands
      const outcome =
        url === null
          ? null
          : await replies.respond(url, place, shown, { replace: true, ephemeral: original.ephemeral, key, original });
      if (outcome !== null && !needsAnotherWay(outcome, true)) return report(outcome, 'a message could not be changed');
      const inPrivate = () => replies.say(place, { ...shown, private: true }, key);
      if (original.ephemeral) return report(await inPrivate(), 'a message could not be changed');
      const changed = await replies.update(place, original, shown);
      const isOver = changed.kind === 'bad-target'; // it was deleted, or is too old to be changed
      report(isOver ? await inPrivate() : changed, 'a message could not be changed');
    },
    async shortcut(invocation, place, url, key) {
      const shown = await card(invocation, place, 'command');
      const quiet = shown.outcome !== 'ok';
      const posted =
        quiet && url !== null ? null : await replies.say(place, quiet ? { ...shown, private: true } : shown, key);
      if (posted !== null && (posted.kind !== 'bad-target' || url === null))
        return report(posted, 'a shortcut could not be answered');
      if (url !== null)
        report(
          await replies.respond(url, place, { ...shown, private: true }, { replace: false, ephemeral: true, key }),
          'a shortcut could not be answered',
        );
    },
    async refuse(place, url, key) {
      if (url === null) return;
      await replies
        .respond(url, place, BUSY_CARD, { replace: false, ephemeral: true, key })
        .catch((error: unknown) => log.error({ err: error }, 'a refusal broke'));
    },
  };
}

/** The response_url is over, or its answer did not arrive (or not surely, where another one does no harm). */
function needsAnotherWay(outcome: PostOutcome, twiceIsHarmless: boolean): boolean {
  if (outcome.kind === 'ambiguous') return twiceIsHarmless;
  return outcome.kind === 'not-sent' || (outcome.kind === 'bad-target' && outcome.code === 'expired_url');
}

/** Per message the number of the last press, so that a slow earlier answer does not overwrite a later one. */
function createLatest(): { take(message: string): { isLatest(): boolean } } {
  const turns = new LRUCache<string, number>(atMost(MOST_MESSAGES));
  return {
    take(message) {
      const turn = (turns.get(message) ?? 0) + 1;
      turns.set(message, turn);
      return { isLatest: () => turns.peek(message) === turn };
    },
  };
}
