// What one reading means for one alert: nothing, a new memory, or a crossing to be told or noted as missed. Pure.
import { DAY, HOUR, MINUTE } from '../../base/clock.ts';
import { deliveryRow } from '../../delivery/port.ts';
import type { AlertStep } from '../../store/alerts/alerts.ts';
import { ALERT_KIND } from '../alert-row.ts';
import { type Condition, type Memory, step } from './condition.ts';
import { type Observation, valueFor } from './observations.ts';
import type { Watched } from '../watched-alerts.ts';

export type Change = { alert: Watched; memory: Memory; crossing: { value: number; at: number } | null };

/** A crossing older than this is not told any more, only noted as missed. */
export const LATE_MS = 15 * MINUTE;
/** Least time between two tellings of an alert that repeats. */
const COOL_DOWN_MS = { once: 0, daily: DAY, always: HOUR } as const;
/** Alerts go before digests (1). */
const ALERT_PRIORITY = 0;

/** Null when the reading changes nothing. While an alert may not be told, it stays armed: what still holds then is told then. */
export function changeOf(alert: Watched, observation: Observation, now: number): Change | null {
  const { condition, memory } = alert;
  const value = valueFor(condition, observation);
  if (value === null) return null;
  const next = step(condition, memory, value, observation.high);
  if (next.crossed)
    return mayTell(alert, now) ? { alert, memory: next.memory, crossing: { value, at: observation.at } } : null;
  return next.memory === memory ? null : { alert, memory: next.memory, crossing: null };
}

function mayTell({ repeat, expiresAt, snoozedUntil, crossedAt, toldAt }: Watched, now: number): boolean {
  if (expiresAt <= now || (snoozedUntil ?? 0) > now) return false;
  // A message on its way counts until it is late; only a delivered one begins the time between two tellings.
  const onItsWay = crossedAt !== null && (toldAt === null || toldAt < crossedAt) && now - crossedAt < LATE_MS;
  return !onItsWay && (toldAt === null || now - toldAt >= COOL_DOWN_MS[repeat]);
}

/** What is written of a change; a crossing with the message that tells it. */
export function stepOf({ alert, memory, crossing }: Change, now: number): AlertStep {
  const { id, platform, tenant, channel, crossings, repeat } = alert;
  const base = { memory: JSON.stringify(memory) };
  if (crossing === null) return { row: alert, patch: base };
  const occurrence = `c${crossings + 1}`;
  const missed = now - crossing.at > LATE_MS;
  const event = {
    id: `${id}:${occurrence}`,
    alert_id: id,
    occurrence,
    kind: missed ? 'missed' : 'crossed',
    at: crossing.at,
    value: String(crossing.value),
  } as const;
  const counted = { ...base, crossings: crossings + 1 };
  if (missed) return { row: alert, patch: counted, event };
  const delivery = deliveryRow({
    kind: ALERT_KIND,
    ownerId: id,
    occurrence,
    platform,
    tenant,
    channel,
    dueAt: now,
    expiresAt: crossing.at + LATE_MS,
    priority: ALERT_PRIORITY,
  });
  const done = repeat === 'once' ? ({ status: 'done' } as const) : {};
  return { row: alert, patch: { ...counted, crossed_at: now, ...done }, event, delivery };
}

export function isAboutPrice({ kind }: Condition): boolean {
  return kind === 'above' || kind === 'below';
}
