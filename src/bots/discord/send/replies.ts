// Answers to interactions: first answer, edit, follow-up; each safe to repeat or never repeated.
import { DiscordAPIError, type InteractionResponseType, Routes } from 'discord.js';
import type { Choice } from '../../../app/input/autocomplete.ts';
import type { Log } from '../../../base/log.ts';
import { CODES, failureOf } from '../outcomes.ts';
import type { Message } from '../render/render.ts';
import { outgoing, type OutgoingOptions } from './payload.ts';
import { withPicturesIfTaken } from './refused-pictures.ts';
import type { Rest } from './rest.ts';

/** `taken`: somebody else (another process, an earlier delivery) answers; `late`: the platform has given up; `gone`: the message of a control was deleted; `bad-body`: our message breaks a rule. */
export type CallbackResult = 'done' | 'taken' | 'late' | 'gone' | 'bad-body' | 'failed';

export type Replies = {
  callback(to: { id: string; token: string }, answer: Answer): Promise<CallbackResult>;
  edit(applicationId: string, token: string, message: Message): Promise<'done' | 'bad-body' | 'failed'>;
  /** Deletes the first answer (also one that is only "thinking"); absent is done. */
  withdraw(applicationId: string, token: string): Promise<'done' | 'failed'>;
  /** A message of its own for the asker alone; repeated where it may have been lost, for twice in private harms nobody. */
  followUp(applicationId: string, token: string, message: Message): Promise<'done' | 'failed'>;
};

export type Answer = {
  type: InteractionResponseType;
  message?: Message;
  ephemeral?: boolean;
  choices?: readonly Choice[];
};

/** Lost answers are asked again after these waits (ms); callbacks have 3 s in all, so only once. */
const CALLBACK_WAITS = [100];
const EDIT_WAITS = [200, 800, 2500];
/** Longest wait on a rate limit that still helps somebody who looks at the screen. */
const LONGEST_WAIT_MS = 5000;

export function createReplies(rest: Rest, options: { log: Log; sleep: (ms: number) => Promise<void> }): Replies {
  const { log, sleep } = options;

  /** Calls, and again after lost answers; `attempt` counts from 0. */
  async function withRetries(
    waits: readonly number[],
    call: () => Promise<unknown>,
  ): Promise<{ error: unknown; attempt: number } | null> {
    for (let attempt = 0; ; attempt++) {
      try {
        await call();
        return null;
      } catch (error) {
        const failure = failureOf(error);
        const wait =
          failure.kind === 'ambiguous'
            ? waits[attempt]
            : failure.kind === 'not-sent'
              ? Math.max(waits[attempt] ?? Number.POSITIVE_INFINITY, failure.retryAfterMs ?? 0)
              : undefined;
        if (wait === undefined || wait > LONGEST_WAIT_MS) return { error, attempt };
        await sleep(wait);
      }
    }
  }

  return {
    async callback(to, answer) {
      const post = (message: Message | undefined) => {
        const { body, files } = callbackBody(answer, message);
        return rest.interactions.post(Routes.interactionCallback(to.id, to.token), { body, files, auth: false });
      };
      const { message } = answer;
      const failed = await withRetries(CALLBACK_WAITS, () =>
        message === undefined ? post(message) : withPicturesIfTaken(message, post),
      );
      if (failed === null) return 'done';
      const code = failed.error instanceof DiscordAPIError ? Number(failed.error.code) : 0;
      if (code === CODES.alreadyAcknowledged) return failed.attempt > 0 ? 'done' : 'taken'; // our own first try had arrived after all
      if (code === CODES.unknownInteraction) {
        if (answer.choices === undefined) log.info({}, 'a question was too old to be answered'); // whoever types is ahead of the choices anyway
        return 'late';
      }
      if (code === CODES.unknownMessage) return 'gone';
      log.warn({ err: failed.error }, 'first answer to an interaction failed');
      return failureOf(failed.error).kind === 'bad-body' ? 'bad-body' : 'failed';
    },
    async edit(applicationId, token, message) {
      const failed = await withRetries(EDIT_WAITS, () =>
        withPicturesIfTaken(message, (shown) => {
          const { body, files } = outgoing(shown);
          return rest.interactions.patch(Routes.webhookMessage(applicationId, token), { body, files, auth: false });
        }),
      );
      if (failed === null) return 'done';
      log.warn({ err: failed.error }, 'edit of an answer failed');
      return failureOf(failed.error).kind === 'bad-body' ? 'bad-body' : 'failed';
    },
    async withdraw(applicationId, token) {
      const failed = await withRetries(EDIT_WAITS, () =>
        rest.interactions.delete(Routes.webhookMessage(applicationId, token), { auth: false }),
      );
      const absent = failed?.error instanceof DiscordAPIError && failed.error.code === CODES.unknownMessage;
      if (failed === null || absent) return 'done';
      log.warn({ err: failed.error }, 'an answer could not be taken back');
      return 'failed';
    },
    async followUp(applicationId, token, message) {
      const failed = await withRetries(EDIT_WAITS, () =>
        withPicturesIfTaken(message, (shown) => {
          const { body, files } = outgoing(shown, { ephemeral: true });
          return rest.interactions.post(Routes.webhook(applicationId, token), { body, files, auth: false });
        }),
      );
      if (failed !== null) log.warn({ err: failed.error }, 'follow-up failed');
      return failed === null ? 'done' : 'failed';
    },
  };
}

function callbackBody(answer: Answer, message: Message | undefined) {
  const options: OutgoingOptions = answer.ephemeral ? { ephemeral: true } : {};
  if (answer.choices !== undefined)
    return { body: { type: answer.type, data: { choices: answer.choices } }, files: [] };
  if (message !== undefined) {
    const { body, files } = outgoing(message, options);
    return { body: { type: answer.type, data: body }, files };
  }
  return { body: { type: answer.type, ...(answer.ephemeral ? { data: { flags: 64 } } : {}) }, files: [] };
}
