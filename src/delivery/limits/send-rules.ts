// The numbers of sending, per platform: how many at once, how fast, and how an unclear post is cleared up.

export type PlatformRules = {
  /** Posts under way at once, per lane (Discord: all; Slack: per workspace). It also bounds what a crash can leave unclear. */
  inFlight: number;
  /** Rows leased at once: at most 1.5 s of work, so that a lease never ends in a queue. */
  claim: number;
  /** Each tenant has its own rate and its own troubles. */
  perTenant: boolean;
  /** How long the platform surely recognises a repeated key (ms), 0 when it does not. */
  keyWindowMs: number;
  /** When to repeat an unclear post with the same key, counted from the first attempt (ms). */
  repeatAfterMs: readonly number[];
  /** A lost answer may still become a post this late (ms): looking earlier proves nothing. */
  lateCommitMs: number;
  /** Posts per second at the start and at most, null where the bot itself paces. */
  perSecond: { start: number; most: number } | null;
  /** Least distance between two posts to one channel (ms). */
  channelGapMs: number;
};

export type SendRules = {
  platforms: Readonly<Record<'discord' | 'slack' | 'terminal', PlatformRules>>;
  /** A row's lease, and what must be left of it right before a post: more than the bots' HTTP timeout of 10 s. */
  rowLeaseMs: number;
  rowMarginMs: number;
  /** The lease of a platform's token, and how often it is renewed. */
  senderLeaseMs: number;
  senderRenewMs: number;
  /** A digest that could not be posted in time is posted late within this window, and skipped after it. */
  catchUpMs: number;
  /** From this delay on, a digest says that it is late; an untried body older than this is rendered again. */
  lateMs: number;
  /** Waits after a post that certainly was not sent; the last one repeats. */
  backOffMs: readonly number[];
  /** Longest wait for a bot's answer before the outcome counts as unclear. */
  postTimeoutMs: number;
};

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * Discord: global limit 50/s, kept by the bot's own pacer; nonces are recognised "for a few minutes" (documented without a number), 2 minutes are
 * assumed. Slack: about 1/s per channel and "several hundred" a minute per workspace, no key (see docs.slack.dev, chat.postMessage).
 */
export const SEND_RULES: SendRules = {
  platforms: {
    discord: {
      inFlight: 64,
      claim: 50,
      perTenant: false,
      keyWindowMs: 120 * SECOND,
      repeatAfterMs: [2, 10, 30, 90].map((s) => s * SECOND),
      lateCommitMs: 0,
      perSecond: null,
      channelGapMs: 0,
    },
    slack: {
      inFlight: 4,
      claim: 6,
      perTenant: true,
      keyWindowMs: 0,
      repeatAfterMs: [],
      lateCommitMs: MINUTE,
      perSecond: { start: 4, most: 500 / 60 },
      channelGapMs: 1100,
    },
    terminal: {
      inFlight: 1,
      claim: 10,
      perTenant: false,
      keyWindowMs: 0,
      repeatAfterMs: [],
      lateCommitMs: 0,
      perSecond: null,
      channelGapMs: 0,
    },
  },
  rowLeaseMs: MINUTE,
  rowMarginMs: 15 * SECOND,
  senderLeaseMs: 15 * SECOND,
  senderRenewMs: 5 * SECOND,
  catchUpMs: 180 * MINUTE,
  lateMs: 10 * MINUTE,
  backOffMs: [1, 4, 15, 60, 300, 900].map((s) => s * SECOND),
  postTimeoutMs: 30 * SECOND,
};

/** Until a row is looked at again that a brake or a passing fault kept from being tried. */
export const PUT_BACK_MS = MINUTE;

/** Back-off before try number `attempt` + 1, spread by ± 20 % so that many rows do not come back together; `seed` is any number of the row. */
export function backOff(rules: SendRules, attempt: number, seed: number): number {
  const base = rules.backOffMs[Math.min(attempt, rules.backOffMs.length - 1)] ?? MINUTE;
  return Math.round(base * (0.8 + 0.4 * (Math.abs(seed % 1000) / 1000)));
}
