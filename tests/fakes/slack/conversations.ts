// The conversations of the fake: reading them, asking about them, opening direct ones; with the errors that Slack documents.
import { type ApiAnswer, fail, string } from './answers.ts';
import type { Json } from './blocks.ts';
import type { Workspace } from './state.ts';

/**
 * https://docs.slack.dev/reference/methods/conversations.info: needs `channels:read` or `groups:read`; a private channel without us is "not
 * found". https://docs.slack.dev/reference/objects/conversation-object
 */
export function conversation(space: Workspace, id: string): ApiAnswer {
  const { scopes, creators, readOnly, names } = space.options;
  const isPrivate = space.isPrivate(id);
  if (!scopes.includes(isPrivate ? 'groups:read' : 'channels:read')) return fail('missing_scope');
  const hidden = space.hiddenFrom(id);
  if (hidden === 'channel_not_found' || space.isDeleted(id)) return fail('channel_not_found');
  const channel = {
    id,
    name: names?.[id] ?? 'general',
    creator: creators?.[id] ?? 'U0NOBODY',
    is_private: isPrivate,
    is_member: hidden === null,
    is_archived: space.isArchived(id),
    is_read_only: readOnly?.includes(id) === true,
  };
  return { ok: true, channel };
}

/** https://docs.slack.dev/reference/methods/conversations.open: needs `im:write`; one user id makes a direct conversation, always the same one. */
export function openDirect(space: Workspace, args: Json): ApiAnswer {
  if (!space.options.scopes.includes('im:write')) return fail('missing_scope');
  const user = string(args['users']);
  if (!/^[UW][A-Z0-9]{2,}$/.test(user)) return fail('user_not_found');
  if (user.startsWith('U0GONE')) return fail('user_disabled');
  return { ok: true, channel: { id: `D${user}` } };
}

/** https://docs.slack.dev/reference/methods/conversations.history: apps outside the Marketplace get at most this many at once. */
const MOST_OUTSIDE_MARKETPLACE = 15;
/** The same page: "Maximum of 999". */
const MOST_PER_PAGE = 999;

/**
 * https://docs.slack.dev/reference/methods/conversations.history: messages between `oldest` and `latest` (both exclusive unless `inclusive`),
 * the newest first, `limit` of them; `has_more` and a cursor for the rest. https://docs.slack.dev/reference/methods/conversations.replies: a
 * thread the other way round, its first message on every page.
 */
export function history(space: Workspace, args: Json, replies: boolean): ApiAnswer {
  const channel = string(args['channel']);
  if (!space.options.history) return fail('missing_scope');
  const hidden = space.hiddenFrom(channel);
  if (hidden !== null) return fail(hidden);
  const oldest = Number(args['oldest'] ?? 0);
  const latest = Number(args['latest'] ?? Number.POSITIVE_INFINITY);
  const inclusive = args['inclusive'] === 'true';
  const most = space.options.distributed === true ? MOST_OUTSIDE_MARKETPLACE : MOST_PER_PAGE;
  const limit = Math.min(Number(args['limit'] ?? 100), most);
  const start = Number(args['cursor'] ?? 0);
  const thread = string(args['ts']);
  const inSpan = (ts: number) => (inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest);
  const visible = space.messages.filter(
    (message) =>
      message.channel === channel &&
      !message.deleted &&
      message.ephemeralFor === undefined &&
      inSpan(Number(message.ts)) &&
      (replies ? message.thread === thread : message.thread === undefined),
  );
  const direction = replies ? -1 : 1;
  const sorted = visible.toSorted((left, right) => direction * (Number(right.ts) - Number(left.ts)));
  const page = sorted.slice(start, start + limit).map(({ ts, text, metadata }) => ({
    type: 'message',
    ts,
    text,
    bot_id: 'B0BOT',
    ...(args['include_all_metadata'] === 'true' && metadata !== undefined ? { metadata } : {}),
  }));
  const more = start + limit < sorted.length;
  return {
    ok: true,
    messages: replies ? [{ type: 'message', ts: thread, text: 'a question' }, ...page] : page,
    has_more: more,
    ...(more ? { response_metadata: { next_cursor: String(start + limit) } } : {}),
  };
}
