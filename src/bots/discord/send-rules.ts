// How digests and alerts are sent on Discord.
import type { SendRules } from '../bot.ts';
import { SECOND } from '../../base/clock.ts';

/**
 * The global limit of 50/s is kept by the bot's own pacer; nonces are recognised "for a few minutes" (documented without a number,
 * https://docs.discord.com/developers/resources/message#create-message), 2 minutes are assumed.
 */
export const DISCORD_SEND_RULES: SendRules = {
  inFlight: 64,
  claim: 50,
  perTenant: false,
  keyWindowMs: 120 * SECOND,
  repeatAfterMs: [2, 10, 30, 90].map((s) => s * SECOND),
  lateCommitMs: 0,
  perSecond: null,
  channelGapMs: 0,
};
