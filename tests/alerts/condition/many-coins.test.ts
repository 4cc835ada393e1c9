// Alerts on 500 coins: every accepted price is looked at within the second, and the source is asked no more often than for a few.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAlerts } from '../../../src/alerts/engine.ts';
import { crossedCard, endingCard } from '../../../src/app/alerts/card.ts';
import type { Market } from '../../../src/market/market.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { saying, onlyPrices } from '../room.ts';
import { openScene, type Scene } from '../../market/scene.ts';
import { alertRow } from '../../../bench/parts/alerts/row.ts';

const COINS = 500;
const SECOND = 1_000;
const coin = (index: number) => `many-${index}`;
const all = Array.from({ length: COINS }, (_, index) => coin(index));

let scene: Scene;
let database: Database;
beforeEach(async () => {
  scene = await openScene();
  scene.gecko.lagMs = 0;
  for (const [index, id] of all.entries()) scene.gecko.set(id, { price: 100, rank: 200 + index });
  database = await openDatabase('sqlite::memory:');
  const rows = all.map((id, index) =>
    alertRow(index, { coin: id, price: 105, channel: `user:u${index}`, createdAt: scene.clock.now }),
  );
  await database.sql.insertInto('alert').values(rows).execute();
});
afterEach(async () => {
  await scene.close();
  await database.close();
});

/** Alerts over this market; `second` lets one pass, as the engine's clock does. */
function watching(market: Pick<Market, 'quotes' | 'known'>) {
  const quiet = () => undefined;
  const room = createAlerts({
    database,
    sources: onlyPrices(market),
    pastPrices: () => Promise.resolve([]),
    now: () => scene.clock.now,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  const kind = room.kind({
    crossed: (order) => Promise.resolve(crossedCard(order, scene.clock.now)),
    ending: (alert, mention) => Promise.resolve(endingCard(alert, mention)),
  });
  return {
    kind,
    async second(): Promise<void> {
      scene.clock.now += SECOND;
      await room.look();
    },
  };
}

const crossed = async (): Promise<number> =>
  (await database.sql.selectFrom('delivery').select('id').where('kind', '=', 'alert').execute()).length;

/** The list of coins has been read, and with it the prices of all. */
async function started(): Promise<Market> {
  const { market } = scene;
  market.start();
  await expect.poll(() => market.directoryComplete()).toBe(true);
  return market;
}

it('a price of any of them that is accepted is a message a second later, and the source is asked for a batch of them in a second', async () => {
  const market = await started();
  const questions: number[] = [];
  const { second } = watching({
    known: market.known,
    quotes(ids, currency) {
      questions.push(ids.length);
      return market.quotes(ids, currency);
    },
  });
  for (let count = 0; count < 8; count++) await second();
  for (const id of all) scene.gecko.set(id, { price: 106 });
  for (let from = 0; from < COINS; from += 100) {
    scene.clock.now += 61 * SECOND; // each batch is due anew
    const asked = all.slice(from, from + 100);
    const quotes = await market.quotes(asked, 'usd');
    expect(asked.filter((id) => quotes.get(id).quote?.price !== 106)).toEqual([]);
  }
  await second();
  expect(await crossed()).toBe(COINS);
  expect(questions).toEqual([150, 150, 150, 50, 150, 150, 150, 50, 150]);
});

it('a price that is accepted waits for no answer that another coin needs; one that comes with that answer is told at once', async () => {
  const prices = new Map(all.map((id) => [id, 100]));
  const market = saying(
    (id) => ({ price: prices.get(id) ?? 0 }),
    () => scene.clock.now,
  );
  let answer: (() => void) | null = null;
  const { second } = watching({
    known: market.known,
    quotes: (ids, currency) =>
      new Promise((resolve) => (answer = () => void market.quotes(ids, currency).then(resolve))),
  });
  const look = async (meanwhile: () => Promise<void>): Promise<void> => {
    const looking = second();
    await meanwhile();
    answer?.();
    await looking;
  };
  await look(() => until(async () => answer !== null));
  prices.set(coin(1), 106);
  await look(async () => {
    await until(async () => (await crossed()) === 1);
    scene.clock.now += SECOND; // the source takes its time
    prices.set(coin(2), 106);
  });
  expect(await crossed()).toBe(2);
});

/** Passes turns of the event loop until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let turns = 0; turns < 10_000; turns++)
    if (await isSo()) return;
    else await nextTurn();
  throw new Error('it never came to that');
}
