// Did an earlier attempt arrive? Our messages carry their key as metadata, which history shows where we may read it.
import type { WebClient } from '@slack/web-api';
import type { Found } from '../../bot.ts';
import { failureOf } from '../outcomes.ts';

/** Opaque to readers: metadata can be seen by every app and member of the workspace. */
export const METADATA_TYPE = 'taobot_post';

/** Our clock and Slack's may differ a little. */
const CLOCK_SLACK_MS = 5000;
const PAGE = 15; // the most that apps outside the Marketplace get at once
const MOST_PAGES = 6;
const LONGEST_WAIT_MS = 30_000;

export function metadataOf(key: string): { event_type: string; event_payload: { key: string } } {
  return { event_type: METADATA_TYPE, event_payload: { key } };
}

/**
 * Looks for our message with `key` since `since` (epoch ms), in a thread when one is named. `cannot-see` when Slack does not let us look
 * (no history scope, not a member, rate limit) or there is more than we may page through: never a guess.
 */
export async function findByKey(
  client: WebClient,
  place: { channel: string; thread?: string | undefined },
  key: string,
  since: number,
  sleep: (ms: number) => Promise<void>,
): Promise<Found> {
  const oldest = String(Math.max(0, (since - CLOCK_SLACK_MS) / 1000));
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const found = await readPage(client, { ...place, oldest, cursor }, sleep);
    if (found === null) return { kind: 'cannot-see' };
    const own = found.messages.find(
      (message) =>
        message.metadata?.event_type === METADATA_TYPE &&
        (message.metadata.event_payload as { key?: unknown } | undefined)?.key === key,
    );
    if (own?.ts !== undefined) return { kind: 'found', messageId: own.ts };
    if (found.cursor === undefined) return { kind: 'absent' };
    cursor = found.cursor;
  }
  return { kind: 'cannot-see' };
}

type Message = { ts?: string; metadata?: { event_type?: string; event_payload?: unknown } };
type PageQuery = { channel: string; thread?: string | undefined; oldest: string; cursor: string | undefined };

async function readPage(
  client: WebClient,
  query: PageQuery,
  sleep: (ms: number) => Promise<void>,
): Promise<{ messages: Message[]; cursor: string | undefined } | null> {
  const { channel, thread, oldest, cursor } = query;
  const common = {
    channel,
    oldest,
    limit: PAGE,
    include_all_metadata: true,
    ...(cursor === undefined ? {} : { cursor }),
  };
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const answer =
        thread === undefined
          ? await client.conversations.history(common)
          : await client.conversations.replies({ ...common, ts: thread });
      const next = answer.response_metadata?.next_cursor;
      return {
        messages: answer.messages ?? [],
        cursor: next === undefined || next === '' ? undefined : next,
      };
    } catch (error) {
      const failure = failureOf(error);
      const wait =
        failure.kind === 'not-sent'
          ? (failure.retryAfterMs ?? 500)
          : failure.kind === 'ambiguous'
            ? 500
            : Number.POSITIVE_INFINITY;
      if (wait > LONGEST_WAIT_MS) return null;
      await sleep(wait);
    }
  }
  return null;
}
