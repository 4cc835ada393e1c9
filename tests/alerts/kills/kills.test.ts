// kill -9 before statements from the first to the last, at the steps of a delivery and at random: each alert is told once, none is lost.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAlertStore } from '../../../src/store/alerts/alerts.ts';
import { createAlerts } from '../../../src/alerts/engine.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { ended, launch, openRows, quickRules, sqliteFile, until } from '../../delivery/stage.ts';
import { type PlatformOptions, startFakePlatform } from '../../fakes/platform.ts';
import { startPostgres, type TestPostgres } from '../../fakes/postgres.ts';
import { saying, onlyPrices } from '../room.ts';
import { wish } from '../stage.ts';
import type { WatcherPlan } from './watcher.child.ts';

const CHILD = '../alerts/kills/watcher.child.ts';
const ALERTS = 60;
const LIMIT_MS = 240_000;
/** Longest life; on a busy machine it takes seconds to come to its end. */
const LIFE_MS = 10_000;
/** Where the lives end, one after another; null: at a random moment. */
const ENDS: (WatcherPlan['killAt'] | null)[] = [
  ...[1, 2, 3, 5, 8, 12, 17, 23, 31, 40].map((statement) => ({ statement })),
  { step: 'claimed', count: 3 },
  { step: 'marked-attempt', count: 5 },
  null,
  { step: 'posted', count: 4 },
  { step: 'settled', count: 6 },
];

/** Enough to show the same where the rest of the way is the same. */
const EVERY_SECOND = ENDS.filter((_, index) => index % 2 === 0);

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres.stop());

/** So many people wait for TAO above 300, which stands at 280. */
async function seed(url: string, platform: 'discord' | 'slack'): Promise<void> {
  const database = await openDatabase(url);
  const { alerts } = createAlerts({
    database,
    sources: onlyPrices(saying(() => ({ price: 280 }), Date.now)),
    pastPrices: () => Promise.resolve([]),
    now: Date.now,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  for (let person = 0; person < ALERTS; person++)
    await alerts.create(wish(), { platform, tenant: `t${person % 3}`, channel: 'c1', userId: `u${person}` });
  await database.close();
}

async function run(url: string, platform: 'discord' | 'slack', ends = ENDS) {
  const fault: PlatformOptions['fault'] = (_channel, count) => ({
    delayMs: 5 + ((count * 7919) % 20),
    ...(count % 10 === 0 ? { lost: (['502', 'reset', 'hang'] as const)[Math.floor(count / 10) % 3] ?? '502' } : {}),
  });
  const far = await startFakePlatform({ keyWindowMs: platform === 'discord' ? 120_000 : 0, history: true, fault });
  await seed(url, platform);
  const plan: WatcherPlan = { database: url, origin: far.origin, platform, rules: quickRules(), price: 310 };
  let byThemselves = 0;
  for (const end of ends) {
    const child = launch(end === null ? plan : { ...plan, killAt: end }, CHILD);
    const before = far.requests.length;
    await until(() => child.signalCode !== null || (end === null && far.requests.length > before + 4), LIFE_MS);
    if (child.signalCode !== null) byThemselves++;
    child.kill('SIGKILL');
    await ended(child);
  }
  const last = launch(plan, CHILD);
  const database = await openDatabase(url);
  const store = createAlertStore(database);
  const told = async (): Promise<boolean> => {
    const rows = await store.changedSince(0, '', 500);
    return rows.every(({ status }) => status === 'done') && (await openRows(database)) === 0;
  };
  const done = await until(told, 60_000);
  last.kill('SIGKILL');
  await ended(last);
  await database.close();
  const channels = far.posts.map(({ channel }) => channel).toSorted();
  await far.close();
  expect(byThemselves).toBeGreaterThan(ends.length / 2);
  return { done, channels };
}

const EVERYBODY = Array.from({ length: ALERTS }, (_, person) => `user:u${person}`).toSorted();

it.each(['discord', 'slack'] as const)(
  '%s, SQLite: everybody is told once',
  { timeout: LIMIT_MS },
  async (platform) => {
    const { url, remove } = sqliteFile();
    expect(await run(url, platform, platform === 'discord' ? ENDS : EVERY_SECOND)).toEqual({
      done: true,
      channels: EVERYBODY,
    });
    remove();
  },
);

it('discord, PostgreSQL: everybody is told once', { timeout: LIMIT_MS }, async () => {
  expect(await run(await postgres.fresh(), 'discord', EVERY_SECOND)).toEqual({ done: true, channels: EVERYBODY });
});
