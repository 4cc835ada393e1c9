// What commands and bots may ask of digests; the rest of the room stays behind this.
import type { DeliveryTotals } from '../store/delivery/ledger.ts';

/**
 * The block at which each subnet among the coins ("sn64") was registered: numbers are reused. Subnets that are not in it (of digests of earlier
 * versions) are those of the time at which the digest was made.
 */
export type Registrations = Readonly<Record<string, number>>;

/**
 * What the clock asks to be rendered. `dueAt` in epoch ms, `zone` for local dates; `late`: it is posted more than 10 minutes after it was due.
 */
export type DigestOrder = {
  kind: string;
  platform: string;
  coins: readonly string[];
  currency: string;
  locale: string;
  zone: string;
  dueAt: number;
  late: boolean;
  /** With lines about subnets. */
  subnets?: boolean;
  registrations?: Registrations;
  /** When it was made, epoch ms; only where a subnet of it has no registration on record. */
  madeAt?: number;
};

/** Readers of times, zones and days; pure. */
export type ScheduleReader = {
  /** HH:MM, or null when the text is no clock time. */
  time(text: string): string | null;
  /** A canonical zone; `ambiguous` with the places that an abbreviation can mean; null for anything else. */
  zone(text: string): { zone: string } | { ambiguous: readonly string[] } | null;
  /** The days of the week ("mon") that a weekday, a span of days, "weekdays" or "daily" means; null for anything else. */
  days(text: string): readonly string[] | null;
};

/** Who asks, and from where. `manages`: whether they may manage another channel of the server or workspace now; absent: they may not. */
export type Asker = {
  platform: string;
  tenant: string;
  channel: string;
  userId: string;
  manages?: (channel: string) => Promise<boolean>;
};

/** A digest as somebody wants it; texts as typed. `coins` are ids; `channel` absent means the channel of the request. */
export type DigestWish = {
  time: string;
  zone: string;
  days: readonly string[] | undefined;
  coins: readonly string[];
  currency: string;
  locale: string;
  replace: boolean;
  subnets: boolean;
  registrations?: Registrations;
  channel: string | undefined;
};

/** Counts of the ledger, and how many digests are set aside because what is stored of them is damaged (`unreadable`). */
export type DigestTotals = DeliveryTotals & { unreadable: number };

export type DigestStatus = 'draft' | 'active' | 'paused' | 'suspended' | 'dead';

/**
 * A digest for people: `time` HH:MM, `days` in words ("every day"), `nextAt` epoch ms or null while it does not run, `notes` cautions about the
 * zone, `trouble` why it stopped, or why its last post was refused
 * (a sentence), or null. `lastSentAt`: epoch ms of the last post, null before the first. `twin`: the id of the same digest in the same channel, of
 * drafts only. `damaged`: what is stored of it cannot be used, so it does not run and can only be deleted; `coins` is empty where nobody can
 * tell which they are.
 */
export type DigestView = {
  id: string;
  status: DigestStatus;
  channel: string;
  coins: readonly string[];
  currency: string;
  locale: string;
  replace: boolean;
  subnets: boolean;
  registrations?: Registrations;
  madeAt?: number;
  time: string;
  zone: string;
  days: string;
  nextAt: number | null;
  notes: readonly string[];
  trouble: string | null;
  damaged?: true;
  lastSentAt: number | null;
  twin: string | null;
};

/** All methods throw UserError with a sentence when the wish cannot be met. Ids of other servers and workspaces do not exist here. */
export interface Digests {
  /** Checks a wish and keeps it as a draft for a day. */
  draft(wish: DigestWish, asker: Asker): Promise<DigestView>;
  /** Turns a draft into a running digest, in the place of another one of its channel when `replaces` names one; repeating it changes nothing. */
  confirm(id: string, asker: Asker, replaces?: string): Promise<DigestView>;
  /** Of one channel, or of a whole server or workspace when `channel` is absent; oldest first. */
  list(place: { platform: string; tenant: string; channel?: string }): Promise<readonly DigestView[]>;
  /** A list was shown to this person: from now on numbers mean its lines, for an hour. */
  shown(asker: Asker, ids: readonly string[]): Promise<void>;
  /** By id or by number in the list that the person saw last; without a text the channel's only one. */
  find(typed: string | undefined, asker: Asker): Promise<DigestView>;
  pause(id: string, asker: Asker): Promise<DigestView>;
  resume(id: string, asker: Asker): Promise<DigestView>;
  /** @returns the id of a draft with the same fields, which brings it back within a day; null where a draft was removed */
  remove(id: string, asker: Asker): Promise<string | null>;
  /** Posts one right away, in addition to the daily ones; at most one a minute. */
  now(id: string, asker: Asker): Promise<void>;
  /** Digests of this person that were stopped and that they have not heard of yet. */
  notices(asker: Asker): Promise<readonly DigestView[]>;
  /** What a piece of text is to the schedule: the same readers that `draft` uses. */
  reads: ScheduleReader;
  /** Time zones that match what is being typed, best first. */
  zones(typed: string, most: number): readonly string[];
  /** At most ten seconds old; older ones while the database does not answer, null when it never did. */
  totals(): Promise<DigestTotals | null>;
}
