// Digests over the fake platform with a clock of the test's own: days pass in milliseconds.
import { afterEach } from 'vitest';
import type { SendRules } from '../../src/bots/bot.ts';
import { DISCORD_SEND_RULES } from '../../src/bots/discord/send-rules.ts';
import { SLACK_SEND_RULES } from '../../src/bots/slack/send-rules.ts';
import type { DigestOrder } from '../../src/digests/digests.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import type { SubscriptionRow } from '../../src/store/digests/subscriptions.ts';
import { createFakeBot, type FakePlatform, type PlatformOptions, startFakePlatform } from '../fakes/platform.ts';
import { createTestEngine, type TestEngine, type TestEngineOptions } from '../fakes/digest-engine.ts';
import { openRows, subscription } from '../delivery/stage.ts';

/** The rate waits in real time, which a clock that stands still would never end. */
export const UNPACED = {
  discord: DISCORD_SEND_RULES,
  slack: { ...SLACK_SEND_RULES, perSecond: null, channelGapMs: 0 },
};

export type Virtual = {
  clock: { now: number };
  platform: FakePlatform;
  database: Database;
  engine: TestEngine;
  orders: DigestOrder[];
  logs: { level: string; message: string; fields: object }[];
  add(index: number, change?: Partial<SubscriptionRow>): Promise<SubscriptionRow>;
  row(index: number): Promise<SubscriptionRow>;
  /** Ticks at this moment (epoch ms) until nothing more happens. */
  at(moment: number): Promise<void>;
  /** Ticks every `stepMs` up to a moment. */
  until(moment: number, stepMs: number): Promise<void>;
  /** A new process on the same database. */
  restart(change?: Partial<TestEngineOptions>): Promise<void>;
  /** One more process on the same database, for the test to tick and stop. */
  beside(change: Partial<TestEngineOptions>): TestEngine;
  close(): Promise<void>;
};

export async function openVirtual(
  options: {
    platform?: Partial<PlatformOptions>;
    name?: 'discord' | 'slack';
    url?: string;
    now?: number;
    engine?: Partial<TestEngineOptions>;
    failRender?: (order: DigestOrder) => boolean;
    timeoutMs?: number;
    sendRules?: Partial<SendRules>;
    /** The bot's own wait before each post. */
    queue?: () => Promise<void>;
  } = {},
): Promise<Virtual> {
  const clock = { now: options.now ?? Date.parse('2026-11-22T08:00:00Z') };
  const platform = await startFakePlatform({
    keyWindowMs: 120_000,
    history: true,
    now: () => clock.now,
    ...options.platform,
  });
  const database = await openDatabase(options.url ?? 'sqlite::memory:');
  const name = options.name ?? 'discord';
  const bot = createFakeBot({
    name,
    origin: platform.origin,
    timeoutMs: options.timeoutMs ?? 10_000,
    sendRules: { ...UNPACED[name], ...options.sendRules },
    ...(options.queue === undefined ? {} : { queue: options.queue }),
  });
  const orders: DigestOrder[] = [];
  const logs: Virtual['logs'] = [];
  const write = (level: string) => (fields: object, message: string) => void logs.push({ level, message, fields });
  const render: TestEngineOptions['render'] = (order) => {
    orders.push(order);
    if (options.failRender?.(order)) return Promise.reject(new Error('template broke'));
    return Promise.resolve({
      kind: 'digest',
      outcome: 'ok',
      tone: 'info',
      title: order.late ? 'late digest' : 'digest',
      blocks: [],
    });
  };
  const base = {
    database,
    bots: new Map([[name, bot]]),
    render,
    now: () => clock.now,
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.min(ms, 20_000)).unref()),
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    zoneData: () => 'test',
  };
  const virtual: Virtual = {
    clock,
    platform,
    database,
    engine: createTestEngine({ ...base, ...options.engine }),
    orders,
    logs,
    async add(index, change) {
      const row = subscription(index, clock.now, { platform: name, ...change });
      await database.sql.insertInto('subscription').values(row).execute();
      return row;
    },
    row: (index) =>
      database.sql
        .selectFrom('subscription')
        .selectAll()
        .where('id', '=', `s${String(index).padStart(5, '0')}`)
        .executeTakeFirstOrThrow(),
    async at(moment) {
      clock.now = moment;
      for (let round = 0; round < 20; round++) {
        await virtual.engine.tick();
        await virtual.engine.settled();
        const ready = await database.sql
          .selectFrom('delivery')
          .select('id')
          .where('not_before', '<=', clock.now)
          .limit(1)
          .executeTakeFirst();
        if (ready === undefined) return;
        if (round > 0) return; // held back by a pause: the test moves the clock
      }
    },
    async until(moment, stepMs) {
      for (let now = clock.now + stepMs; now <= moment; now += stepMs) await virtual.at(now);
      if (clock.now < moment) await virtual.at(moment);
    },
    async restart(change) {
      await virtual.engine.stop();
      virtual.engine = createTestEngine({ ...base, ...options.engine, ...change });
    },
    beside: (change) => createTestEngine({ ...base, ...options.engine, ...change }),
    async close() {
      await virtual.engine.stop();
      await bot.stop();
      await platform.close();
      await database.close();
    },
  };
  return virtual;
}

/** The books, with the open rows of the database as a second count. */
export async function balanced(virtual: Virtual): Promise<boolean> {
  const books = await virtual.engine.totals();
  const open = await openRows(virtual.database);
  return (
    books.gap === 0 &&
    books.due === books.sent + books.skipped + books.dead + books.pending + books.ambiguous &&
    open <= books.pending + books.ambiguous
  );
}

/** Opens virtual digests for the tests of a file; after each test the books must balance, and all is closed. */
export function createStage(): (options?: Parameters<typeof openVirtual>[0]) => Promise<Virtual> {
  const open: Virtual[] = [];
  afterEach(async () => {
    for (const virtual of open.splice(0)) {
      if (!(await balanced(virtual))) throw new Error('the books do not balance');
      await virtual.close();
    }
  });
  return async (options = {}) => {
    const virtual = await openVirtual(options);
    open.push(virtual);
    return virtual;
  };
}
