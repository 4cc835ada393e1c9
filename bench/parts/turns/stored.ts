// A database in which much is stored: digests and alerts of many, a hundred of each of one person, and rows that are old enough to be removed.
import { DAY, MINUTE } from '../../../src/base/clock.ts';
import { QUOTE_KEYS } from '../../../src/base/memory.ts';
import { zoneDataVersion } from '../../../src/digests/schedule/tzdata-check.ts';
import { coinWorld } from '../../../src/sample/coin-world/coin-world.ts';
import type { Database } from '../../../src/store/database.ts';
import type { DeliveryRow } from '../../../src/store/delivery/tables.ts';
import type { Tables } from '../../../src/store/tables.ts';
import { subscription } from '../../../tests/delivery/stage.ts';
import { CHANNEL, GUILD, USER } from '../../../tests/fakes/discord/events.ts';
import { alertRow } from '../alerts/row.ts';

const ROWS_PER_INSERT = 500;
/** How many of one person, in one server. */
const OWN = 100;
const ALERT_COINS = 500;
/** Older than anything that is kept: a year. */
const OLD_MS = 365 * DAY;
/** A price that no coin reaches. */
const NEVER = 1e12;

export async function storeWishes(database: Database, digests: number, alerts: number): Promise<void> {
  const now = Date.now();
  const later = { next_at: now + 600 * MINUTE, after_at: now, zone_data: zoneDataVersion() };
  const own = (index: number) =>
    index < OWN ? { tenant: GUILD, owner: USER, channel: String(BigInt(CHANNEL) + BigInt(index >> 2)) } : {};
  await insert(database, 'subscription', digests, (index) => subscription(index, now, { ...later, ...own(index) }));
  const ids = coinWorld()
    .slice(0, ALERT_COINS)
    .map(({ id }) => id);
  await insert(database, 'alert', alerts, (index) => ({
    ...alertRow(index, {
      coin: ids[index % ids.length] ?? '',
      price: NEVER,
      channel: index < OWN ? CHANNEL : `c${index}`,
      createdAt: now - DAY,
    }),
    ...(index < OWN ? { tenant: GUILD, owner: USER } : {}),
  }));
}

/** `rows` of each kind that the clean-up of `now` (epoch ms) removes. */
export async function storeOldRows(database: Database, rows: number, now: number): Promise<void> {
  const at = now - OLD_MS;
  await insert(database, 'gap', rows, (index) => ({
    tenant: 't',
    question: `words of question ${index}`,
    count: 1,
    last_at: at,
  }));
  await insert(database, 'shown_list', rows, (index) => ({ viewer: `v${index}`, ids: '["a","b"]', at }));
  await insert(database, 'quote', rows, (index) => ({
    key: `${QUOTE_KEYS}coin-${index}:usd`,
    json: JSON.stringify({ price: index, history: 'x'.repeat(600) }),
    at,
  }));
  await insert(database, 'inbox', rows, (index) => ({ key: `discord:${index}`, at }));
  await insert(database, 'alert', rows, (index) => ({
    ...alertRow(index, { coin: 'bitcoin', price: NEVER, channel: 'c1', createdAt: at }),
    id: `old${index}`,
    status: 'done' as const,
    changed_at: at,
  }));
  await insert(database, 'alert_event', rows, (index) => ({
    id: `e${index}`,
    alert_id: `old${index}`,
    occurrence: `o${index}`,
    kind: 'told' as const,
    at,
    value: '1',
  }));
  await insert(database, 'delivery', rows, (index) => oldDelivery(index, at));
  await insert(database, 'body', rows, (index) => ({ id: `b${index}`, json: 'x'.repeat(600), at }));
}

/** Half of digests that stay, half of alerts that go. */
function oldDelivery(index: number, at: number): DeliveryRow {
  return {
    id: `d${index}`,
    subscription_id: index % 2 === 0 ? `s${index}` : `old${index}`,
    occurrence: `o${index}`,
    kind: 'digest',
    platform: 'discord',
    tenant: 't',
    channel: index % 4 === 0 ? `user:u${index}` : 'c1',
    due_at: at,
    not_before: null,
    expires_at: at,
    late: 0,
    state: 'sent',
    attempt: 1,
    resent: 0,
    doubt: 0,
    first_attempt_at: at,
    lease_owner: null,
    lease_until: null,
    fence: 1,
    priority: 0,
    shuffle: 0,
    body_id: `b${index}`,
    message_id: '1',
    removes: null,
    reason: null,
    settled_at: at,
  };
}

async function insert(
  { sql }: Database,
  table: keyof Tables,
  count: number,
  row: (index: number) => object,
): Promise<void> {
  for (let from = 0; from < count; from += ROWS_PER_INSERT)
    await sql
      .insertInto(table)
      .values(
        Array.from(
          { length: Math.min(ROWS_PER_INSERT, count - from) },
          (_, index): never => row(from + index) as never,
        ),
      )
      .execute();
}
