// Creates and manages alerts: who may touch which, how many there may be, and what a change begins with.
import { UserError } from '../base/errors.ts';
import { DAY } from '../base/clock.ts';
import type { Random } from '../base/hash.ts';
import type { AskRights } from '../delivery/rights-in-time.ts';
import { OPEN } from '../store/alerts/admit.ts';
import type { AlertRow, AlertStore } from '../store/alerts/alerts.ts';
import type { ShownLists } from '../store/shown-lists/shown-lists.ts';
import { personOf } from '../base/direct-target.ts';
import { admit, withinQuota } from './admission.ts';
import { readingKey, viewOf } from './alert-row.ts';
import type { AlertEvent, Alerts, AlertTotals, AlertView, Asker } from './alerts.ts';
import { type Observation, type Sources, valueFor } from './condition/observations.ts';
import { observe } from './condition/readings.ts';
import { failureWords, UNREADABLE } from './failure-words.ts';
import { memoryAt, MOST_DAYS, rowOf, specOfWish } from './new-alert.ts';
import { type AlertSpec, memoryOf, readableSpec } from './stored-spec.ts';
import { refuseFarTarget, refuseImpossibleMove } from './wish-check.ts';

const MOST_LISTED = 100;
/** An alert that is started again lives on for so long at least. */
const LEAST_AFTER_RESUME_MS = 7 * DAY;
/** Counting takes a moment, and `/metrics` may ask often. */
const TOTALS_FOR_MS = 10_000;

export type AlertManagerOptions = {
  store: AlertStore;
  shownLists: ShownLists;
  sources: Sources;
  now: () => number;
  /** Lots of ids. */
  random: Random;
  /** An alert was added, changed or removed (null). */
  onChange: (id: string, row: AlertRow | null) => void;
  /** Whether the platform's bot could post there; answers in a moment in any case. */
  canPost: AskRights;
  /** What was seen of a target when an alert was made or started again. */
  onSeen: (key: string, observation: Observation) => void;
};

export function createAlertManager(options: AlertManagerOptions): Alerts {
  const { store, shownLists, sources, now, random, canPost, onChange, onSeen } = options;
  let counted: { at: number; totals: Promise<AlertTotals> } | null = null;

  async function mine(id: string, asker: Asker): Promise<AlertRow> {
    const row = await store.get(id.toLowerCase().slice(0, 40));
    const here = row !== null && row.platform === asker.platform && row.tenant === asker.tenant;
    // In direct messages there is no server or workspace, yet an alert made in one belongs to its owner there, too.
    const own = row !== null && row.platform === asker.platform && row.owner === asker.userId;
    if (row === null || (!own && !(here && row.channel === asker.channel)))
      throw new UserError('no-alert', 'No such alert; it may have been deleted. `/alert list` shows yours.');
    return row;
  }

  async function present(spec: Pick<AlertSpec, 'target' | 'currency'>): Promise<Observation | null> {
    const seen = await observe(spec, sources, now());
    if (seen !== null) onSeen(readingKey(spec), seen);
    return seen;
  }

  async function change(id: string, asker: Asker, patch: (row: AlertRow) => Partial<AlertRow>): Promise<AlertView> {
    for (let tries = 0; tries < 5; tries++) {
      const row = await mine(id, asker);
      readOf(row);
      const changes = patch(row);
      const step = { row, patch: changes };
      const applied =
        !OPEN.includes(row.status) && changes.status === 'active'
          ? await store.reopen(step, now(), (rows) => withinQuota(row, rows))
          : (await store.apply([step], now())).has(row.id);
      if (!applied) continue; // a price crossed meanwhile: decide on the row as it is now
      const changed = await mine(id, asker);
      onChange(changed.id, changed);
      return viewOf(changed);
    }
    throw new UserError('busy', 'That alert changed at the same moment. Please try again.');
  }

  /** An alert that nobody would see is neither made nor started again. Whether somebody takes direct messages is only known when one is sent. */
  async function refuseWhereMute(row: AlertRow): Promise<void> {
    const rights = personOf(row.channel) === null ? await canPost(row.platform, row) : null;
    if (rights?.kind === 'no') throw new UserError('cannot-post', rights.remedy);
  }

  async function listed(asker: Asker): Promise<AlertRow[]> {
    const place = { platform: asker.platform, tenant: asker.tenant };
    const [owned, here] = await Promise.all([
      store.ownedBy({ ...place, owner: asker.userId }, MOST_LISTED),
      store.tellingIn({ ...place, channel: asker.channel }, MOST_LISTED),
    ]);
    return [...new Map([...owned, ...here].map((row) => [row.id, row])).values()];
  }

  async function only(asker: Asker): Promise<AlertRow> {
    const [row, another] = await listed(asker);
    if (row !== undefined && another === undefined) return row;
    throw new UserError(
      'which-alert',
      row === undefined
        ? 'You have no alerts here. Create one with `/alert create tao above 300`.'
        : 'You have several alerts: say which one, by its number or ID from `/alert list`.',
    );
  }

  async function idOf(text: string, asker: Asker): Promise<string> {
    const id = /^\d{1,3}$/.test(text) ? await shownLists.idOf(asker, Number(text)) : text;
    if (id !== null) return id;
    throw new UserError(
      'which-alert',
      'That number is in no list that you saw lately: run `/alert list`, then use a number or an ID from it.',
    );
  }

  async function withViews(rows: readonly AlertRow[]): Promise<AlertView[]> {
    const missed = await store.missedCounts(rows.map(({ id }) => id));
    return rows.map((row) => viewOf(row, missed.get(row.id) ?? 0));
  }

  return {
    async create(wish, asker) {
      const seen = await present(wish);
      const spec = specOfWish(wish, seen);
      const value = seen === null ? null : valueFor(spec.condition, seen);
      refuseImpossibleMove(spec.condition);
      refuseFarTarget(spec, value);
      const row = rowOf(spec, memoryAt(spec.condition, seen), wish, asker, { now: now(), random });
      await refuseWhereMute(row);
      await admit(row, store);
      onChange(row.id, row);
      return { alert: viewOf(row), value };
    },
    list: async (asker) => await withViews(await listed(asker)),
    shown: shownLists.shown,
    async find(typed, asker, manages) {
      const text = typed?.trim().replace(/^#/, '') ?? '';
      const row = text === '' ? await only(asker) : await mine(await idOf(text, asker), asker);
      if (row.owner !== asker.userId && !manages)
        throw new UserError(
          'not-yours',
          'That alert belongs to this channel: only people who manage it may change it.',
        );
      return viewOf(row);
    },
    pause: (id, asker) => change(id, asker, () => ({ status: 'paused' })),
    async resume(id, asker) {
      const before = await mine(id, asker);
      const spec = readOf(before);
      await refuseWhereMute(before);
      const memory = memoryAt(spec.condition, await present(spec));
      return await change(id, asker, (row) => ({
        status: 'active',
        memory: JSON.stringify({ ...memory, told: memoryOf(row).told }),
        snoozed_until: null,
        fail_streak: 0,
        last_error: null,
        warned: 0,
        expires_at: Math.max(row.expires_at, now() + LEAST_AFTER_RESUME_MS),
      }));
    },
    snooze: (id, asker, ms) => change(id, asker, () => ({ snoozed_until: now() + ms })),
    extend: (id, asker, days) =>
      change(id, asker, (row) => ({
        expires_at: now() + Math.min(days, MOST_DAYS) * DAY,
        warned: 0,
        ...(row.status === 'expired' ? { status: 'active' as const } : {}),
      })),
    async remove(id, asker) {
      const row = await mine(id, asker);
      await store.remove(row.id);
      onChange(row.id, null);
    },
    async history(asker, most) {
      const rows = await listed(asker);
      const views = new Map(rows.map((row) => [row.id, viewOf(row)]));
      const events = await store.eventsOf([...views.keys()], most);
      return events.flatMap(({ alert_id: id, at, kind, value }): AlertEvent[] => {
        const alert = views.get(id);
        const read = value === null ? Number.NaN : Number(value);
        return alert === undefined ? [] : [{ alert, at, kind, value: Number.isFinite(read) ? read : null }];
      });
    },
    async notices({ platform, tenant, userId }) {
      return (await store.takeNotices({ platform, tenant, owner: userId })).map((row) => viewOf(row));
    },
    async totals() {
      if (counted === null || Math.abs(now() - counted.at) > TOTALS_FOR_MS)
        counted = { at: now(), totals: countAll(store) };
      return await counted.totals;
    },
  };
}

async function countAll(store: AlertStore): Promise<AlertTotals> {
  const [states, events, unreadable] = await Promise.all([
    store.countByStatus(),
    store.countEvents(),
    store.countStopped(UNREADABLE),
  ]);
  return {
    active: states.get('active') ?? 0,
    told: events.get('told') ?? 0,
    missed: events.get('missed') ?? 0,
    undeliverable: events.get('failed') ?? 0,
    unreadable,
  };
}

/** What an alert waits for. @throws UserError for a damaged one: nothing can be done with it but to delete it */
function readOf(row: AlertRow): AlertSpec {
  const spec = readableSpec(row);
  if (spec === null) throw new UserError('unreadable-alert', failureWords(UNREADABLE, row.id));
  return spec;
}
