// The longest turns of what runs once an hour or once a day, with many rows to remove, on a database in a file.
import { createRetention } from '../../../src/store/retention.ts';
import { createAlertStore } from '../../../src/store/alerts/alerts.ts';
import { createDeliveryLedger } from '../../../src/store/delivery/ledger.ts';
import { createInbox } from '../../../src/store/inbox/inbox.ts';
import { readContent } from '../../../src/content/cached-content.ts';
import { dueForReview } from '../../../src/content/review.ts';
import { DAY } from '../../../src/base/clock.ts';
import { inTemporary } from '../database.ts';
import { type Turns, watchLoop } from '../process/loop-turns.mjs';
import { storeOldRows } from './stored.ts';

/** By name. `rows`: how many of each kind there are to remove. */
export async function choreTurns(rows: number): Promise<Record<string, Turns>> {
  const content = await readContent();
  return await inTemporary(async (database) => {
    const [now, turns] = [Date.now(), {} as Record<string, Turns>];
    await storeOldRows(database, rows, now);
    const chores = {
      'removal of old questions, lists and prices': createRetention(database, Date.now),
      'removal of old alerts': () => createAlertStore(database).purge(now - 30 * DAY, now - 90 * DAY),
      'removal of old posts': () => createDeliveryLedger(database).purge(now),
      'removal of old events': () => createInbox(database, Date.now).purge(),
      'review dates of all texts': () => Promise.resolve(dueForReview(content, '2027-11-29')),
    };
    for (const [name, work] of Object.entries(chores)) turns[name] = await longestTurn(work);
    return turns;
  });
}

async function longestTurn(work: () => Promise<unknown>): Promise<Turns> {
  const turns = watchLoop(1);
  await pause(); // what was done before is no part of it
  await work();
  await pause();
  return turns();
}

const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 20));
