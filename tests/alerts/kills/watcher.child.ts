// A process that looks at alerts and tells them until it is killed; it may end itself before its n-th statement or at a step of a delivery.
import { crossedCard, endingCard } from '../../../src/app/alerts/card.ts';
import { createAlerts } from '../../../src/alerts/engine.ts';
import type { Step } from '../../../src/delivery/attempt/tools.ts';
import type { Database } from '../../../src/store/database.ts';
import { openWhenThere } from '../../../src/wiring/open-database.ts';
import { createTestEngine } from '../../fakes/digest-engine.ts';
import { createFakeBot } from '../../fakes/platform.ts';
import type { Rules } from '../../delivery/stage.ts';
import { saying, onlyPrices } from '../room.ts';

/** `killAt.statement`: counted from the first look on. `price`: of TAO in dollars. */
export type WatcherPlan = {
  database: string;
  origin: string;
  platform: 'discord' | 'slack';
  rules: Rules;
  price: number;
  killAt?: { statement: number } | { step: Step; count: number };
};

const plan = JSON.parse(process.argv[2] ?? '{}') as WatcherPlan;
const { killAt } = plan;
const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const die = (): void => void process.kill(process.pid, 'SIGKILL');

let looking = false;
let statements = 0;
let steps = 0;

/** Ends the process instead of the statement that was chosen. */
function counted(database: Database): Database {
  if (killAt === undefined || !('statement' in killAt)) return database;
  const sql = database.sql.withPlugin({
    transformQuery({ node }) {
      if (looking && ++statements === killAt.statement) die();
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  return { ...database, sql };
}

const opened = await openWhenThere(plan.database, { stop: new AbortController().signal, log });
if (opened === null) throw new Error('nobody stopped it');
const database = counted(opened);
const alerts = createAlerts({
  database,
  sources: onlyPrices(saying(() => ({ price: plan.price }), Date.now)),
  pastPrices: () => Promise.resolve([]),
  now: Date.now,
  log,
});
const engine = createTestEngine({
  database,
  bots: new Map([
    [
      plan.platform,
      createFakeBot({ name: plan.platform, origin: plan.origin, sendRules: plan.rules.platforms[plan.platform] }),
    ],
  ]),
  render: () => Promise.reject(new Error('no digests here')),
  kinds: [
    alerts.kind({
      crossed: (order) => Promise.resolve(crossedCard(order, Date.now())),
      ending: (alert, mention) => Promise.resolve(endingCard(alert, mention)),
    }),
  ],
  now: Date.now,
  sleep,
  log,
  rules: plan.rules.engine,
  step: (name) => {
    if (killAt !== undefined && 'step' in killAt && killAt.step === name && ++steps >= killAt.count) die();
  },
});
looking = true;
for (;;) {
  await alerts.look();
  await engine.tick();
  await sleep(30);
}
