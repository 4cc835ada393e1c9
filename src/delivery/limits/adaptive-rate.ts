// The rate of one Slack workspace: starts careful, speeds up while all is well, halves when told to slow down (AIMD), and spaces out channels.
import type { SendRules } from '../../bots/bot.ts';

export type AdaptiveRate = {
  /** Waits for this channel's and this workspace's turn. */
  turn(channel: string): Promise<void>;
  sent(): void;
  /** The platform asked to slow down for `retryAfterMs`. */
  slowDown(retryAfterMs: number): void;
  /** Nothing is sent for so long, without a reason to slow down. */
  hold(ms: number): void;
  /** Milliseconds to wait before anything may be sent, 0 when free. */
  holdMs(): number;
};

const SLOWEST = 0.25;
/** 0.02/s more per post: from 240 to 500 a minute within about four minutes. */
const STEP = 0.02;

export function createAdaptiveRate(
  rules: Pick<SendRules, 'perSecond' | 'channelGapMs'>,
  { monotonic, sleep }: { monotonic: () => number; sleep: (ms: number) => Promise<void> },
): AdaptiveRate {
  const { perSecond, channelGapMs } = rules;
  let rate = perSecond?.start ?? Infinity;
  let nextAt = Number.NEGATIVE_INFINITY;
  let heldUntil = Number.NEGATIVE_INFINITY;
  const channels = new Map<string, number>();
  const slot = (channel: string): number => {
    const now = monotonic();
    const at = Math.max(now, nextAt, channels.get(channel) ?? now, heldUntil);
    nextAt = at + (rate === Infinity ? 0 : 1000 / rate);
    if (channelGapMs > 0) channels.set(channel, at + channelGapMs);
    if (channels.size > 5000) for (const [name, free] of channels) if (free < now) channels.delete(name);
    return at - now;
  };
  return {
    async turn(channel) {
      const waitMs = slot(channel);
      if (waitMs > 0) await sleep(waitMs);
    },
    sent() {
      if (perSecond !== null) rate = Math.min(perSecond.most, rate + STEP);
    },
    slowDown(retryAfterMs) {
      if (perSecond === null) return;
      const already = heldUntil > monotonic(); // several posts under way hear of the same limit: halve once
      heldUntil = Math.max(heldUntil, monotonic() + retryAfterMs + 50);
      if (!already) rate = Math.max(SLOWEST, rate / 2);
    },
    hold: (ms) => void (heldUntil = Math.max(heldUntil, monotonic() + ms)),
    holdMs: () => Math.max(0, heldUntil - monotonic()),
  };
}
