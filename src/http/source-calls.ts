// Every call to a source, told to whoever listens in this process: https://nodejs.org/api/diagnostics_channel.html
import { channel } from 'node:diagnostics_channel';
import type { Outcome } from './outcome.ts';

/**
 * One call that was made. `source` is the name for people; `endpoint` is "" where the source has one health as a whole. `aheadMs`: how far our
 * clock is ahead of the source's, null where its answer did not say.
 */
export type SourceCall = {
  source: string;
  endpoint: string;
  outcome: Outcome<unknown>['kind'];
  ms: number;
  aheadMs: number | null;
};

const calls = channel('taobot:source-call');

export function tellCall(call: SourceCall): void {
  calls.publish(call);
}

/** Hears of all calls from now on; returns what ends it. */
export function onCalls(hear: (call: SourceCall) => void): () => void {
  const listener = (call: unknown): void => hear(call as SourceCall);
  calls.subscribe(listener);
  return () => {
    calls.unsubscribe(listener);
  };
}
