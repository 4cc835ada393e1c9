// How digests and alerts are sent on Slack.
import type { SendRules } from '../bot.ts';

/**
 * About one message a second per channel and "several hundred" a minute per workspace; no key for repeated posts
 * (https://docs.slack.dev/apis/web-api/rate-limits).
 */
export const SLACK_SEND_RULES: SendRules = {
  inFlight: 4,
  claim: 6,
  perTenant: true,
  keyWindowMs: 0,
  repeatAfterMs: [],
  lateCommitMs: 60_000,
  perSecond: { start: 4, most: 500 / 60 },
  channelGapMs: 1100,
};
