// Renderings that equal posts share: once a minute each, also when they fail, and nothing is kept beyond that minute.
import { expect, it } from 'vitest';
import { BodyStoreError, createBodySource } from '../../src/delivery/bodies.ts';
import { deliveryRow, type Owner } from '../../src/delivery/port.ts';
import { createBodies, type TiedBody } from '../../src/store/delivery/bodies.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createFakeBot } from '../fakes/platform.ts';
import { DAY, MINUTE } from '../../src/base/clock.ts';

const place = { kind: 'digest', platform: 'discord', tenant: 't1', channel: 'c1' };
const row = deliveryRow({ ...place, ownerId: 's1', occurrence: 'today', dueAt: 0, expiresAt: 1, priority: 1 });

async function openSource() {
  const clock = { now: 1_000_000, ahead: 0 };
  const database = await openDatabase('sqlite::memory:');
  const bot = createFakeBot({ name: 'discord', origin: 'http://127.0.0.1:9' });
  const bodies = createBodies(database);
  const source = createBodySource({
    bodies,
    bots: new Map([['discord', bot]]),
    now: () => clock.now + clock.ahead,
    monotonic: () => clock.now,
    lateMs: MINUTE,
  });
  /** What the journal does with the body of a post that begins. */
  const tie = async (body: TiedBody) => {
    const now = clock.now + clock.ahead;
    (await database.sql.transaction().execute((transaction) => bodies.keep(transaction, body, now)))();
    return body;
  };
  return { clock, database, source, tie, close: () => Promise.all([bot.stop(), database.close()]) };
}

const owner = (key: string, card: () => void = () => undefined): Owner => ({
  stopped: false,
  healthy: true,
  content: () => ({
    key,
    card: async () => {
      card();
      return await Promise.resolve({ kind: 'digest', outcome: 'ok', tone: 'info', title: key, blocks: [] });
    },
  }),
});

it('are dropped after their minute', async () => {
  const { clock, source, close } = await openSource();
  for (let index = 0; index < 200; index++) await source.of(row, owner(`content ${index}`));
  clock.now += MINUTE - 1;
  source.forgetOld();
  expect(source.kept()).toBe(200);
  clock.now += 1;
  source.forgetOld();
  expect(source.kept()).toBe(0);
  await close();
});

it('that fail are tried again after a minute, not for every post', async () => {
  const { clock, source, close } = await openSource();
  let tries = 0;
  const broken = owner('broken', () => {
    tries++;
    throw new Error('template broke');
  });
  for (let index = 0; index < 50; index++) await expect(source.of(row, broken)).rejects.toThrow('template broke');
  expect(tries).toBe(1);
  clock.now += MINUTE;
  await expect(source.of(row, broken)).rejects.toThrow('template broke');
  expect(tries).toBe(2);
  await close();
});

it('that the database did not take are no broken cards: the next post tries again at once', async () => {
  const { database, source, tie, close } = await openSource();
  let drawn = 0;
  const counted = owner('a', () => drawn++);
  const rename = async (from: string, to: string) => await database.sql.schema.alterTable(from).renameTo(to).execute();
  await rename('body', 'body_away');
  const { id, ...frozen } = await source.of(row, counted);
  await expect(tie({ id, ...frozen })).rejects.toThrow('body');
  const failed = await source.of({ ...row, body_id: id }, counted).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(BodyStoreError);
  await rename('body_away', 'body');
  await tie(await source.of(row, counted));
  expect(await source.of({ ...row, body_id: id }, counted)).toMatchObject({ id, body: frozen.body });
  expect(drawn).toBe(1);
  await close();
});

it('of different contents that are asked for at once are drawn in a turn of the event loop each', async () => {
  const { source, close } = await openSource();
  let turn = 0;
  let over = false;
  const count = (): void => {
    turn++;
    if (!over) setImmediate(count);
  };
  count();
  const turns: number[] = [];
  const asked = (index: number) =>
    source.of(
      row,
      owner(`content ${index}`, () => turns.push(turn)),
    );
  await Promise.all(Array.from({ length: 20 }, (_, index) => asked(index)));
  over = true;
  expect(new Set(turns).size).toBe(20);
  await close();
});

it.each(['{broken', 'null'])(
  'one that reads %j is drawn up again where nothing was posted, and given up where perhaps it was',
  async (json) => {
    const { clock, database, source, tie, close } = await openSource();
    const first = await source.of(row, owner('content'));
    await tie(first);
    await database.sql.updateTable('body').set({ json }).execute();
    const tried = { ...row, body_id: first.id, first_attempt_at: clock.now };
    expect(await source.of(tried, owner('content'))).toEqual(first);
    await expect(source.of({ ...tried, doubt: 1 }, owner('content'))).rejects.toThrow('damaged');
    clock.now += 11 * MINUTE; // later it is written anew, and others read it
    await tie(await source.of(row, owner('content')));
    expect(await source.of({ ...tried, doubt: 1 }, owner('content'))).toMatchObject({ id: first.id, body: first.body });
    await close();
  },
);

it('one that was stored by a clock far ahead is not taken for fresh: what is posted shows the price of its own day', async () => {
  const { clock, source, tie, close } = await openSource();
  let drawn = 0;
  const counted = owner('content', () => drawn++);
  clock.ahead = 40 * DAY;
  const { id } = await tie(await source.of(row, counted));
  clock.now += 2 * MINUTE; // nothing is shared any more
  expect(await source.of({ ...row, body_id: id }, counted)).toMatchObject({ id });
  expect(drawn).toBe(1);
  clock.ahead = 0;
  await source.of({ ...row, body_id: id }, counted);
  expect(drawn).toBe(2);
  await close();
});
