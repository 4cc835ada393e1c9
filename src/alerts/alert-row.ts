// An alert's row with its meaning: wish, memory, and how it looks to people.
import { personOf } from '../base/direct-target.ts';
import type { AlertRow } from '../store/alerts/alerts.ts';
import type { AlertView, Target } from './alerts.ts';
import { failureWords, UNREADABLE } from './failure-words.ts';
import { type AlertSpec, readableSpec } from './stored-spec.ts';

/** What stands in the column `kind` of its deliveries. */
export const ALERT_KIND = 'alert';

/** Stands in the view of an alert whose own cannot be read; nobody is shown it. */
const NO_SPEC: AlertSpec = {
  target: { kind: 'network' },
  label: '',
  currency: 'usd',
  condition: { kind: 'new' },
  repeat: 'once',
  locale: 'en',
};

/** What an alert becomes that cannot be read: it is watched no more, and whoever made it hears of it. */
export const SET_ASIDE = { status: 'stopped', last_error: UNREADABLE, told: 0 } as const;

/** Alerts of one target in one currency look at the same readings. */
export function readingKey({ target, currency }: Pick<AlertSpec, 'target' | 'currency'>): string {
  return `${targetKey(target)} ${currency}`;
}

function targetKey(target: Target): string {
  if (target.kind === 'coin') return `coin:${target.id}`;
  return target.kind === 'subnet' ? `subnet:${target.netuid}:${target.registeredAt}` : 'network';
}

/** An alert for people; a damaged one still has a view, so that it can be deleted. @param missed crossings that nobody was told of in time */
export function viewOf(row: AlertRow, missed = 0): AlertView {
  const spec = readableSpec(row);
  const stopped = row.last_error === null || row.status !== 'stopped' ? null : row.last_error;
  const reason = spec === null ? UNREADABLE : stopped;
  return {
    ...(spec ?? { ...NO_SPEC, unreadable: true }),
    id: row.id,
    status: row.status,
    channel: personOf(row.channel) === null ? row.channel : null,
    toldAt: row.told_at,
    snoozedUntil: row.snoozed_until,
    expiresAt: row.expires_at,
    missed,
    trouble: reason === null ? null : failureWords(reason, row.id),
  };
}

/** A new alert at a moment (epoch ms): active, and nothing told yet. */
export function newRow(
  what: Pick<
    AlertRow,
    'id' | 'platform' | 'tenant' | 'channel' | 'made_in' | 'owner' | 'spec' | 'memory' | 'expires_at' | 'warned'
  >,
  at: number,
): AlertRow {
  return {
    ...what,
    status: 'active',
    version: 1,
    crossings: 0,
    crossed_at: null,
    told_at: null,
    snoozed_until: null,
    fail_streak: 0,
    last_error: null,
    told: 1,
    changed_at: at,
    created_at: at,
  };
}
