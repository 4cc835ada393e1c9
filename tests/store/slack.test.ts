// The inbox and the installations on both engines: one winner among processes, and a locked file holds nobody up.
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createInbox } from '../../src/store/slack/seen-events.ts';
import { createInstallations } from '../../src/store/slack/installations.ts';
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts';

let postgres: TestPostgres;
const folder = mkdtempSync(path.join(tmpdir(), 'taobot-slack-'));
const file = path.join(folder, 'test.db');
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let processes: Database[] = [];
  beforeAll(async () => {
    const url = engine === 'sqlite' ? `sqlite:${file}` : await postgres.fresh();
    for (let i = 0; i < 3; i++) processes.push(await openDatabase(url));
  });
  afterAll(async () => {
    for (const database of processes) await database.close();
    processes = [];
  });
  const first = () => processes[0] as Database;

  it('lets exactly one of three processes handle an event', async () => {
    const inboxes = processes.map((database) => createInbox(database, Date.now));
    for (let event = 0; event < 20; event++) {
      const known = await Promise.all([...inboxes, ...inboxes].map((inbox) => inbox.seen(`event:${event}`)));
      expect(known.filter((before) => !before)).toHaveLength(1);
    }
  });

  it('forgets events after a week', async () => {
    const clock = { now: Date.now() };
    const inbox = createInbox(first(), () => clock.now);
    expect(await inbox.seen('old')).toBe(false);
    clock.now += 6 * 86_400_000;
    expect(await inbox.seen('old')).toBe(true);
    clock.now += 2 * 86_400_000;
    await inbox.seen('other'); // clears up on the way
    expect(await inbox.seen('old')).toBe(false);
  });

  it('keeps installations and what a workspace does not take', async () => {
    const clock = { now: 1_795_000_000_000 };
    const records = createInstallations(first(), () => clock.now);
    await records.store('T1', 'sealed-1');
    await records.store('T1', 'sealed-2');
    expect(await records.fetch('T1')).toEqual({ sealed: 'sealed-2', at: clock.now });
    expect(await records.remove('T1', clock.now - 60_000)).toBe(false); // news from before the installation
    expect(await records.remove('T1', clock.now + 60_000)).toBe(true);
    expect(await records.fetch('T1')).toBeNull();
    expect(await records.flaggedAt('T1', 'plain')).toBeNull();
    await records.setFlag('T1', 'plain', 5);
    await records.setFlag('T1', 'plain', 7);
    expect(await records.flaggedAt('T1', 'plain')).toBe(7);
  });
});

it('waits for a locked file without holding up the process', async () => {
  const database = await openDatabase(`sqlite:${file}`);
  const locker = new DatabaseSync(file);
  locker.exec('BEGIN IMMEDIATE');
  let ticks = 0;
  const timer = setInterval(() => ticks++, 10);
  const answer = createInbox(database, Date.now).seen('while-locked');
  await sleep(600);
  locker.exec('COMMIT');
  locker.close();
  expect(await answer).toBe(false);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(20); // SQLite's own waiting would have let none through
  await database.close();
});
