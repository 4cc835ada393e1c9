// Did an earlier attempt arrive? Our messages carry their key as metadata, which history shows where we may read it.
import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { atMost } from '../../../base/cache/at-most.ts';
import type { Found } from '../../bot.ts';
import { failureOf } from '../outcomes.ts';

/** Opaque to readers: metadata can be seen by every app and member of the workspace. */
export const METADATA_TYPE = 'taobot_post';

/** The clock of Slack, which stamps messages, and ours may differ by this much: a post outside of the bounds would be taken for absent. */
const CLOCK_SLACK_MS = 60_000;
const PAGE = 100;
/** https://docs.slack.dev/reference/methods/conversations.history: the most for apps outside the Marketplace. */
const SMALL_PAGE = 15;
const MOST_PAGES = 8;
/** Longer waits are left to whoever asks again. */
const LONGEST_WAIT_MS = 30_000;
const MOST_REMEMBERED = 2000;

export function metadataOf(key: string): { event_type: string; event_payload: { key: string } } {
  return { event_type: METADATA_TYPE, event_payload: { key } };
}

export type Lookup = {
  channel: string;
  /** The messages of a thread are not in the history of the channel. */
  thread?: string | undefined;
  key: string;
  /** The attempt was made between these (epoch ms by our clock). */
  since: number;
  until: number;
};

export type PostFinder = {
  /**
   * Looks for our message with the key. Slack lists the newest first, so both ends are bound: in a busy channel the post is soon far from the
   * newest. `cannot-see` when Slack does not let us look (no history scope, not a member, an answer that says too little): never a guess.
   * @throws the error of a passing fault; the next look goes on where this one ended
   */
  find(client: WebClient, lookup: Lookup): Promise<Found>;
};

export function createPostFinder({ sleep }: { sleep: (ms: number) => Promise<void> }): PostFinder {
  /** What is left of searches that Slack's rate limit broke off. */
  const unfinished = new LRUCache<string, Span>(atMost(MOST_REMEMBERED));
  return {
    async find(client, { channel, thread, key, since, until }) {
      const search = [channel, thread, key, since, until].join(' ');
      let span = unfinished.get(search) ?? {
        oldest: seconds(since - CLOCK_SLACK_MS),
        latest: seconds(until + CLOCK_SLACK_MS),
      };
      unfinished.delete(search);
      for (let page = 0; page < MOST_PAGES; page++) {
        const found = await readPage(client, { channel, thread }, span, sleep).catch((error: unknown) => {
          unfinished.set(search, span);
          throw error;
        });
        if (found === null) return { kind: 'cannot-see' };
        const own = found.messages.find((message) => isOurs(message, key));
        if (own?.ts !== undefined) return { kind: 'found', messageId: own.ts };
        if (!found.more) return { kind: 'absent' };
        const rest = unread(span, found.messages, thread !== undefined);
        if (rest === null) return { kind: 'cannot-see' };
        span = rest;
      }
      return { kind: 'cannot-see' };
    },
  };
}

/** Stamps of messages, in Slack's form; the ends do not belong to it. */
type Span = { oldest: string; latest: string };
type Message = { ts?: string; metadata?: { event_type?: string; event_payload?: unknown } };

function isOurs({ metadata }: Message, key: string): boolean {
  const payload = metadata?.event_payload as { key?: unknown } | undefined;
  return metadata?.event_type === METADATA_TYPE && payload?.key === key;
}

/**
 * The part that a page left over: a channel is read from its newest message on, a thread from its oldest
 * (https://docs.slack.dev/reference/methods/conversations.replies). Null when the page moved nothing.
 */
function unread(span: Span, messages: readonly Message[], ascending: boolean): Span | null {
  const inside = ({ ts }: Message) =>
    ts !== undefined && Number(ts) > Number(span.oldest) && Number(ts) < Number(span.latest); // a thread's first message is always there
  const stamps = messages.filter(inside).flatMap(({ ts }) => ts ?? []);
  const [oldest, newest] = [stamps.toSorted(byNumber)[0], stamps.toSorted(byNumber).at(-1)];
  if (oldest === undefined || newest === undefined) return null;
  return ascending ? { ...span, oldest: newest } : { ...span, latest: oldest };
}

function byNumber(left: string, right: string): number {
  return Number(left) - Number(right);
}

function seconds(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(6);
}

/** Null: we may not look. */
async function readPage(
  client: WebClient,
  { channel, thread }: Pick<Lookup, 'channel' | 'thread'>,
  span: Span,
  sleep: (ms: number) => Promise<void>,
): Promise<{ messages: Message[]; more: boolean } | null> {
  let limit = PAGE;
  for (let attempt = 1; ; attempt++) {
    const query = { channel, ...span, limit, include_all_metadata: true };
    try {
      const { messages, has_more: more } =
        thread === undefined
          ? await client.conversations.history(query)
          : await client.conversations.replies({ ...query, ts: thread });
      return Array.isArray(messages) ? { messages, more: more === true } : null;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'invalid_limit' && limit !== SMALL_PAGE) {
        limit = SMALL_PAGE;
        continue;
      }
      if (failure.kind !== 'not-sent' && failure.kind !== 'ambiguous') return null;
      const wait = failure.kind === 'not-sent' ? (failure.retryAfterMs ?? 500) : 500;
      if (attempt === 2 || wait > LONGEST_WAIT_MS) throw error;
      await sleep(wait);
    }
  }
}
