// An end right after the start: what the start set going is over before the database is closed.
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { createUnderWay } from '../../src/wiring/stop-all.ts';
import { createTestClock, settled } from '../fakes/clock.ts';
import { openTestCore } from '../fakes/core.ts';

it('the core is closed after the round that removes old rows, also where that waits for another writer', async () => {
  const test = await openTestCore();
  const locker = new DatabaseSync(test.config.DATABASE_URL.slice('sqlite:'.length));
  locker.exec('BEGIN IMMEDIATE');
  const order: string[] = [];
  const round = test.forget().then(() => order.push('round'));
  const closed = test.close().then(() => order.push('closed'));
  for (let looks = 0; looks < 200 && order.length === 0; looks++) await settled();
  locker.exec('COMMIT');
  locker.close();
  await Promise.all([round, closed]);
  expect(order).toEqual(['round', 'closed']);
});

it('waits for what is under way, a second at most', async () => {
  const clock = createTestClock();
  const beside = createUnderWay(clock.sleep);
  await beside.ended(); // nothing is
  const work = Promise.withResolvers<void>();
  void beside.add(work.promise);
  let ended = 0;
  const wait = () => void beside.ended().then(() => ended++);
  wait();
  await settled();
  expect(ended).toBe(0);
  await clock.advance(1000);
  expect(ended).toBe(1); // it hangs
  wait();
  work.resolve();
  await settled();
  expect(ended).toBe(2);
});
