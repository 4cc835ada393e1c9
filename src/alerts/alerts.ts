// The port of alerts: what commands and bots may ask; the rest of the room stays behind this.
import type { Condition } from './condition/condition.ts';

export type { Condition };

/** How often an alert is told: once, at most once a day, or each time (an hour apart at least). */
export const REPEATS = ['once', 'daily', 'always'] as const;
export type Repeat = (typeof REPEATS)[number];

/**
 * What an alert is about. A netuid is reused after a removal, so a subnet is named for good only together with the block of its registration.
 * `network`: the Bittensor network as a whole (new subnets, their price, the halving).
 */
export type Target =
  | { kind: 'coin'; id: string }
  | { kind: 'subnet'; netuid: number; registeredAt: number }
  | { kind: 'network' };

/** Who asks, and from where. */
export type Asker = { platform: string; tenant: string; channel: string; userId: string };

/** A price that is to be reached, from whichever side it lies on now. */
export type PriceReached = { kind: 'reaches'; price: number };

/**
 * An alert as somebody wants it. `label`: the target for people ("TAO"). `currency`: a currency's code, or "tao". `channel`: where it tells; null
 * means the asker in a direct message. `days` until it expires.
 */
export type AlertWish = {
  target: Target;
  label: string;
  currency: string;
  condition: Condition | PriceReached;
  repeat: Repeat;
  channel: string | null;
  days: number;
  locale: string;
};

export type AlertStatus = 'active' | 'paused' | 'done' | 'expired' | 'stopped';

/**
 * An alert for people; times in epoch ms. `trouble`: why we paused it (with code in back-ticks), or null. `missed`: crossings that nobody was told
 * of in time. `unreadable`: what is stored of it is damaged, so what it says of its wish means nothing.
 */
export type AlertView = Omit<AlertWish, 'condition' | 'days' | 'channel'> & {
  id: string;
  condition: Condition;
  status: AlertStatus;
  channel: string | null;
  toldAt: number | null;
  snoozedUntil: number | null;
  expiresAt: number;
  missed: number;
  trouble: string | null;
  unreadable?: true;
};

/** Something that happened to an alert. `value`: what was read then, null where there is none. */
export type AlertEvent = {
  alert: AlertView;
  at: number;
  kind: 'crossed' | 'told' | 'missed' | 'failed';
  value: number | null;
};

/** A crossing to be told: `crossedAt` is the source's own time of the reading, `value` what was read. */
export type AlertOrder = { alert: AlertView; crossedAt: number; value: number; mention: string | null };

/** `unreadable`: set aside because what is stored of them is damaged. */
export type AlertTotals = { active: number; told: number; missed: number; undeliverable: number; unreadable: number };

/** All methods throw UserError with a sentence when the wish cannot be met. Alerts of other people do not exist, those of a channel belong to its managers. */
export interface Alerts {
  /** `value`: the present reading, null when there is none. */
  create(wish: AlertWish, asker: Asker): Promise<{ alert: AlertView; value: number | null }>;
  /** The asker's own, and those of this channel; oldest first. */
  list(asker: Asker): Promise<readonly AlertView[]>;
  /** The asker was shown these, first to last: from now on numbers mean these lines. */
  shown(asker: Asker, ids: readonly string[]): Promise<void>;
  /** By id or by number in the list that the asker was shown last; without a text the only one. `manages`: whether the asker may manage the channel. */
  find(typed: string | undefined, asker: Asker, manages: boolean): Promise<AlertView>;
  pause(id: string, asker: Asker): Promise<AlertView>;
  /** Starts it again, with the present reading as its beginning. */
  resume(id: string, asker: Asker): Promise<AlertView>;
  /** Nothing is told for so long. */
  snooze(id: string, asker: Asker, ms: number): Promise<AlertView>;
  /** Moves the end to so many days from now. */
  extend(id: string, asker: Asker, days: number): Promise<AlertView>;
  remove(id: string, asker: Asker): Promise<void>;
  /** What happened to the asker's alerts, newest first. */
  history(asker: Asker, most: number): Promise<readonly AlertEvent[]>;
  /** Alerts of this person that we paused (`stopped`) and that they have not heard of yet. */
  notices(asker: Asker): Promise<readonly AlertView[]>;
  totals(): Promise<AlertTotals>;
}
