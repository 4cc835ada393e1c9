// Asks a platform whether posts would arrive, while a person waits for the answer.
import { type Sleep, waitAtMost } from '../base/clock.ts';
import type { CanPost, Target } from '../bots/bot.ts';

/** Asks a platform's bot. */
export type AskRights = (platform: string, target: Target) => Promise<CanPost>;

/** Longest wait for it. */
const RIGHTS_WAIT_MS = 1000;

/** A platform that does not answer in time, breaks or cannot be asked refuses nothing: the first post will tell. Never throws. */
export function rightsInTime(ask: AskRights | undefined, sleep: Sleep): AskRights {
  return async (platform, target) => {
    const answer = ask?.(platform, target).catch((): CanPost => ({ kind: 'unknown' })) ?? null;
    return answer !== null && (await waitAtMost(answer, RIGHTS_WAIT_MS, sleep)) ? await answer : { kind: 'unknown' };
  };
}
