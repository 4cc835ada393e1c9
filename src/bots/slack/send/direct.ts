// Direct messages to a person: "user:U1" as a target becomes the conversation with that person.
import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { atMost } from '../../../base/cache/at-most.ts';
import { personOf } from '../../../base/direct-target.ts';
import { DAY } from '../../../base/clock.ts';
import type { PostOutcome, Target } from '../../bot.ts';
import { failureOf } from '../outcomes.ts';

/** The conversation with a person stays the same; what a workspace changed is noticed the next day. */
const KEEP_MS = DAY;
const MOST_CACHED = 10_000;

/** Where to post, or why that is not possible. */
export type Destined = { channel: string } | { outcome: Exclude<PostOutcome, { kind: 'sent' }> };

export type Directs = { channelOf(client: WebClient, target: Target): Promise<Destined> };

export function createDirects({ monotonic }: { monotonic: () => number }): Directs {
  const known = new LRUCache<string, string>({
    ...atMost(MOST_CACHED),
    ttl: KEEP_MS,
    ttlResolution: 0,
    perf: { now: monotonic },
  });
  return {
    async channelOf(client, { tenant, channel }) {
      const user = personOf(channel);
      if (user === null) return { channel };
      const name = `${tenant} ${user}`;
      const cached = known.get(name);
      if (cached !== undefined) return { channel: cached };
      try {
        // https://docs.slack.dev/reference/methods/conversations.open: one user id opens or resumes the direct conversation
        const opened = (await client.conversations.open({ users: user })).channel?.id;
        if (opened === undefined) return { outcome: { kind: 'not-sent', code: 'unreadable' } };
        known.set(name, opened);
        return { channel: opened };
      } catch (error) {
        return withoutConversation(user, failureOf(error));
      }
    },
  };
}

/** Opening a conversation sends nothing: what it refuses is certainly not sent. */
function withoutConversation(user: string, failure: Exclude<PostOutcome, { kind: 'sent' }>): Destined {
  // A workspace that installed the app before it asked for `im:write`: chat.postMessage takes the id of a person as well.
  if (failure.code === 'missing_scope') return { channel: user };
  if (failure.kind === 'bad-target')
    return { outcome: { kind: 'bad-target', code: failure.code, reason: 'closed-dm' } };
  return { outcome: failure.kind === 'ambiguous' ? { kind: 'not-sent', code: failure.code } : failure };
}
