// A second kind of delivery beside digests: the engine gives it the same promises without knowing what it is.
import { afterEach, describe, expect, it } from 'vitest';
import type { DeliveryKind } from '../../src/delivery/port.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createDeliveryLedger } from '../../src/store/delivery/ledger.ts';
import { balanced, openVirtual, type Virtual } from '../digests/virtual.ts';
import type { PostFault } from '../fakes/platform.ts';
import { openReminders, type Reminders } from './reminders.ts';
import { sqliteFile } from './stage.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const daily = { local_time: '09:00', next_at: NINE, after_at: NINE - DAY };

type Stage = {
  virtual: Virtual;
  reminders: Reminders;
  /** The message of reminder r1 and how many deliveries are marked as sent, as another process sees them. */
  committed(): Promise<unknown>;
  /** What the engine told of posts that were made: kind and lateness (ms). */
  told: (readonly [string, number])[];
  close(): Promise<void>;
};
let open: Stage[] = [];
afterEach(async () => {
  for (const stage of open) {
    if (!(await balanced(stage.virtual))) throw new Error('the totals do not balance');
    await stage.close();
  }
  open = [];
});

async function openStage(
  options: {
    fault?: (channel: string, count: number) => PostFault;
    reminders?: Parameters<typeof openReminders>[1];
  } = {},
): Promise<Stage> {
  const { url, remove } = sqliteFile();
  const database = await openDatabase(url);
  const reminders = await openReminders(database, options.reminders);
  const told: Stage['told'] = [];
  const virtual = await openVirtual({
    url,
    platform: options.fault === undefined ? {} : { fault: options.fault },
    sendRules: { inFlight: 1 }, // so that the order of posts is the order of claims
    engine: { kinds: [reminders.kind], onSent: (kind, lateMs) => void told.push([kind, lateMs]) },
  });
  const { totals } = createDeliveryLedger(database);
  const stage = {
    virtual,
    reminders,
    told,
    committed: async () => [(await reminders.get('r1')).message, (await totals()).sent],
    async close() {
      await virtual.close();
      await database.close();
      remove();
    },
  };
  open.push(stage);
  return stage;
}

const texts = ({ virtual }: Stage) => virtual.platform.posts.map((post) => post.text);

describe('a kind of its own', () => {
  it('each post that was made is told once, with its kind and how long it was due', async () => {
    const { virtual, reminders, told } = await openStage();
    await virtual.add(0, daily);
    await reminders.add({ id: 'r1', channel: 'r1', words: 'stand up', at: NINE + 500 });
    await virtual.at(NINE + 1500);
    expect(told.map(([kind]) => kind).toSorted()).toEqual(['digest', reminders.kind.name].toSorted());
    for (const [kind, lateMs] of told) expect(lateMs, kind).toBe(kind === 'digest' ? 1500 : 1000);
  });

  it('is posted once, before the digests, although every first answer is lost and the process ends', async () => {
    const seen = new Set<string>();
    const lost = (channel: string): PostFault => (seen.has(channel) ? {} : (seen.add(channel), { lost: '502' }));
    const stage = await openStage({ fault: lost });
    const { virtual, reminders } = stage;
    for (let index = 0; index < 3; index++) await virtual.add(index, daily);
    await reminders.add({ id: 'r1', channel: 'r1', words: 'stand up', at: NINE });
    await reminders.add({ id: 'r2', channel: 'r2', words: 'stand up', at: NINE });
    await virtual.at(NINE + 100);
    const first = virtual.platform.requests.slice(0, 2).map((request) => request.channel);
    expect(first.toSorted()).toEqual(['r1', 'r2']);
    expect((await reminders.get('r1')).message).toBeNull(); // perhaps posted is not posted
    await virtual.restart();
    await virtual.until(NINE + 15_000, 3000);
    await virtual.until(NINE + 2 * HOUR, 20 * MINUTE);
    expect(texts(stage).toSorted()).toEqual(['digest', 'digest', 'digest', 'stand up', 'stand up']);
    const post = virtual.platform.posts.find(({ channel }) => channel === 'r1');
    expect((await reminders.get('r1')).message).toBe(post?.id);
    expect(await virtual.engine.totals()).toMatchObject({ due: 5, sent: 5, gap: 0 });
    expect(reminders.renders).toEqual(['stand up']); // what is the same is drawn once
  });

  it('hears of a success in the transaction that marks it: both are kept, or neither', async () => {
    const kept: unknown[] = [];
    const stage = await openStage({
      reminders: {
        inSent: async () => {
          kept.push(await stage.committed());
          if (kept.length === 1) throw new Error('the disk is full');
        },
      },
    });
    const { virtual, reminders } = stage;
    await reminders.add({ id: 'r1', channel: 'r1', words: 'stand up', at: NINE });
    await virtual.at(NINE + 100);
    expect(kept).toEqual([
      [null, 0],
      [null, 0], // the first write of the reminder went with the mark
    ]);
    expect(virtual.platform.requests).toHaveLength(1); // the mark was repeated, not the post
    expect(await stage.committed()).toEqual([virtual.platform.posts[0]?.id, 1]);
  });

  it('ends by its own time, while digests go on', async () => {
    let away = true;
    const limited = { refuse: { status: 429, code: '429', retryAfterMs: 5 * MINUTE } };
    const stage = await openStage({ fault: () => (away ? limited : {}) });
    const { virtual, reminders } = stage;
    await virtual.add(0, daily);
    await reminders.add({ id: 'r1', channel: 'r1', words: 'stand up', at: NINE });
    await virtual.until(NINE + 20 * MINUTE, 4 * MINUTE);
    away = false;
    await virtual.until(NINE + 40 * MINUTE, 5 * MINUTE);
    expect(texts(stage)).toEqual(['late digest']);
    expect((await virtual.engine.totals()).reasons).toEqual({ 'skipped:expired': 1 });
    expect((await reminders.get('r1')).message).toBeNull();
  });

  it('decides itself what a refusal means', async () => {
    const stage = await openStage({
      fault: (channel) =>
        channel === 'r1' ? { refuse: { status: 403, code: 'x1', reason: 'gone', detail: 'server' } } : {},
      reminders: { verdict: { kind: 'again', afterMs: 2 * MINUTE } },
    });
    const { virtual, reminders } = stage;
    await virtual.add(0, daily);
    await reminders.add({ id: 'r1', channel: 'r1', words: 'stand up', at: NINE });
    await virtual.at(NINE + 100);
    await virtual.at(NINE + 3 * MINUTE);
    expect(reminders.refusals).toEqual([
      { reason: 'gone', detail: 'server', code: 'x1', before: null },
      { reason: 'gone', detail: 'server', code: 'x1', before: 'x1' },
    ]);
    expect((await virtual.row(0)).fail_streak).toBe(0);
    await virtual.until(NINE + 20 * MINUTE, MINUTE);
    expect((await virtual.engine.totals()).reasons).toEqual({ 'skipped:expired': 1 });
  });

  it('that writes after the tick has its posts made without another tick', async () => {
    const stage = await openStage();
    const { virtual, reminders } = stage;
    const wakes: (() => void)[] = [];
    const later: DeliveryKind = {
      ...reminders.kind,
      plan: (_now, _until, wake) => Promise.resolve(void wakes.push(wake)),
    };
    await virtual.restart({ kinds: [later] });
    await virtual.at(NINE + 100);
    await reminders.add({ id: 'r1', channel: 'r1', words: 'stand up', at: NINE });
    await reminders.kind.plan(NINE + 100, 0, () => undefined);
    expect(texts(stage)).toEqual([]);
    wakes[0]?.();
    await expect.poll(() => texts(stage), { timeout: 10_000 }).toEqual(['stand up']);
  });

  it('waits for a process that knows it', async () => {
    const stage = await openStage();
    const { virtual, reminders } = stage;
    await reminders.add({ id: 'r1', channel: 'r1', words: 'stand up', at: NINE });
    await reminders.kind.plan(NINE, 0, () => undefined);
    await virtual.restart({ kinds: [] }); // an earlier version beside a newer one
    await virtual.add(0, daily);
    await virtual.at(NINE + 100);
    expect(texts(stage)).toEqual(['digest']);
    await virtual.restart({ kinds: [reminders.kind] });
    await virtual.at(NINE + 2 * MINUTE);
    expect(texts(stage)).toEqual(['digest', 'stand up']);
  });

  it.each([
    ['never tried', 0, 'skipped:expired'],
    ['perhaps posted', 1, 'ambiguous:unclear'],
  ])('that nobody knows any more ends with its time, not never: %s', async (_, doubt, end) => {
    const stage = await openStage();
    const { virtual, reminders } = stage;
    await reminders.add({ id: 'r1', channel: 'r1', words: 'stand up', at: NINE });
    await reminders.kind.plan(NINE, 0, () => undefined);
    const state = doubt === 1 ? { state: 'ambiguous' as const, doubt, first_attempt_at: NINE } : { doubt };
    await virtual.database.sql.updateTable('delivery').set(state).execute();
    await virtual.restart({ kinds: [] });
    await virtual.until(NINE + 15 * MINUTE, MINUTE);
    expect((await virtual.engine.totals()).reasons).toEqual({}); // until then another version may know it
    await virtual.until(NINE + 20 * MINUTE, MINUTE);
    expect((await virtual.engine.totals()).reasons).toEqual({ [end]: 1 });
    expect(virtual.logs.filter(({ message }) => message.includes('unknown kind'))).toHaveLength(doubt);
    expect(virtual.platform.requests).toEqual([]);
  });

  it('that cannot plan is reported and holds up nobody', async () => {
    const stage = await openStage();
    const { virtual, reminders } = stage;
    await virtual.add(0, daily);
    const broken = { ...reminders.kind, plan: () => Promise.reject(new Error('no such table')) };
    await virtual.restart({ kinds: [broken] });
    await virtual.at(NINE + 100);
    expect(texts(stage)).toEqual(['digest']);
    expect(virtual.logs.filter(({ level }) => level === 'error').length).toBeGreaterThan(0);
  });

  it('keeps what it has triggered when the clock goes back', async () => {
    const stage = await openStage();
    const { virtual, reminders } = stage;
    await virtual.restart({ bots: new Map() }); // nothing is connected yet
    await reminders.add({ id: 'r1', channel: 'r1', words: 'stand up', at: NINE });
    await virtual.at(NINE + 100);
    await virtual.at(NINE - 5 * MINUTE);
    await virtual.restart();
    await virtual.at(NINE + 5 * MINUTE);
    expect(texts(stage)).toEqual(['stand up']);
  });
});
