// Slash commands, buttons, menus, autocomplete and the message command: each becomes a Request and is answered in time.
import { type APIInteraction, InteractionResponseType, InteractionType } from 'discord.js';
import type { Card, Invocation } from '../../../app/card.ts';
import type { Command, Manages, Request } from '../../../app/command.ts';
import type { Dispatch } from '../../../app/dispatch.ts';
import { messageCard } from '../../../app/error-card.ts';
import type { Choice, Complete, CompleteQuery } from '../../../app/input/autocomplete.ts';
import type { Log } from '../../../base/log.ts';
import { BUSY_CARD } from '../../admission.ts';
import { managedNames, targetChannel } from '../../managed-commands.ts';
import { holdsManage } from '../permissions.ts';
import type { AnswerInTime, PendingInteraction } from '../send/answer-in-time.ts';
import type { Message } from '../render/render.ts';
import type { Replies } from '../send/replies.ts';
import type { Rights } from '../send/rights.ts';
import type { Claim, EventInbox } from './event-inbox.ts';
import { questionOf } from './message-text.ts';
import {
  answerTurn,
  interactionRequest,
  mayAttach,
  mayManage,
  type ParsedInteraction,
  parseInteraction,
  placeOf,
  userOf,
  snowflakeTime,
} from './request.ts';

/**
 * An event this old on arrival (a replay after a reconnect) can hardly be acknowledged within Discord's 3 s: no work is done before the
 * platform accepted a deferral. Not simply dropped, because the age is wrong where a machine's clock is.
 */
const TOO_OLD_MS = 2500;
/** With more questions than this under way, those without an answer at hand are deferred at once. */
const CROWD = 25;
/** Longest wait for the store to say whose an event is; after that the platform decides who may acknowledge it. */
const CLAIM_MS = 150;
/** Autocomplete has no deferral; an empty list is better than none. */
const COMPLETE_MS = 250;
/** Labels that differ from their values have one of these. */
const LABEL = /[·(]|…$/;

export type InteractionOptions = {
  inbox: EventInbox;
  render: (card: Card) => Message;
  replies: Replies;
  answers: AnswerInTime;
  rights: Pick<Rights, 'ofMember'>;
  commands: readonly Command[];
  dispatch: Dispatch;
  complete: Complete;
  locale: string;
  log: Log;
  now: () => number;
  monotonic: () => number;
  sleep: (ms: number) => Promise<void>;
};

export function createInteractions(options: InteractionOptions) {
  const { inbox, replies, answers, dispatch, log, now, monotonic } = options;
  const byName = new Map(options.commands.map((command) => [command.name, command]));
  const managed = managedNames(options.commands);
  let underWay = 0;

  async function answerChoices(
    interaction: APIInteraction,
    parsed: Extract<ParsedInteraction, { kind: 'complete' }>,
  ): Promise<void> {
    const { command, arg, text } = parsed.focused;
    const spec = byName.get(command)?.args[arg];
    const user = userOf(interaction);
    const query = {
      command,
      arg,
      type: spec?.type ?? 'text',
      text: text.slice(0, 200),
      place: placeOf(interaction),
      ...(user === undefined ? {} : { user }),
    };
    const found = spec === undefined ? [] : await choicesFor(query);
    await replies.callback(interaction, {
      type: InteractionResponseType.ApplicationCommandAutocompleteResult,
      choices: found.slice(0, 25),
    });
  }

  async function answer(interaction: APIInteraction, parsed: ParsedInteraction, invocation: Invocation): Promise<Card> {
    const via = parsed.kind === 'control' ? 'control' : 'command';
    const manages = managesOf(interaction);
    const canManage =
      mayManage(interaction) && (via === 'command' || (await mayManageThere(interaction, invocation, manages)));
    const request = interactionRequest(interaction, invocation, via, { locale: options.locale, canManage, manages });
    return quieter(parsed, await dispatch({ ...request, args: await withValues(request) }));
  }

  /** Some clients send the label of a choice instead of its value (options "are not confined to only use choices given"). */
  async function withValues({
    command,
    args,
    place,
    user,
  }: Pick<Request, 'command' | 'args' | 'place' | 'user'>): Promise<Request['args']> {
    const found = await Promise.all(
      Object.entries(args).map(async ([arg, text]) => {
        const spec = byName.get(command)?.args[arg];
        if (spec?.autocomplete !== true || !LABEL.test(text)) return [arg, text] as const;
        const choices = await choicesFor({ command, arg, type: spec.type, text, place, user: user.id });
        return [arg, choices.find(({ name }) => name === text)?.value ?? text] as const;
      }),
    );
    return Object.fromEntries(found);
  }

  /** None where they cannot be read, or not in time. */
  const choicesFor = (query: CompleteQuery): Promise<readonly Choice[]> => {
    const found = options.complete(query).catch((error: unknown) => {
      log.warn({ err: error }, 'choices cannot be read');
      return [];
    });
    return Promise.race([found, options.sleep(COMPLETE_MS).then(() => [])]);
  };

  /** A control may be about another channel than the one it is in: the rights there come with no event. */
  async function mayManageThere(
    interaction: APIInteraction,
    invocation: Invocation,
    manages: Manages,
  ): Promise<boolean> {
    const { channel: here } = placeOf(interaction);
    const target = targetChannel(invocation, options.commands, here);
    return target === here || !managed.has(invocation.command) || (await manages(target));
  }

  /** Whoever acts, in a channel of the server. */
  function managesOf({ guild_id: guild, member }: APIInteraction): Manages {
    return async (channel) => {
      if (guild === undefined || member === undefined) return false;
      try {
        return holdsManage(await options.rights.ofMember(guild, channel, { id: member.user.id, roles: member.roles }));
      } catch (error) {
        log.warn({ err: error }, 'rights of a member could not be read');
        return false;
      }
    };
  }

  /** What leaves a trace is done only after the platform took our acknowledgement: another process may have the event, too. */
  function changesSomething(invocation: Invocation | null): boolean {
    if (invocation === null) return false;
    return byName.get(invocation.command)?.manage === true || 'vote' in invocation.args;
  }

  async function answerCard(
    interaction: APIInteraction,
    parsed: Exclude<ParsedInteraction, { kind: 'complete' }>,
    elapsed: () => number,
    claim: Claim,
  ): Promise<void> {
    const invocation = invocationOf(parsed);
    const ask = (): Promise<Card> => {
      if (invocation === null) return Promise.resolve(UNKNOWN_CONTROL);
      return answer(interaction, parsed, invocation);
    };
    const pending: PendingInteraction = {
      id: interaction.id,
      token: interaction.token,
      ...answerTurn(interaction),
      applicationId: interaction.application_id,
      update: parsed.kind === 'control',
      ephemeral:
        parsed.kind === 'control'
          ? parsed.ephemeralMessage
          : invocation === null || byName.get(invocation.command)?.private === true,
      pictures: mayAttach(interaction),
      crowded: underWay > CROWD,
    };
    const old = now() - (snowflakeTime(interaction.id) ?? now()) > TOO_OLD_MS;
    const first = old || claim === 'unclear' || changesSomething(invocation);
    await (first ? answers.runDeferred : answers.run)(pending, ask, elapsed);
  }

  return {
    /** Tells the asker privately that there are too many questions; only where nobody else takes the event. Never throws. */
    async refuse({ id, token }: APIInteraction): Promise<void> {
      try {
        await replies.callback(
          { id, token },
          {
            type: InteractionResponseType.ChannelMessageWithSource,
            message: options.render(BUSY_CARD),
            ephemeral: true,
          },
        );
      } catch (error) {
        log.error({ err: error }, 'a refusal broke');
      }
    },
    /** Handles one event to its end. `waitedMs`: since it arrived. Never throws. */
    async handle(interaction: APIInteraction, waitedMs: number): Promise<void> {
      const arrived = monotonic();
      try {
        const parsed = parseInteraction(interaction);
        if (parsed.kind === 'complete') return await answerChoices(interaction, parsed);
        const claim = await inbox.claim(interaction.id, CLAIM_MS);
        if (claim === 'taken') return;
        underWay++;
        await answerCard(interaction, parsed, () => monotonic() - arrived + waitedMs, claim).finally(() => underWay--);
      } catch (error) {
        log.error({ err: error }, 'interaction was not understood');
      }
    },
  };
}

/** Choices while somebody types: nothing is lost without them. */
export function isTyping(interaction: APIInteraction): boolean {
  return interaction.type === InteractionType.ApplicationCommandAutocomplete;
}

const UNKNOWN_CONTROL: Card = messageCard(
  'error',
  'invalid',
  'Unknown control',
  'This button no longer works. Ask again with a command; `/help` lists them.',
);

function invocationOf(parsed: Exclude<ParsedInteraction, { kind: 'complete' }>): Invocation | null {
  if (parsed.kind === 'unknown') return null;
  if (parsed.kind === 'message-command') return { command: 'faq', args: { question: questionOf(parsed.content) } };
  return parsed.invocation;
}

/** A "not sure" about somebody else's message is only for the one who asked. */
function quieter(parsed: ParsedInteraction, card: Card): Card {
  return parsed.kind === 'message-command' && card.outcome !== 'ok' ? { ...card, private: true } : card;
}
