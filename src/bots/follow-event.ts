// One event of a platform, from its arrival to the last thing that is done for it, as one request of the log.
import { asRequest, type Log } from '../base/log.ts';
import type { Bot, PostOutcome } from './bot.ts';

/** What became of an answer: somebody can read it; surely or perhaps nobody can. Another process's answer is not ours to report. */
export type AnswerOutcome = 'sent' | 'failed' | 'ambiguous';
export type OnAnswer = (outcome: AnswerOutcome) => void;

/** `event`: what happened, with the platform's own id, for the log. `waitedMs`: since it arrived. */
export async function followEvent(
  { platform, event, log, waitedMs = 0 }: { platform: Bot['name']; event: string; log: Log; waitedMs?: number },
  work: () => Promise<void>,
): Promise<void> {
  await asRequest(async () => {
    log.debug({ platform, event }, 'event received');
    await work();
  }, waitedMs);
}

/** Of an answer that is a post. */
export function answerOutcome({ kind }: PostOutcome): AnswerOutcome {
  return kind === 'sent' || kind === 'ambiguous' ? kind : 'failed';
}
