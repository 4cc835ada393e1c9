// What certainly did not arrive is sent again, and what may be sent twice also when nobody knows; waits as long as Slack says.
import { MINUTE } from '../../../base/clock.ts';
import type { PostOutcome } from '../../bot.ts';
import type { ChannelLimit } from './channel-limit.ts';

/** `channel`: whose turn is waited for ("T1 C1"), null for calls without one. `twiceIsHarmless`: also what may have arrived is repeated. */
export type RepeatRules = { channel: string | null; twiceIsHarmless: boolean };

export type Repeat = (rules: RepeatRules, call: () => Promise<PostOutcome>) => Promise<PostOutcome>;

/** Faults in a row; being told to wait is none. */
const ATTEMPTS = 3;
/** Nobody reads an answer that comes later. */
const LONGEST_MS = 5 * MINUTE;
const FIRST_PAUSE_MS = 300;

/** `monotonic`: ms. */
export function createRepeat({
  channelLimit,
  sleep,
  monotonic,
}: {
  channelLimit: ChannelLimit;
  sleep: (ms: number) => Promise<void>;
  monotonic: () => number;
}): Repeat {
  return async ({ channel, twiceIsHarmless }, call) => {
    const until = monotonic() + LONGEST_MS;
    let outcome: PostOutcome = { kind: 'not-sent', code: 'waiting_too_long' };
    for (let faults = 0; ;) {
      if (channel !== null && !(await channelLimit.pass(channel))) return outcome;
      outcome = await call();
      if (outcome.kind !== 'not-sent' && !(twiceIsHarmless && outcome.kind === 'ambiguous')) return outcome;
      const told = outcome.kind === 'not-sent' ? outcome.retryAfterMs : undefined;
      if (told === undefined && ++faults === ATTEMPTS) return outcome;
      const wait = told ?? FIRST_PAUSE_MS * 2 ** faults;
      if (monotonic() + wait > until) return outcome;
      if (told !== undefined && channel !== null) channelLimit.limited(channel, told);
      else await sleep(wait);
    }
  };
}
