// Answers through the response_url of a command or button: no membership needed, five uses within half an hour.
import type { PostOutcome } from '../../bot.ts';
import { networkFailure } from '../../network-errors.ts';
import type { Fetch } from '../connections.ts';
import { httpFailure, platformFailure } from '../outcomes.ts';
import type { Outgoing } from './block-fallback.ts';
import { metadataOf } from './post-key.ts';

/** `key`: tells a look for this answer whether it arrived. */
export type ResponseMode = { replace: boolean; ephemeral: boolean; thread?: string | undefined; key: string };

const HOSTS = new Set(['hooks.slack.com', 'hooks.slack-gov.com']);
const TIMEOUT_MS = 10_000;
const LONGEST_ANSWER = 2000;

/**
 * A body may be signed and still name any address, so only Slack's own hosts are called (and the origin of `apiUrl`, which is
 * configured to be Slack).
 */
export function isResponseUrl(url: unknown, apiUrl: string | undefined): url is string {
  if (typeof url !== 'string' || !URL.canParse(url)) return false;
  const { protocol, hostname, origin, port } = new URL(url);
  if (apiUrl !== undefined && new URL(apiUrl).origin === origin) return true;
  return protocol === 'https:' && port === '' && HOSTS.has(hostname);
}

/** Posts once. `expired_url` (bad-target) means that the five uses or the half hour are over. */
export async function postResponse(
  url: string,
  message: Outgoing,
  mode: ResponseMode,
  fetch: Fetch,
): Promise<PostOutcome> {
  const body = {
    ...message,
    response_type: mode.ephemeral ? 'ephemeral' : 'in_channel',
    replace_original: mode.replace,
    ...(mode.thread === undefined ? {} : { thread_ts: mode.thread }),
    ...(mode.replace || mode.ephemeral ? {} : { metadata: metadataOf(mode.key) }),
  };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = (await response.text()).slice(0, LONGEST_ANSWER);
    if (response.status === 429) return platformFailure('ratelimited', retryAfter(response));
    return outcomeOf(response.status, text);
  } catch (error) {
    return networkFailure(error);
  }
}

/** Seconds; undefined when Slack does not say. */
function retryAfter(response: Awaited<ReturnType<Fetch>>): number | undefined {
  const told = response.headers.get('retry-after');
  return told === null || told.trim() === '' ? undefined : Number(told);
}

function outcomeOf(status: number, text: string): PostOutcome {
  const code = errorOf(text);
  if (code !== null && /^(expired_url|used_url|invalid_url|no_service|channel_not_found)$/.test(code))
    return { kind: 'bad-target', reason: 'other', code: 'expired_url' };
  if (status >= 200 && status < 300) return code === null ? { kind: 'sent', messageId: '' } : platformFailure(code);
  if (code !== null && status < 500) return platformFailure(code);
  return status === 404 || status === 410
    ? { kind: 'bad-target', reason: 'other', code: 'expired_url' }
    : httpFailure(status);
}

/** Slack answers "ok", a bare error word, or JSON with `ok` and `error`. */
function errorOf(text: string): string | null {
  const bare = text.trim();
  if (/^[a-z_]{3,60}$/.test(bare)) return bare === 'ok' ? null : bare;
  try {
    const { ok, error } = JSON.parse(bare) as { ok?: unknown; error?: unknown };
    return ok === false && typeof error === 'string' ? error : null;
  } catch {
    return null;
  }
}
