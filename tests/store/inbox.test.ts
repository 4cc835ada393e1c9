// Events that arrive together are marked together: a write to the disk for each would be most of what a command costs.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { DAY, HOUR } from '../../src/base/clock.ts';
import { createInbox } from '../../src/store/inbox/inbox.ts';
import { createLife } from '../simulation/host/life.ts';
import { settled } from '../fakes/clock.ts';
import { lifeDatabase } from '../simulation/host/life-database.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'taobot-inbox-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'inbox.db');

let database: Database;
beforeEach(async () => {
  database = await openDatabase(`sqlite:${file}`);
});
afterEach(() => database.close());

it('writes the events of one moment a few times, not once for each', async () => {
  const inbox = createInbox(database, Date.now);
  await inbox.seen('first');
  const before = statSync(`${file}-wal`).size;
  const known = await Promise.all(Array.from({ length: 96 }, (_, event) => inbox.seen(`event:${event}`)));
  expect(known.filter(Boolean)).toEqual([]);
  const pages = (statSync(`${file}-wal`).size - before) / 4096;
  expect(pages).toBeLessThan(40); // one commit; one for each event would be more than a hundred
});

it('events that come while a write is under way share the next one', async () => {
  const held: (() => void)[] = [];
  const life = createLife(() => undefined);
  const hold = { ...life, pass: () => new Promise<void>((resolve) => void held.push(resolve)) };
  const slow = lifeDatabase(database, hold, { faulty: () => false, ran: () => undefined });
  const inbox = createInbox(slow, Date.now);
  const asked = [inbox.seen('one')];
  for (let event = 0; event < 40; event++) {
    await settled();
    asked.push(inbox.seen(`later:${event}`), inbox.seen(`later:${event}`));
  }
  expect(held).toHaveLength(1);
  held[0]?.();
  await asked[0];
  await settled();
  expect(held).toHaveLength(2);
  held[1]?.();
  const known = await Promise.all(asked);
  expect(known.filter(Boolean)).toHaveLength(40); // the second of each pair
});

it('marks whose answer is lost are unknown, not marks of somebody else: no event is taken for a repetition of itself', async () => {
  let lost = 0;
  const faulty = (point: 'before' | 'after') => point === 'after' && lost++ === 0;
  const life = createLife(() => undefined);
  const inbox = createInbox(lifeDatabase(database, life, { faulty, ran: () => undefined }), Date.now);
  const asked = await Promise.allSettled([inbox.seen('a'), inbox.seen('b')]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await Promise.all([inbox.seen('b'), inbox.seen('c')])).toEqual([true, false]);
});

it('a clock that leaps ahead for a moment takes no mark along: an event that comes again is known', async () => {
  const clock = { now: Date.parse('2026-11-23T09:00:00Z') };
  const inbox = createInbox(database, () => clock.now);
  expect(await inbox.seen('leapt')).toBe(false);
  clock.now += 14 * 365 * DAY;
  await inbox.seen('in 2040');
  clock.now -= 14 * 365 * DAY;
  expect(await inbox.seen('leapt')).toBe(true);
  clock.now += 8 * DAY; // quiet for a week: removed by the second event an hour apart
  await inbox.seen('later');
  clock.now += 2 * HOUR;
  await inbox.seen('and later');
  expect(await inbox.seen('leapt')).toBe(false);
});
