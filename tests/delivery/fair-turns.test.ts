// Many tenants due in one minute: a bounded number at once, a bounded share of each turn of the event loop, and everybody is served once.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Kysely } from 'kysely';
import { expect, it } from 'vitest';
import type { Bot } from '../../src/bots/bot.ts';
import { SLACK_SEND_RULES } from '../../src/bots/slack/send-rules.ts';
import type { Database } from '../../src/store/database.ts';
import { openSqlite } from '../../src/store/engine/sqlite.ts';
import { retryingSqlite } from '../../src/store/engine/retrying-sqlite.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Tables } from '../../src/store/tables.ts';
import { createTestEngine } from '../fakes/digest-engine.ts';
import { createFakeBot } from '../fakes/platform.ts';
import { subscription } from './stage.ts';

/** What a turn of the event loop takes here, about. */
const TURN_MS = 2;
const NINE = Date.parse('2026-11-23T09:00:30Z');

/** A database in memory that counts its statements: per turn of the event loop, and those whose text matches. */
async function countedDatabase(): Promise<{
  database: Database;
  most: () => number;
  ran: (pattern: RegExp) => number;
  end: () => void;
}> {
  const file = openSqlite(':memory:');
  let inTurn = 0;
  let most = 0;
  let ended = false;
  const turn = (): void => {
    most = Math.max(most, inTurn);
    inTurn = 0;
    if (!ended) setImmediate(turn);
  };
  const texts: string[] = [];
  const counted = { ...file, prepare: (text: string) => (inTurn++, texts.push(text), file.prepare(text)) };
  const sql = new Kysely<Tables>({ dialect: retryingSqlite(() => counted) });
  await migrate(sql);
  turn();
  most = 0;
  return {
    database: { sql, engine: 'sqlite', close: () => sql.destroy() },
    most: () => most,
    ran: (pattern) => texts.filter((text) => pattern.test(text)).length,
    end: () => void (ended = true),
  };
}

/** Waits for turns of the event loop, not for a clock: what is gathered meanwhile does not depend on how fast the machine is. */
async function turns(ms: number): Promise<void> {
  for (let left = Math.min(ms, 60_000) / TURN_MS; left > 0; left--) await nextTurn();
}

it.each([
  { loop: 'with time to spare', use: 0.2, tenants: 1000, open: 64, shared: 4 },
  { loop: 'that is busy', use: 0.95, tenants: 300, open: 16, shared: 2 },
])(
  '$tenants workspaces, a loop $loop: no turn has more than its share of statements, $open are open at once, and they share writes',
  async ({ use, tenants, open: places, shared }) => {
    const { database, most, ran, end } = await countedDatabase();
    const posted: string[] = [];
    const open = new Set<string>();
    let widest = 0;
    const quiet = createFakeBot({ name: 'slack', origin: 'http://127.0.0.1:9' });
    const bot: Bot = {
      ...quiet,
      sendRules: { ...SLACK_SEND_RULES, perSecond: null, channelGapMs: 0 },
      async post({ tenant }, _body, _key, mayLeave) {
        open.add(tenant);
        widest = Math.max(widest, open.size);
        await new Promise((resolve) => setImmediate(resolve));
        open.delete(tenant);
        if (mayLeave?.() !== true) return { kind: 'not-sent', code: 'not-left' };
        posted.push(tenant);
        return { kind: 'sent', messageId: tenant };
      },
    };
    const rows = Array.from({ length: tenants }, (_, index) =>
      subscription(index, NINE, { platform: 'slack', tenant: `T${index}` }),
    );
    for (let from = 0; from < tenants; from += 250)
      await database.sql
        .insertInto('subscription')
        .values(rows.slice(from, from + 250))
        .execute();
    const engine = createTestEngine({
      database,
      bots: new Map([['slack', bot]]),
      render: () => Promise.resolve({ kind: 'digest', outcome: 'ok', tone: 'info', title: 'digest', blocks: [] }),
      now: () => NINE,
      monotonic: () => NINE,
      loopUse: () => () => use,
      sleep: turns,
    });
    await engine.tick();
    await engine.settled();
    end();
    expect(posted.length).toBe(tenants);
    expect(new Set(posted).size).toBe(tenants);
    expect(widest).toBeLessThanOrEqual(places);
    expect(widest).toBeGreaterThan(places / 2);
    expect(most()).toBeGreaterThan(0);
    expect(most()).toBeLessThanOrEqual(32); // sixteen a turn; what a turn began may end in the next one
    // Each of these waits for the disk or reads all that is due: they are few, however many tenants there are.
    expect(ran(/^update "delivery" set "state" = \?, "lease_owner"/)).toBeLessThan(tenants / shared);
    expect(ran(/INTO meta/)).toBeLessThan(tenants / 8);
    expect(ran(/^select "tenant" from "delivery"/)).toBeLessThan(tenants / 50);
    await engine.stop();
    await database.close();
  },
);
