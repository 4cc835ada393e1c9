// An alert's row with its meaning: wish, memory, and how it looks to people.
import { personOf } from '../base/direct-target.ts';
import type { AlertRow } from '../store/alerts/alerts.ts';
import type { AlertView, Target } from './alerts.ts';
import type { Memory } from './condition/condition.ts';
import { failureWords } from './failure-words.ts';

/** What stands in the column `kind` of its deliveries. */
export const ALERT_KIND = 'alert';

/** What is written down of a wish. */
export type AlertSpec = Pick<AlertView, 'target' | 'label' | 'currency' | 'condition' | 'repeat' | 'locale'>;

/** @throws Error when the stored text is not one (a damaged row) */
export function specOf(row: Pick<AlertRow, 'spec'>): AlertSpec {
  const value = JSON.parse(row.spec) as Partial<AlertSpec> | null;
  if (typeof value?.target?.kind !== 'string' || typeof value.condition?.kind !== 'string')
    throw new Error('stored alert is damaged');
  return value as AlertSpec;
}

export function memoryOf(row: Pick<AlertRow, 'memory'>): Memory {
  const value = JSON.parse(row.memory) as Partial<Memory> | null;
  const number = (of: unknown): number | null => (typeof of === 'number' && Number.isFinite(of) ? of : null);
  return { armed: value?.armed === true, reference: number(value?.reference), told: number(value?.told) };
}

/** Alerts of one target in one currency look at the same readings. */
export function readingKey({ target, currency }: Pick<AlertSpec, 'target' | 'currency'>): string {
  return `${targetKey(target)} ${currency}`;
}

function targetKey(target: Target): string {
  if (target.kind === 'coin') return `coin:${target.id}`;
  return target.kind === 'subnet' ? `subnet:${target.netuid}:${target.registeredAt}` : 'network';
}

/** @param missed crossings that nobody was told of in time */
export function viewOf(row: AlertRow, missed = 0): AlertView {
  return {
    ...specOf(row),
    id: row.id,
    status: row.status,
    channel: personOf(row.channel) === null ? row.channel : null,
    toldAt: row.told_at,
    snoozedUntil: row.snoozed_until,
    expiresAt: row.expires_at,
    missed,
    trouble: row.last_error === null || row.status !== 'stopped' ? null : failureWords(row.last_error, row.id),
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
