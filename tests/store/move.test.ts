// From SQLite to PostgreSQL: everything comes along, a move that broke off goes on, and nothing is posted from both.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { AppError } from '../../src/base/errors.ts';
import { highWaterFile } from '../../src/delivery/restore-guard.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createDeliveries } from '../../src/store/delivery/deliveries.ts';
import { takeForCommand } from '../../src/store/engine/in-use.ts';
import { createLeases } from '../../src/store/delivery/leases.ts';
import { closedBecause } from '../../src/store/move.ts';
import { move } from '../../src/wiring/operator/move.ts';
import { openVirtual, type Virtual } from '../digests/virtual.ts';
import { sqliteFile } from '../delivery/stage.ts';
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts';
import { contents, fill } from './every-table.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const daily = { local_time: '09:00', next_at: NINE, after_at: NINE - HOUR };

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres.stop());
let closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  closing = [];
});

/** A SQLite file, an empty PostgreSQL database, and the command. */
async function place() {
  const { url, file, remove } = sqliteFile();
  closing.push(remove);
  const target = await postgres.fresh();
  closing.push(() => rmSync(highWaterFile(target) ?? '', { force: true }));
  const said: string[] = [];
  const run = (...words: string[]) =>
    move({ databaseUrl: url, words, now: () => NINE, write: (text) => void said.push(text) });
  const opened = async (which: string): Promise<Database> => {
    const database = await openDatabase(which);
    closing.push(() => database.close());
    return database;
  };
  return { url, file, target, run, said, opened };
}

/** What an operator reads when a move is refused. */
async function refusal(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'not refused',
    (error: unknown) => (error instanceof AppError ? error.message : 'not an AppError'),
  );
}

describe('npm run move', () => {
  it('brings every row of every table, closes the source, opens the target; again it changes nothing', async () => {
    const { url, file, target, run, said, opened } = await place();
    await fill(url, file, 1201);
    expect(await run(target)).toBe(0);
    const [source, moved] = [await opened(url), await opened(target)];
    const there = await contents(moved);
    expect(there).toEqual(await contents(source));
    expect(Object.values(there).filter((rows) => rows.length === 0)).toEqual([]);
    expect(await closedBecause(moved)).toBeNull();
    expect(await closedBecause(source)).toContain('moved to the PostgreSQL database 127.0.0.1/');
    expect(await run(target)).toBe(0);
    expect(await contents(moved)).toEqual(there);
    expect(said.join('')).not.toContain('postgres:test');
  });

  it.each(['alert', 'gap', 'meta', 'subscription'])(
    'broken off in the table %s: both are closed, and the same again goes on there',
    async (table) => {
      const { url, file, target, run, opened } = await place();
      await fill(url, file, 701);
      const moved = await opened(target);
      await sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF (SELECT count(*) FROM ${sql.table(table)}) >= 500 THEN RAISE 'no more'; END IF; RETURN NEW; END $$`.execute(
        moved.sql,
      );
      await sql`CREATE TRIGGER refuse BEFORE INSERT ON ${sql.table(table)} FOR EACH ROW EXECUTE FUNCTION refuse()`.execute(
        moved.sql,
      );
      expect(await refusal(run(target))).toMatch(/broke off.*no more.*same again.*undo/);
      expect(await closedBecause(moved)).toContain('not complete');
      const source = await opened(url);
      expect(await closedBecause(source)).not.toBeNull();
      await sql`DROP TRIGGER refuse ON ${sql.table(table)}`.execute(moved.sql);
      expect(await run(target)).toBe(0);
      expect(await contents(moved)).toEqual(await contents(source));
      expect(await closedBecause(moved)).toBeNull();
    },
  );

  it('refuses a target that holds anything, and leaves the source open', async () => {
    const { url, target, run, opened } = await place();
    const source = await opened(url);
    const used = await opened(target);
    await used.sql.insertInto('credit').values({ source: 'coingecko', day: '2026-11-23', calls: 1 }).execute();
    expect(await refusal(run(target))).toMatch(/holds data already/);
    expect(await closedBecause(source)).toBeNull();
  });

  it('refuses a second target until the first is given up, and the first after that', async () => {
    const { url, target, run, opened } = await place();
    const source = await opened(url);
    expect(await run(target)).toBe(0);
    expect(await refusal(run(await postgres.fresh()))).toMatch(/moved to the PostgreSQL database/);
    expect(await run('undo')).toBe(0);
    expect(await closedBecause(source)).toBeNull();
    expect(await refusal(run(target))).toMatch(/holds data already/);
  });

  it('refuses while a bot runs that posts nothing, which would write on; a bot that starts meanwhile waits', async () => {
    const { url, file, target, run } = await place();
    const running = await openDatabase(url, { forBot: true });
    const beside = await openDatabase(url, { forBot: true });
    await running.close();
    expect(await refusal(run(target))).toMatch(/running on this database/);
    await beside.close();
    const command = takeForCommand(file);
    await expect(openDatabase(url, { forBot: true })).rejects.toMatchObject({ code: 'database-away' });
    command?.close();
    expect(await run(target)).toBe(0);
  });

  it('refuses while the bot runs, and words that are no address', async () => {
    const { url, target, run, opened } = await place();
    const leases = createLeases(await opened(url), () => NINE);
    await leases.take('discord', 'bot', MINUTE);
    expect(await refusal(run(target))).toMatch(/running on this database/);
    leases.close();
    expect(await refusal(run('mysql://x'))).toMatch(/Usage/);
    expect(await refusal(run('postgres://:@:not a port/x'))).toMatch(/Usage/);
    expect(await refusal(run())).toMatch(/Usage/);
  });
});

describe('what was posted before a move', () => {
  async function virtual(url: string): Promise<Virtual> {
    return await openVirtual({ url });
  }

  it('is not posted after it, and the next day is', async () => {
    const { url, target, run } = await place();
    const before = await virtual(url);
    for (let index = 0; index < 10; index++) await before.add(index, daily);
    await before.at(NINE + 5000);
    expect(before.platform.posts).toHaveLength(10);
    await before.close();
    expect(await run(target)).toBe(0);
    expect(Number(readFileSync(highWaterFile(target) ?? '', 'utf8'))).toBeGreaterThanOrEqual(NINE);
    const after = await virtual(target);
    closing.push(() => after.close());
    await after.at(NINE + 10 * MINUTE);
    expect(after.platform.posts).toHaveLength(0);
    await after.at(NINE + DAY + MINUTE);
    expect(after.platform.posts).toHaveLength(10);
  });

  it('is marked beside the target before the target is open: a bot may start there although this command was killed', async () => {
    const { url, target, run, opened } = await place();
    const before = await virtual(url);
    await before.add(0, daily);
    await before.at(NINE + 5000);
    await before.close();
    const moved = await opened(target);
    await sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'killed'; END $$`.execute(
      moved.sql,
    );
    await sql`CREATE TRIGGER refuse BEFORE DELETE ON meta FOR EACH ROW EXECUTE FUNCTION refuse()`.execute(moved.sql);
    expect(await refusal(run(target))).toMatch(/broke off: killed/);
    expect(await contents(moved)).toEqual(await contents(await opened(url))); // all but the opening is done
    expect(Number(readFileSync(highWaterFile(target) ?? '', 'utf8'))).toBeGreaterThanOrEqual(NINE);
    await sql`DROP TRIGGER refuse ON meta`.execute(moved.sql);
    expect(await run(target)).toBe(0);
    expect(await closedBecause(moved)).toBeNull();
  });

  it('a post under way when the process was killed is known as perhaps sent, under the fence of its sender', async () => {
    const { url, file, target, run, opened } = await place();
    const before = await virtual(url);
    for (let index = 0; index < 2; index++) await before.add(index, daily);
    await before.at(NINE + 5000);
    await before.close();
    const killed = new DatabaseSync(file);
    killed.exec(
      `UPDATE delivery SET state = 'sending', not_before = ${NINE}, doubt = 1, fence = 1, lease_owner = 'killed', message_id = NULL`,
    );
    killed.exec(
      `DELETE FROM lease; INSERT INTO lease (name, owner, until, fence) VALUES ('discord', 'killed', ${NINE}, 1)`,
    );
    killed.close();
    expect(await run(target)).toBe(0);
    const moved = await opened(target);
    const lease = await createLeases(moved, () => NINE + MINUTE).take('discord', 'new', MINUTE);
    if (lease === null) throw new Error('the lease is not free');
    expect(lease.fence).toBe(2);
    expect(await createDeliveries(moved).recover(lease, 'discord', NINE + MINUTE)).toBe(2);
    const rows = await moved.sql.selectFrom('delivery').select(['state', 'doubt']).execute();
    expect(rows).toEqual([
      { state: 'ambiguous', doubt: 1 },
      { state: 'ambiguous', doubt: 1 },
    ]);
  });
});
