// A disk that takes a tenth of a second for every sync: nothing is done before it is on the disk, and nobody waits behind the line of another.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Bot } from '../../../src/bots/bot.ts';
import { SLACK_SEND_RULES } from '../../../src/bots/slack/send-rules.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { createInbox } from '../../../src/store/inbox/inbox.ts';
import { createTestEngine } from '../../fakes/digest-engine.ts';
import { createFakeBot } from '../../fakes/platform.ts';
import { createTestClock, settled } from '../../fakes/clock.ts';
import { subscription } from '../../delivery/stage.ts';

const NINE = Date.parse('2026-11-23T09:00:30Z');
const folder = mkdtempSync(path.join(tmpdir(), 'taobot-slow-disk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const row = (key: string) => ({ key, value: 'x' });

it('a write is done when a sync that began after it has ended, and all that came meanwhile share the next one', async () => {
  const syncs: PromiseWithResolvers<void>[] = [];
  const sync = async (): Promise<void> => {
    const one = Promise.withResolvers<void>();
    if (began) syncs.push(one);
    else one.resolve();
    await one.promise;
  };
  let began = false;
  const database = await openDatabase(`sqlite:${path.join(folder, 'shared.db')}`, { sync });
  began = true;
  const done: string[] = [];
  const write = (key: string) =>
    database.sql.insertInto('meta').values(row(key)).execute().then(() => done.push(key)); // prettier-ignore
  void write('first');
  await settled();
  const later = ['second', 'third'].map(write);
  const transaction = database.sql
    .transaction()
    .execute(async (open) => void (await open.insertInto('meta').values(row('fourth')).execute()))
    .then(() => done.push('fourth'));
  await settled();
  expect([done, syncs.length]).toEqual([[], 1]);
  const read = await database.sql.selectFrom('meta').select('key').where('key', 'in', ['first', 'fourth']).execute();
  expect(read).toHaveLength(2); // reading waits for no disk
  syncs[0]?.resolve();
  await settled();
  expect([done, syncs.length]).toEqual([['first'], 2]);
  syncs[1]?.resolve();
  await Promise.all([...later, transaction]);
  expect(done).toHaveLength(4);
  expect(syncs).toHaveLength(2);
  await database.close();
});

it('a power cut at any moment takes no write that was said to be done', async () => {
  const file = path.join(folder, 'power.db');
  const parts = ['', '-wal'];
  const bytes = () => parts.map((part) => readFileSync(`${file}${part}`));
  let onDisk: Buffer[] = [];
  const sync = async (): Promise<void> => {
    const now = bytes();
    await settled(); // others write meanwhile
    onDisk = now;
  };
  const database = await openDatabase(`sqlite:${file}`, { sync });
  const afterPowerCut = (): number => {
    const copy = path.join(folder, 'cut.db');
    rmSync(`${copy}-shm`, { force: true });
    for (const [at, part] of parts.entries()) writeFileSync(`${copy}${part}`, onDisk[at] ?? '');
    const found = new DatabaseSync(copy);
    const count = Number(found.prepare("SELECT count(*) AS n FROM meta WHERE key LIKE 'row%'").get()?.['n']);
    found.close();
    return count;
  };
  let done = 0;
  const lost: number[] = [];
  await Promise.all(
    Array.from({ length: 30 }, async (_, index) => {
      for (let turn = 0; turn < index % 7; turn++) await settled();
      await database.sql.insertInto('meta').values(row(`row${index}`)).execute(); // prettier-ignore
      done++;
      if (afterPowerCut() < done) lost.push(index);
    }),
  );
  expect(lost).toEqual([]);
  await database.close();
});

it('a sync that fails fails its writes; the next one is tried anew', async () => {
  let broken = false;
  const sync = async (): Promise<void> => {
    if (broken) throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
  };
  const database = await openDatabase(`sqlite:${path.join(folder, 'broken.db')}`, { sync });
  broken = true;
  await expect(database.sql.insertInto('meta').values(row('a')).execute()).rejects.toThrow('EIO');
  const inTransaction = database.sql
    .transaction()
    .execute((open) => open.insertInto('meta').values(row('b')).execute());
  await expect(inTransaction).rejects.toThrow('EIO');
  broken = false;
  await database.sql.insertInto('meta').values(row('c')).execute();
  await database.close();
});

/** Half a minute of forty events a second, with as many digests due, on a disk of 100 ms; what came of it. */
async function halfAMinute(name: string) {
  const clock = createTestClock({ start: NINE });
  let slow = false;
  let syncs = 0;
  const sync = async (): Promise<void> => {
    syncs++;
    if (slow) await clock.sleep(100);
  };
  const database = await openDatabase(`sqlite:${path.join(folder, name)}`, { sync });
  const posted: string[] = [];
  const bot: Bot = {
    ...createFakeBot({ name: 'slack', origin: 'http://127.0.0.1:9' }),
    sendRules: { ...SLACK_SEND_RULES, perSecond: null, channelGapMs: 0 },
    async post({ tenant }, _body, _key, mayLeave) {
      await Promise.resolve();
      if (mayLeave?.() !== true) return { kind: 'not-sent', code: 'not-left' };
      posted.push(tenant);
      return { kind: 'sent', messageId: tenant };
    },
  };
  const rows = Array.from({ length: 200 }, (_, index) =>
    subscription(index, NINE, { platform: 'slack', tenant: `T${index}` }),
  );
  await database.sql.insertInto('subscription').values(rows).execute();
  const engine = createTestEngine({
    database,
    bots: new Map([['slack', bot]]),
    render: () => Promise.resolve({ kind: 'digest', outcome: 'ok', tone: 'info', title: 'digest', blocks: [] }),
    now: clock.now,
    sleep: clock.sleep,
    zoneData: () => 'test',
  });
  const inbox = createInbox(database, clock.now);
  slow = true;
  const [began, marks] = [syncs, { asked: 0, known: 0, longest: 0 }];
  for (let passed = 0; passed < 30_000; passed += 25) {
    if (passed % 1000 === 0) void engine.tick();
    const at = clock.now();
    void inbox
      .seen(`event:${marks.asked++}`)
      .finally(() => (marks.longest = Math.max(marks.longest, clock.now() - at)))
      .finally(() => void marks.known++);
    await clock.advance(25);
  }
  const result = { posted, marks, syncs: syncs - began, lastTickAt: engine.health().lastAt ?? 0, at: clock.now() };
  slow = false;
  const stopping = engine.stop();
  for (let round = 0; round < 100; round++) await clock.advance(1000);
  await stopping;
  await database.close();
  return result;
}

it('forty events a second on a slow disk: ticks get through, digests are posted, no mark waits long', async () => {
  const { posted, marks, syncs, lastTickAt, at } = await halfAMinute('slow.db');
  expect(new Set(posted).size).toBe(200);
  expect(posted).toHaveLength(200);
  expect(at - lastTickAt).toBeLessThan(5000);
  expect(marks.longest).toBeLessThan(1000); // an answer waits no longer for it
  expect(marks.asked - marks.known).toBeLessThan(40);
  expect(syncs).toBeLessThanOrEqual(300);
}, 60_000);
