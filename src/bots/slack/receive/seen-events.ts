// Each event acts once, however often Slack repeats it and to whichever of our processes: memory first, then the shared store.
import { createHash } from 'node:crypto';
import { answerWithin } from '../../../base/clock.ts';
import type { Log } from '../../../base/log.ts';
import type { SeenKeys } from '../../platform.ts';
import { createSeenIds } from '../../seen-ids.ts';

export type SeenEvents = {
  /** True for the first of all deliveries that share one of these keys. */
  first(keys: readonly string[]): Promise<boolean>;
};

const MOST_KEYS = 20_000;
/** An answer does not wait longer for a store that hangs; by then our own memory has to do. */
const PATIENCE_MS = 1000;
const LONGEST_KEY = 200;

/** `monotonic`: ms. */
export type SeenEventsOptions = {
  seenKeys: SeenKeys;
  log: Log;
  sleep: (ms: number) => Promise<void>;
  monotonic: () => number;
};

export function createSeenEvents({ seenKeys, log, ...clock }: SeenEventsOptions): SeenEvents {
  const isNew = createSeenIds(MOST_KEYS);
  return {
    async first(raw) {
      const keys = raw.map((key) => key.slice(0, LONGEST_KEY));
      if (!isNew(...keys)) return false;
      const known = seenKeys.seen(...keys).catch((error: unknown) => {
        log.warn({ err: error }, 'the store of seen events cannot be asked; repeats are only known to this process');
        return false;
      });
      return (await answerWithin(known, PATIENCE_MS, clock)) !== true;
    },
  };
}

/** Short, opaque, the same for every repetition of one event. */
export function keyOf(source: string): string {
  return createHash('sha256').update(source).digest('base64url').slice(0, 22);
}

type Body = Readonly<Record<string, unknown>>;

/** Keys of a delivery: of the event, of the message that it is about, of the click; of the envelope where there is nothing better. */
export function keysOf(body: Body, envelope: unknown): string[] {
  const event = typeof body['event'] === 'object' && body['event'] !== null ? (body['event'] as Body) : {};
  const team = text(body['team_id']);
  const message = event['type'] === 'message' || event['type'] === 'app_mention';
  const own = [key('event', body['event_id']), key('trigger', body['trigger_id'])];
  return [
    ...(own.some((found) => found !== null) ? own : [key('envelope', envelope)]),
    message ? key('message', joined(team, event['channel'], event['ts'])) : null,
    message ? key('client', event['client_msg_id']) : null,
  ].filter((found) => found !== null);
}

function key(kind: string, value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? `${kind}:${value}` : null;
}

function joined(team: string, channel: unknown, ts: unknown): string | null {
  return typeof channel === 'string' && typeof ts === 'string' ? `${team}:${channel}:${ts}` : null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '-';
}
