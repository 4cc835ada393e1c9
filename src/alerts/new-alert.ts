// From a wish to the row of a new alert: from which side the price comes, what it begins with, and how long it lives.
import { DAY, HOUR } from '../base/clock.ts';
import { directTarget } from '../base/direct-target.ts';
import { UserError } from '../base/errors.ts';
import { drawnId, type Random } from '../base/hash.ts';
import type { AlertRow } from '../store/alerts/alerts.ts';
import { newRow } from './alert-row.ts';
import type { AlertWish, Asker } from './alerts.ts';
import { type Condition, firstMemory, type Memory } from './condition/condition.ts';
import { type Observation, valueFor } from './condition/observations.ts';
import type { AlertSpec } from './stored-spec.ts';

/** Longest life of an alert, in days. */
export const MOST_DAYS = 365;
/** The coming end of an alert is said this long before. */
export const WARNING_MS = 3 * DAY;
const ID_LENGTH = 8;
/** Messages can go to all platforms but the web page, which has nobody to tell. */
const NOBODY_TO_TELL = 'web';

/** @throws UserError when it depends on the present price and there is none */
export function specOfWish(wish: AlertWish, seen: Observation | null): AlertSpec {
  const { target, label, currency, condition, repeat, locale } = wish;
  const base = { target, label, currency, repeat, locale };
  if (condition.kind !== 'reaches') return { ...base, condition };
  const price = seen?.price ?? null;
  if (price === null)
    throw new UserError(
      'no-price',
      `I have no present price of ${label}, so I cannot tell from which side. Say "above ${condition.price}" or "below ${condition.price}".`,
    );
  return { ...base, condition: { kind: price < condition.price ? 'above' : 'below', price: condition.price } };
}

/** What it begins with at the present reading (null: there is none). */
export function memoryAt(condition: Condition, seen: Observation | null): Memory {
  return firstMemory(condition, seen === null ? null : valueFor(condition, seen), seen?.high);
}

/** @throws UserError where nobody could be told, or for a life that none has */
export function rowOf(
  spec: AlertSpec,
  memory: Memory,
  wish: AlertWish,
  asker: Asker,
  { now, random }: { now: number; random: Random },
): AlertRow {
  if (asker.platform === NOBODY_TO_TELL)
    throw new UserError(
      'nobody-to-tell',
      'Alerts need somebody to tell: create one in Discord, Slack or the terminal.',
    );
  if (!Number.isFinite(wish.days) || wish.days < HOUR / DAY || wish.days > MOST_DAYS)
    throw new UserError('bad-expiry', `An alert lives between an hour and ${MOST_DAYS} days. Try 30.`);
  const row = {
    id: drawnId(ID_LENGTH, random),
    platform: asker.platform,
    tenant: asker.tenant,
    channel: wish.channel ?? directTarget(asker.userId),
    made_in: asker.channel,
    owner: asker.userId,
    spec: JSON.stringify(spec),
    memory: JSON.stringify(memory),
    expires_at: now + wish.days * DAY,
    warned: wish.days * DAY <= WARNING_MS ? 1 : 0, // a short life is no surprise
  };
  return newRow(row, now);
}
