// The tables of alerts: what each waits for and remembers, what happened to it, and how far the prices were looked at.
import { type Kysely, sql } from 'kysely';
import { type Column, count, createTable, moment, optional, text } from '../columns.ts';

/** `done`: told once, as wished; `expired`: its time is over; `stopped`: it could not be delivered; people read "paused". */
export type AlertStatus = 'active' | 'paused' | 'done' | 'expired' | 'stopped';

/**
 * `channel`: where it tells, "user:<id>" for a direct message; `made_in`: the channel in which it was made. `spec`: JSON of the wish;
 * `memory`: JSON of what the rule remembers. `version` grows with each change, so that two processes never act on the same one. `crossings`
 * counts what was to be told. `warned`: 1 once the coming end was said. `told`: 0 while the owner has not seen why it stopped.
 */
export type AlertRow = {
  id: string;
  platform: string;
  tenant: string;
  channel: string;
  made_in: string;
  owner: string;
  spec: string;
  memory: string;
  status: AlertStatus;
  version: number;
  crossings: number;
  crossed_at: number | null;
  told_at: number | null;
  snoozed_until: number | null;
  expires_at: number;
  warned: number;
  fail_streak: number;
  last_error: string | null;
  told: number;
  changed_at: number;
  created_at: number;
};

/** `occurrence`: the crossing's name in the ledger of deliveries. `value`: decimal text of what was read, null where there is none. */
export type AlertEventRow = {
  id: string;
  alert_id: string;
  occurrence: string | null;
  kind: 'crossed' | 'told' | 'missed' | 'failed';
  at: number;
  value: string | null;
};

/** What was last believed of a target: the source's own time, and JSON of the price with its source. */
export type AlertMarkRow = { target: string; at: number; json: string };

/**
 * Done, expired or stopped. The condition of an index, so that whoever means it to be used says it in these words; named by the states that are
 * left, because SQLite would take the index by state otherwise.
 */
export const IS_CLOSED = sql<boolean>`status NOT IN ('active', 'paused')`;

const ALERT: readonly Column[] = [
  ...['id', 'platform', 'tenant', 'channel', 'made_in', 'owner', 'spec', 'memory', 'status'].map(text),
  ...['version', 'crossings'].map(count),
  ...['crossed_at', 'told_at', 'snoozed_until'].map(moment).map(optional),
  moment('expires_at'),
  ...['warned', 'fail_streak'].map(count),
  optional(text('last_error')),
  count('told'),
  moment('changed_at'),
  moment('created_at'),
];

const EVENT: readonly Column[] = [
  ...['id', 'alert_id'].map(text),
  optional(text('occurrence')),
  text('kind'),
  moment('at'),
  optional(text('value')),
];

export const alertsMigration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createTable(db, 'alert', ALERT);
    await createTable(db, 'alert_event', EVENT);
    await createTable(db, 'alert_mark', [text('target'), moment('at'), text('json')]);
    const index = (name: string, table: string) => db.schema.createIndex(name).on(table);
    await index('alert_changed', 'alert').column('changed_at').execute();
    await index('alert_owner', 'alert').columns(['platform', 'tenant', 'owner']).execute();
    await index('alert_place', 'alert').columns(['platform', 'tenant', 'channel']).execute();
    await index('alert_expiry', 'alert').columns(['status', 'expires_at']).execute();
    await index('alert_events', 'alert_event').columns(['alert_id', 'at']).execute();
    await index('alert_event_age', 'alert_event').column('at').execute();
  },
};
