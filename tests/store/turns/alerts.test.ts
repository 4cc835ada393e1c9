// Alerts by the ten thousand: what is read or put right of all of them takes turns, and what is asked of few finds them by an index.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alertRow } from '../../../bench/parts/alerts/row.ts';
import { createAlerts } from '../../../src/alerts/engine.ts';
import { DAY } from '../../../src/base/clock.ts';
import { createAlertStore } from '../../../src/store/alerts/alerts.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { createPersonalData } from '../../../src/store/privacy/personal-data.ts';
import { createLog } from '../../../src/base/log.ts';
import { turnsDuring } from '../../base/turns-during.ts';
import { listenTo } from './listen.ts';

const NOW = Date.parse('2026-11-22T08:00:00Z');
const ROWS = 1200;
/** 500 rows in one statement, each in a turn of its own. */
const LEAST_TURNS = 3;

let database: Database;
beforeEach(async () => {
  database = await openDatabase('sqlite::memory:');
});
afterEach(() => database.close());

async function fill(createdAt: number): Promise<void> {
  const one = (index: number) => alertRow(index, { coin: 'bittensor', price: 300, channel: 'c1', createdAt });
  const rows = Array.from({ length: ROWS }, (_, index) => one(index));
  for (let from = 0; from < ROWS; from += 500)
    await database.sql
      .insertInto('alert')
      .values(rows.slice(from, from + 500))
      .execute();
}

it.each([
  ['that lie ahead', NOW + DAY],
  ['of which none lies ahead', NOW - DAY],
])('after a clock went back, alerts %s are looked at some at a time', async (_what, createdAt) => {
  await fill(createdAt);
  const listening = listenTo(database);
  const store = createAlertStore(listening.database);
  const back = { kind: 'alert', now: NOW, latest: NOW + 365 * DAY };
  expect(await turnsDuring(() => store.clockWentBack(back))).toBeGreaterThanOrEqual(LEAST_TURNS);
  const looks = listening.statements().filter((statement) => statement.includes('CASE WHEN changed_at'));
  expect(looks).toHaveLength(LEAST_TURNS);
  const { created_at: made } = (await store.get('a0001199')) ?? {};
  expect(made).toBe(Math.min(createdAt, NOW));
  const ahead = database.sql.selectFrom('alert').select('id').where('changed_at', '>', NOW);
  expect(await ahead.execute()).toEqual([]);
});

it('what was last believed of many targets is read in pages', async () => {
  await fill(NOW - DAY);
  const mark = (index: number) => ({ target: `coin:c${index}:usd`, at: NOW, json: '{"price":1,"source":"coingecko"}' });
  for (let from = 0; from < ROWS; from += 300)
    await database.sql
      .insertInto('alert_mark')
      .values(Array.from({ length: 300 }, (_, index) => mark(from + index)))
      .execute();
  const listening = listenTo(database);
  const nothing = () => Promise.resolve(new Map<string, never>());
  const room = createAlerts({
    database: listening.database,
    sources: { coins: nothing, subnets: nothing } as never,
    pastPrices: () => Promise.resolve([]),
    now: () => NOW,
    log: createLog({ level: 'silent', secrets: [], write: () => undefined }),
  });
  await room.look();
  const pages = listening.statements().filter((statement) => statement.includes('"alert_mark"'));
  expect(pages).toHaveLength(LEAST_TURNS);
  const all = await createAlertStore(database).marks('', 2 * ROWS);
  expect(new Set(all.map(({ target }) => target)).size).toBe(ROWS);
});

it('changes are read from the earliest on, each once, also of one moment', async () => {
  await fill(NOW);
  await database.sql
    .updateTable('alert')
    .set({ changed_at: NOW + 5 })
    .where('id', '<', 'a0000010')
    .execute();
  const store = createAlertStore(database);
  const seen: string[] = [];
  for (let [since, afterId] = [NOW, '']; ;) {
    const page = await store.changedSince(since, afterId, 50);
    seen.push(...page.map(({ id }) => id));
    const last = page.at(-1);
    if (last === undefined) break;
    [since, afterId] = [last.changed_at, last.id];
  }
  expect([seen.length, new Set(seen).size]).toEqual([ROWS, ROWS]);
  expect(seen.at(-1)).toBe('a0000009');
});

it.each<[string, string[], (store: Database) => Promise<unknown>]>([
  [
    'changes since the last look',
    ['alert_changed ((changed_at,id)>(?,?))'],
    (store) => createAlertStore(store).changedSince(NOW, '', 50),
  ],
  ['alerts that are over', ['alert_closed', 'alert_event_age'], (store) => createAlertStore(store).purge(NOW, NOW)],
  ['events of one kind', ['alert_event_kind'], (store) => createAlertStore(store).countEvents()],
  [
    'alerts of a person, and messages to them',
    ['alert_owner (platform=? AND owner=?)', 'delivery_direct'],
    (store) => createPersonalData(store).of({ platform: 'discord', tenant: '-', userId: 'u1' }),
  ],
])('%s are found by an index', async (_what, indexes, ask) => {
  const listening = listenTo(database);
  await ask(listening.database);
  const plans = (await listening.plans()).join('\n');
  for (const index of indexes) expect(plans).toContain(index);
  expect(plans).not.toMatch(/SCAN (?:alert|alert_event|delivery)\b(?! USING)/);
  expect(plans).not.toContain('TEMP B-TREE FOR GROUP BY');
});
