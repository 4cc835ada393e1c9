// Somebody, or a whole server, is forgotten while other processes write: what is theirs goes, and nothing of others, on every engine.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDigests } from '../../src/digests/engine.ts';
import type { Database } from '../../src/store/database.ts';
import { createInbox } from '../../src/store/inbox/inbox.ts';
import { forgetPlace } from '../../src/store/privacy/forget-place.ts';
import { createPersonalData } from '../../src/store/privacy/personal-data.ts';
import { openRoom } from '../alerts/room.ts';
import { ASKER, wish } from '../alerts/stage.ts';
import { subscription } from '../delivery/stage.ts';
import { everyRow, tablesWith } from '../store/every-row.ts';
import type { OpenProcesses, Processes } from './store/processes.ts';
import { add, delivery, NOW } from './store/rows.ts';

const PERSON = '771122334455667788';
const WHO = { platform: 'discord', tenant: 't1', userId: PERSON };
const SERVER = { platform: 'discord', tenant: 't1' };
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function forgottenRowsContract(open: OpenProcesses): void {
  let processes: Processes;
  beforeEach(async () => {
    processes = await open();
  });
  afterEach(() => processes.close());
  const left = async (word = PERSON) => tablesWith(await everyRow(processes.all[0]), word);
  const createAlert = async (database: Database, price: number) => {
    const { alerts } = openRoom(database, { now: () => NOW, said: () => ({ price: 280 }) });
    const condition = { kind: 'above', price } as const;
    return (await alerts.create(wish({ condition }), { ...ASKER, userId: PERSON })).alert.id;
  };
  const addDigest = async (change: Parameters<typeof subscription>[2]) => {
    const row = subscription(0, NOW, { tenant: 't1', owner: PERSON, ...change });
    await processes.all[0].sql.insertInto('subscription').values(row).execute();
    return row;
  };

  it.each([
    ['by themselves', () => createPersonalData(processes.all[0]).forget(WHO)],
    ['with their server', () => forgetPlace(processes.all[0], SERVER)],
  ])('an alert that is made before this is through goes like one that was there: %s', async (_, forgets) => {
    const [database, telling, making] = processes.all;
    const id = await createAlert(database, 300);
    await add(database, delivery(id, { kind: 'alert', channel: `user:${PERSON}` }));
    const [started, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const told = telling.sql.transaction().execute(async (transaction) => {
      await transaction.updateTable('delivery').set({ attempt: 1 }).where('subscription_id', '=', id).execute();
      started.resolve();
      await go.promise;
    });
    await started.promise;
    const gone = forgets();
    await pause(200);
    if (database.engine === 'postgres') await createAlert(making, 310); // in SQLite only one writes at a time
    go.resolve();
    await Promise.all([told, gone]);
    expect(await left()).toEqual([]);
  });

  it('a draft that somebody else starts meanwhile is theirs, and stays', async () => {
    const draft = await addDigest({ status: 'draft', next_at: null });
    const [database, other, third] = processes.all;
    const started = Promise.withResolvers<void>();
    const starts = other.sql.transaction().execute(async (transaction) => {
      await transaction.updateTable('subscription').set({ status: 'active', owner: 'u2' }).execute();
      started.resolve();
      await pause(200);
    });
    await started.promise;
    await Promise.all([starts, createPersonalData(third).forget(WHO)]);
    const { digests } = createDigests({ database, now: () => NOW, log: silent });
    expect((await digests.list(draft)).map(({ status }) => status)).toEqual(['active']);
    expect(await left('u2')).toEqual(['subscription']);
  });

  it('what comes to a direct conversation of Slack goes, with what became of it', async () => {
    const place = { platform: 'slack', tenant: 't1', channel: 'D024BE91L' };
    const { id } = await addDigest(place);
    await add(processes.all[0], delivery(id, { ...place, state: 'sent', not_before: null }));
    const data = createPersonalData(processes.all[1]);
    expect((await data.of({ ...WHO, platform: 'slack' })).posts.map((post) => post.id)).toEqual([id]);
    expect(await data.forget({ ...WHO, platform: 'slack' })).toMatchObject({ digests: 0, posts: 1 });
    expect(await left(place.channel)).toEqual([]);
  });

  it('that a server was greeted goes with it', async () => {
    const [database] = processes.all;
    await createInbox(database, () => NOW).seen('discord-greeted:t1', 'discord-greeted:t2', 'discord:771');
    expect(await forgetPlace(database, SERVER, 'count')).toMatchObject({ inbox: 1 });
    await forgetPlace(database, SERVER);
    const keys = await database.sql.selectFrom('inbox').select('key').orderBy('key').execute();
    expect(keys.map(({ key }) => key)).toEqual(['discord-greeted:t2', 'discord:771']);
  });
}
