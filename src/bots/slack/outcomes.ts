// What became of a call to Slack: the classes that decide whether anything may be sent again.
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import type { PostOutcome, RefusalMeaning } from '../bot.ts';
import { networkFailure } from '../network-errors.ts';
import { HOUR } from '../../base/clock.ts';

/** Every outcome but success. */
export type Failure = Exclude<PostOutcome, { kind: 'sent' }>;

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const BAD_TARGET =
  /^(channel_not_found|not_in_channel|is_archived|channel_is_archived|restricted_action.*|user_not_in_channel|no_permission|access_denied|user_not_found|cannot_reply_to_message|cant_.*|ekm_access_denied|messages_tab_disabled|slack_connect_.*|message_not_found|thread_not_found|thread_locked)$/;
const BAD_BODY =
  /^(invalid_blocks.*|msg_blocks_too_long|msg_too_long|no_text|invalid_arguments|invalid_arg_name|invalid_metadata.*|metadata_.*|attachment_payload_limit_exceeded|too_many_attachments|markdown_text_conflict|only_one_table_allowed)$/;
const BAD_CREDENTIAL =
  /^(accesslimited|invalid_auth|not_authed|account_inactive|token_revoked|token_expired|missing_scope|org_login_required|not_allowed_token_type|team_access_not_granted|two_factor_setup_required|user_is_bot)$/;
const AMBIGUOUS =
  /^(internal_error|fatal_error|service_unavailable|request_timeout|internal_.*|failed_.*|unknown_error)$/;
/** Also a workspace that is just moving into an organisation. */
const LIMITED = /^(ratelimited|rate_limited|message_limit_exceeded|team_added_to_org)$/;
/** What people can do something about; any other refusal is known by its code only. */
const MEANINGS: readonly (readonly [RegExp, RefusalMeaning])[] = [
  [/^channel_not_found$/, { reason: 'gone', detail: 'or-removed' }],
  [/^(is_archived|channel_is_archived)$/, { reason: 'archived' }],
  // "Make sure your app is a member of the conversation it's attempting to post a message to": one channel, not the token.
  [/^(not_in_channel|no_permission)$/, { reason: 'forbidden', detail: 'not-member' }],
  [/^access_denied$/, { reason: 'forbidden' }],
  [/^messages_tab_disabled$/, { reason: 'closed-dm' }],
  [/^restricted_action/, { reason: 'forbidden', detail: 'policy' }],
  [
    /^(msg_blocks_too_long|msg_too_long|too_many_attachments|attachment_payload_limit_exceeded)$/,
    { reason: 'too-large' },
  ],
];

const DEFAULT_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = HOUR;

/** Sorts an error of the Web API client; anything unknown that may have reached Slack is ambiguous. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError)
    return { kind: 'not-sent', code: 'ratelimited', retryAfterMs: waitOf(error.retryAfter) };
  if (error instanceof WebAPIPlatformError)
    return platformFailure(error.data.error, error.data.response_metadata?.retryAfter);
  if (error instanceof WebAPIHTTPError) return httpFailure(error.statusCode);
  if (error instanceof WebAPIRequestError) return networkFailure(error.original);
  if (error instanceof Error && /retry header/i.test(error.message))
    return { kind: 'not-sent', code: 'ratelimited', retryAfterMs: DEFAULT_WAIT_MS };
  return { kind: 'ambiguous', code: error instanceof Error ? error.name : 'unknown' };
}

/** The code of an error for logs and decisions, e.g. "invalid_blocks". */
export function codeOf(error: unknown): string {
  return failureOf(error).code;
}

export function platformFailure(code: string, retryAfterSeconds?: number): Failure {
  if (LIMITED.test(code)) return { kind: 'not-sent', code, retryAfterMs: waitOf(retryAfterSeconds) };
  if (BAD_TARGET.test(code)) return { kind: 'bad-target', code, ...meaningOf(code) };
  if (BAD_BODY.test(code)) return { kind: 'bad-body', code, ...meaningOf(code) };
  if (BAD_CREDENTIAL.test(code)) return { kind: 'bad-credential', code };
  if (AMBIGUOUS.test(code) || !/^[a-z0-9_]{2,80}$/.test(code))
    return { kind: 'ambiguous', code: AMBIGUOUS.test(code) ? code : 'unreadable' };
  return { kind: 'bad-target', reason: 'other', code }; // a refusal that Slack names: certainly not delivered, and not by waiting either
}

function meaningOf(code: string): RefusalMeaning {
  return MEANINGS.find(([pattern]) => pattern.test(code))?.[1] ?? { reason: 'other' };
}

export function httpFailure(status: number): Failure {
  if (status === 429) return { kind: 'not-sent', code: 'ratelimited', retryAfterMs: DEFAULT_WAIT_MS };
  return status >= 400 && status < 500 && status !== 408
    ? { kind: 'not-sent', code: `http_${status}` }
    : { kind: 'ambiguous', code: `http_${status}` };
}

function waitOf(seconds: number | undefined): number {
  if (seconds === undefined || !Number.isFinite(seconds)) return DEFAULT_WAIT_MS;
  return Math.min(LONGEST_WAIT_MS, Math.max(1000, seconds * 1000));
}
