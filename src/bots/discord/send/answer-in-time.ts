// One question, one answer in time: at once when the answer is there, otherwise deferred, and never silent after 2.3 seconds.
import { InteractionResponseType } from 'discord.js';
import { type Card, isErrorCard } from '../../../app/card.ts';
import { brokenCard, messageCard } from '../../../app/error-card.ts';
import { errorReference } from '../../../base/errors.ts';
import type { Log } from '../../../base/log.ts';
import type { Pictures } from '../../draw-charts.ts';
import type { OnAnswer } from '../../follow-event.ts';
import type { Message } from '../render/render.ts';
import type { AnswerTurn, NewestAnswer } from './newest-answer.ts';
import type { DrawPictures } from './pictures.ts';
import type { Replies } from './replies.ts';

/** An interaction that waits for its answer. */
export type PendingInteraction = AnswerTurn & {
  id: string;
  token: string;
  applicationId: string;
  /** A control: the answer replaces the message it belongs to. */
  update: boolean;
  /** Shown to the asker only: by the command's nature, or because the message of the control is. */
  ephemeral: boolean;
  pictures: boolean;
  /** Many questions are under way: what is not there at once is deferred at once. */
  crowded: boolean;
};

export type Timing = {
  /** Answers that are ready within this time go out at once; others are deferred. */
  deferMs: number;
  /** From the event: by then something stands there, even when the core hangs. */
  guardMs: number;
  /** How long a finished card waits for its picture. */
  pictureMs: number;
};

/** Discord wants the first answer within 3 s (https://docs.discord.com/developers/interactions/receiving-and-responding). */
const TIMING: Timing = { deferMs: 250, guardMs: 2300, pictureMs: 1000 };

/** Enough for an answer from a fresh cache. */
const CROWDED_DEFER_MS = 20;

export type AnswerOptions = {
  replies: Replies;
  newest: NewestAnswer;
  render: (card: Card, pictures?: Pictures) => Message;
  draw: DrawPictures;
  log: Log;
  sleep: (ms: number) => Promise<void>;
  onAnswer: OnAnswer;
  timing?: Partial<Timing>;
};

const NO_PICTURES: Pictures = new Map();

export type AnswerInTime = ReturnType<typeof createAnswerInTime>;

export function createAnswerInTime(options: AnswerOptions) {
  const { replies, newest, draw, log, sleep, onAnswer } = options;
  const timing = { ...TIMING, ...options.timing };

  const rendered = (card: Card, pictures?: Pictures): Message => {
    try {
      return options.render(card, pictures);
    } catch (error) {
      const reference = errorReference(error);
      log.error({ err: error, reference, kind: card.kind }, 'card does not fit Discord');
      return options.render(brokenCard(reference));
    }
  };

  /** Replaces what the message shows; an older answer than the one that is there changes nothing. */
  const edit = (pending: PendingInteraction, message: Message) =>
    newest.write(pending, () => replies.edit(pending.applicationId, pending.token, message), isDone);
  /** Beside what stands there: what is private under a card for everybody, and a failure under any card, which stays of use. */
  const aside = (pending: PendingInteraction, card: Card): boolean =>
    card.private === true && (!pending.ephemeral || (pending.update && isErrorCard(card)));

  /** The first answer with the whole card. A private card never replaces what everybody sees. */
  async function answerNow(pending: PendingInteraction, card: Card, message: Message): Promise<void> {
    const replace = pending.update && !aside(pending, card);
    const type = replace ? InteractionResponseType.UpdateMessage : InteractionResponseType.ChannelMessageWithSource;
    const ephemeral = replace ? false : card.private === true || pending.ephemeral;
    const call = () => replies.callback(pending, { type, message, ephemeral });
    const result = replace ? await newest.write(pending, call, isDone) : await call();
    if (result !== 'taken') onAnswer(result === 'done' || result === 'outdated' ? 'sent' : 'failed');
    if (result === 'outdated') return void (await defer(pending)); // the message shows a newer answer: this press only needs its acknowledgement
    if (result !== 'bad-body' && result !== 'gone') return;
    await replies.callback(pending, {
      type: InteractionResponseType.ChannelMessageWithSource,
      message: result === 'gone' ? message : options.render(brokenCard('50035')),
      ephemeral: true,
    });
  }

  /** The answer after a deferral. Where it fails, the message of a control stays as it is and the person is told privately. */
  async function answerLater(pending: PendingInteraction, card: Card, message: Message): Promise<void> {
    if (aside(pending, card)) return await answerPrivately(pending, message);
    const result = await edit(pending, message);
    onAnswer(result === 'done' || result === 'outdated' ? 'sent' : 'failed');
    if (result === 'done' || result === 'outdated') return;
    const trouble = options.render(result === 'bad-body' ? brokenCard('50035') : NOT_TAKEN);
    if (pending.update) await replies.followUp(pending.applicationId, pending.token, trouble);
    else if (result === 'bad-body') await edit(pending, trouble);
  }

  /** What everybody was shown until now (only that an answer is coming) is taken back before the asker alone reads it. */
  async function answerPrivately(pending: PendingInteraction, message: Message): Promise<void> {
    const { applicationId, token } = pending;
    const way = pending.update || (await replies.withdraw(applicationId, token)) === 'done';
    const result = way ? await replies.followUp(applicationId, token, message) : 'failed';
    onAnswer(result === 'done' ? 'sent' : 'failed');
  }

  /** Nobody is left without a word: beside the message of a control, privately; in the place of the answer otherwise. */
  async function sayLoading(pending: PendingInteraction): Promise<void> {
    if (pending.update) await replies.followUp(pending.applicationId, pending.token, rendered(CHANGING));
    else await edit(pending, rendered(LOADING));
  }

  const defer = (pending: PendingInteraction) =>
    replies.callback(pending, {
      type: pending.update
        ? InteractionResponseType.DeferredMessageUpdate
        : InteractionResponseType.DeferredChannelMessageWithSource,
      ephemeral: !pending.update && pending.ephemeral,
    });

  /** Defers; false when there is nobody any more who could read an answer of ours. */
  async function deferred(pending: PendingInteraction): Promise<boolean> {
    const result = await defer(pending);
    if (result !== 'done' && result !== 'taken') onAnswer('failed');
    return result === 'done';
  }

  /** Card first, picture when it is there in time, else after. `elapsed`: ms since the event. */
  async function finishDeferred(
    pending: PendingInteraction,
    asked: Promise<Card>,
    drawn: Promise<Pictures>,
    elapsed: () => number,
  ): Promise<void> {
    let card = await first(asked, timing.guardMs - elapsed(), sleep);
    if (card === null) {
      await sayLoading(pending);
      card = await asked;
    }
    const inTime = await first(drawn, Math.min(timing.pictureMs, Math.max(timing.guardMs - elapsed(), 100)), sleep);
    await answerLater(pending, card, rendered(card, inTime ?? undefined));
    if (inTime !== null || aside(pending, card)) return;
    const late = await drawn;
    if (late.size > 0) await edit(pending, rendered(card, late));
  }

  const drawFor = (pending: PendingInteraction, asked: Promise<Card>) =>
    asked.then((card) => (pending.pictures ? draw(card) : NO_PICTURES));

  async function run(pending: PendingInteraction, ask: () => Promise<Card>, elapsed: () => number): Promise<void> {
    const asked = ask();
    const drawn = drawFor(pending, asked);
    const ready = await first(
      Promise.all([asked, drawn]),
      (pending.crowded ? Math.min(CROWDED_DEFER_MS, timing.deferMs) : timing.deferMs) - elapsed(),
      sleep,
    );
    if (ready !== null && !(pending.update && newest.busy(pending.message)))
      return await answerNow(pending, ready[0], rendered(...ready));
    if (await deferred(pending)) await finishDeferred(pending, asked, drawn, elapsed);
  }

  async function runDeferred(
    pending: PendingInteraction,
    ask: () => Promise<Card>,
    elapsed: () => number,
  ): Promise<void> {
    if (!(await deferred(pending))) return;
    const asked = ask();
    await finishDeferred(pending, asked, drawFor(pending, asked), elapsed);
  }

  const safely =
    (work: typeof run): typeof run =>
    async (...given) => {
      try {
        await work(...given);
      } catch (error) {
        log.error({ err: error }, 'answer to an interaction broke');
      }
    };

  return {
    /** Answers one interaction to its end; resolves when nothing more will be sent. `elapsed`: ms since the event arrived. Never throws. */
    run: safely(run),
    /** The same, but nothing is asked before the platform accepted a deferral. */
    runDeferred: safely(runDeferred),
  };
}

const LOADING: Card = messageCard(
  'loading',
  'ok',
  'Still loading',
  "This is taking longer than usual. The answer will appear here when it's ready.",
);

const CHANGING: Card = messageCard(
  'loading',
  'ok',
  'Still loading',
  'This is taking longer than usual. The message changes when the answer is ready.',
);

const NOT_TAKEN: Card = messageCard(
  'error',
  'error',
  'That did not get through',
  'Discord did not take the answer, so the message is as it was. Please try again in a minute.',
);

const isDone = (result: unknown): boolean => result === 'done';

/** The value when it comes within `ms`, else null. */
async function first<T>(value: Promise<T>, ms: number, sleep: (ms: number) => Promise<void>): Promise<T | null> {
  return await Promise.race([value, sleep(Math.max(ms, 0)).then(() => null)]);
}
