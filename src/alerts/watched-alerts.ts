// The active alerts in memory, by what they look at: only what deciding needs, with everything that many share kept once.
import { LRUCache } from 'lru-cache';
import { atMost } from '../base/cache/at-most.ts';
import type { AlertRow } from '../store/alerts/alerts.ts';
import { readingKey } from './alert-row.ts';
import type { Condition, Memory } from './condition/condition.ts';
import { type AlertSpec, memoryOf, readableSpec } from './stored-spec.ts';

/** An alert as the watch needs it; times in epoch ms. `group`: what it looks at. */
export type Watched = Pick<AlertRow, 'id' | 'version' | 'crossings' | 'platform' | 'tenant' | 'channel'> &
  Pick<AlertSpec, 'repeat'> & {
    group: string;
    condition: Condition;
    memory: Memory;
    crossedAt: number | null;
    toldAt: number | null;
    snoozedUntil: number | null;
    expiresAt: number;
    createdAt: number;
  };

/** Alerts that look at the same readings. */
export type WatchedGroup = Pick<AlertSpec, 'target' | 'currency'> & { alerts: ReadonlySet<Watched> };

export type WatchedAlerts = {
  groups: ReadonlyMap<string, WatchedGroup>;
  /** Rows that cannot be read, by id: active or paused ones that nobody set aside yet. */
  damaged: ReadonlyMap<string, AlertRow>;
  get(id: string): Watched | undefined;
  /** Whether this state of the alert, or a later one, is held already: then the row need not be read. */
  isKnown(row: AlertRow): boolean;
  /** The alert as it is now; anything but an active one that can be read is forgotten, as is null. */
  set(id: string, row: AlertRow | null): void;
  /** The same alert after a change. */
  replace(watched: Watched): void;
};

/** Different conditions, memories and places that are kept once; more are kept as often as they come. */
const MOST_SHARED = 20_000;

export function createWatchedAlerts(): WatchedAlerts {
  const groups = new Map<string, WatchedGroup & { alerts: Set<Watched> }>();
  const byId = new Map<string, Watched>();
  const damaged = new Map<string, AlertRow>();
  const shared = new LRUCache<string, object>(atMost(MOST_SHARED));
  const texts = new LRUCache<string, string>(atMost(MOST_SHARED));

  function once<T extends object>(kind: string, value: T): T {
    const key = `${kind} ${JSON.stringify(value)}`;
    const known = shared.get(key) as T | undefined;
    if (known === undefined) shared.set(key, value);
    return known ?? value;
  }

  function text(value: string): string {
    const known = texts.get(value);
    if (known === undefined) texts.set(value, value);
    return known ?? value;
  }

  function forget(id: string): void {
    damaged.delete(id);
    const old = byId.get(id);
    if (old === undefined) return;
    byId.delete(id);
    const group = groups.get(old.group);
    group?.alerts.delete(old);
    if (group?.alerts.size === 0) groups.delete(old.group);
  }

  function keep(watched: Watched, about: Pick<AlertSpec, 'target' | 'currency'>): void {
    const group = groups.get(watched.group) ?? { target: about.target, currency: about.currency, alerts: new Set() };
    groups.set(watched.group, group);
    group.alerts.add(watched);
    byId.set(watched.id, watched);
  }

  function add(row: AlertRow, spec: AlertSpec): void {
    const watched: Watched = {
      id: row.id,
      version: row.version,
      crossings: row.crossings,
      platform: text(row.platform),
      tenant: text(row.tenant),
      channel: row.channel,
      repeat: spec.repeat,
      group: text(readingKey(spec)),
      condition: once('condition', spec.condition),
      memory: once('memory', memoryOf(row)),
      crossedAt: row.crossed_at,
      toldAt: row.told_at,
      snoozedUntil: row.snoozed_until,
      expiresAt: row.expires_at,
      createdAt: row.created_at,
    };
    keep(watched, spec);
  }

  return {
    groups,
    damaged,
    get: (id) => byId.get(id),
    isKnown(row) {
      const held = byId.get(row.id);
      if (held === undefined || held.version !== row.version) return (held?.version ?? 0) > row.version;
      // Tellings and a clock that went back change moments only, under the same version.
      return (
        held.toldAt === row.told_at &&
        held.crossedAt === row.crossed_at &&
        held.snoozedUntil === row.snoozed_until &&
        held.expiresAt === row.expires_at &&
        held.createdAt === row.created_at
      );
    },
    set(id, row) {
      forget(id);
      if (row === null || (row.status !== 'active' && row.status !== 'paused')) return;
      const spec = readableSpec(row);
      if (spec === null) damaged.set(id, row);
      else if (row.status === 'active') add(row, spec);
    },
    replace(watched) {
      const about = groups.get(watched.group);
      if (about === undefined) return;
      forget(watched.id);
      keep(watched, about);
    },
  };
}
