// A process that sends digests until it is killed or told to stop; the tests end it at named points, at random, or replace its care by naive loops.
import { createFakeBot } from '../../fakes/platform.ts';
import { createTestEngine } from '../../fakes/digest-engine.ts';
import type { Step } from '../../../src/delivery/attempt/tools.ts';
import type { Rules } from '../stage.ts';
import type { Bot } from '../../../src/bots/bot.ts';
import type { Database } from '../../../src/store/database.ts';
import { openWhenThere } from '../../../src/wiring/open-database.ts';
import { materialiseDue } from '../../../src/store/digests/due.ts';
import { planDue } from '../../../src/digests/schedule/plan-due.ts';

/** `variant` other than "real" puts back a known mistake, to show that the tests notice it. */
export type ChildPlan = {
  database: string;
  origin: string;
  platform: 'discord' | 'slack';
  rules: Rules;
  variant: 'real' | 'random-nonce' | 'post-then-mark' | 'mark-then-post';
  crashAt?: { step: Step; count: number };
  highWaterFile?: string;
};

const plan = JSON.parse(process.argv[2] ?? '{}') as ChildPlan;
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields: object, message: string) =>
    void (
      process.env['CHILD_LOG'] &&
      process.stderr.write(
        `${message} ${JSON.stringify(fields, (_key, value: unknown) => (value instanceof Error ? String(value.stack) : value))}\n`,
      )
    ),
};

let steps = 0;
const step = (name: Step): void => {
  if (plan.crashAt?.step === name && ++steps >= plan.crashAt.count) process.kill(process.pid, 'SIGKILL');
};

const database = await opened();
const bot = mistaken(
  createFakeBot({ name: plan.platform, origin: plan.origin, sendRules: plan.rules.platforms[plan.platform] }),
);
if (plan.variant === 'post-then-mark' || plan.variant === 'mark-then-post') await naiveLoop(database, plan.variant);
else await careful();

async function opened(): Promise<Database> {
  const database = await openWhenThere(plan.database, { stop: new AbortController().signal, log: quiet });
  if (database === null) throw new Error('nobody stopped it');
  return database;
}

async function careful(): Promise<void> {
  const render = () =>
    Promise.resolve({
      kind: 'digest',
      outcome: 'ok',
      tone: 'info',
      title: `digest ${Date.now()}`,
      blocks: [],
    } as const);
  const engine = createTestEngine({
    database,
    bots: new Map([[plan.platform, bot]]),
    render: async () => ({ ...(await render()), blocks: [] }),
    now: Date.now,
    sleep,
    log: quiet,
    rules: plan.rules.engine,
    step,
    ...(plan.highWaterFile === undefined ? {} : { highWaterFile: plan.highWaterFile }),
  });
  process.once('SIGTERM', () => {
    void engine.stop().then(() => process.exit(0));
  });
  for (;;) {
    await engine.tick();
    await sleep(40);
  }
}

function mistaken(real: Bot): Bot {
  if (plan.variant !== 'random-nonce') return real;
  return { ...real, post: (target, body) => real.post(target, body, crypto.randomUUID().slice(0, 22)) };
}

/** What a first version looks like: no attempt mark, no key; the row is marked after or before the post. */
async function naiveLoop(database: Database, order: 'post-then-mark' | 'mark-then-post'): Promise<void> {
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (;;) {
      await materialiseDue(database, Date.now(), 2000, (rows) => planDue(rows, { now: Date.now(), restoredUntil: 0 }));
      const rows = (
        await database.sql.selectFrom('delivery').selectAll().where('state', '=', 'pending').limit(64).execute()
      ).filter((_row, index) => index % 8 === lane);
      for (const row of rows) {
        const mark = () =>
          database.sql
            .updateTable('delivery')
            .set({ state: 'sent', not_before: null })
            .where('id', '=', row.id)
            .execute();
        if (order === 'mark-then-post') await mark();
        await sleep(10); // the queue of a library
        await real().post(
          { tenant: row.tenant, channel: row.channel },
          { json: 'naive', files: [] },
          crypto.randomUUID(),
        );
        if (order === 'post-then-mark') await mark();
      }
      await sleep(20);
    }
  });
  await Promise.all(lanes);
}

function real(): Bot {
  return bot;
}
