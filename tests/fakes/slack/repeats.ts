// How Slack repeats an event that an app did not take: three times within six minutes and, where delayed events are on, hourly for a day.

/** https://docs.slack.dev/apis/events-api#responding: an attempt without an answer failed after this long (ms). */
export const ANSWER_MS = 3000;
/** https://docs.slack.dev/apis/events-api#retries: "nearly immediately", after one minute, after five minutes (ms). */
const PAUSES_MS = [0, 60_000, 300_000];
/** https://docs.slack.dev/apis/events-api#delayed-events-retry: a switch of the app, "to follow those three retries with hourly retries for 24 hours". */
const HOUR_MS = 3_600_000;
const HOURS = 24;

/** `attempt` counts from 1; `reason` says why the attempt before failed. */
export type Retry = { attempt: number; reason: string };
/** Null: taken. `final`: the app asked for no repeat. */
export type Refusal = { reason: string; final?: boolean } | null;

export type RepeatOptions = {
  sleep: (ms: number) => Promise<void>;
  delayed: boolean;
  ended: () => boolean;
};

/** Calls `attempt` again until it is taken, as long as Slack does. @returns whether it was taken */
export async function repeatUntilTaken(
  refusal: Refusal,
  attempt: (retry: Retry) => Promise<Refusal>,
  { sleep, delayed, ended }: RepeatOptions,
): Promise<boolean> {
  const pauses = [...PAUSES_MS, ...Array.from({ length: delayed ? HOURS : 0 }, () => HOUR_MS)];
  for (const [index, pause] of pauses.entries()) {
    if (refusal === null) return true;
    if (refusal.final === true || ended()) return false;
    if (pause > 0) await sleep(pause);
    if (ended()) return false;
    refusal = await attempt({ attempt: index + 1, reason: refusal.reason });
  }
  return refusal === null;
}
