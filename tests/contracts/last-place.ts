// Limits of a channel, a server or a person, on every engine: the last free place is taken once, whichever processes are asked at the same moment.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Bot } from '../../src/bots/bot.ts';
import type { DigestWish } from '../../src/digests/digests.ts';
import { createDigests } from '../../src/digests/engine.ts';
import type { Database } from '../../src/store/database.ts';
import { createTickers } from '../../src/tickers/engine.ts';
import { openRoom } from '../alerts/room.ts';
import { ASKER, wish } from '../alerts/stage.ts';
import { subscription } from '../delivery/stage.ts';
import type { OpenProcesses, Processes } from './store/processes.ts';
import { NOW } from './store/rows.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const DIGEST: DigestWish = {
  time: '09:00',
  zone: 'UTC',
  days: undefined,
  coins: ['bittensor'],
  currency: 'usd',
  locale: 'en',
  replace: false,
  subnets: false,
  channel: undefined,
};

export function lastPlaceContract(open: OpenProcesses): void {
  let processes: Processes;
  beforeEach(async () => {
    processes = await open();
  });
  afterEach(() => processes.close());
  /** How the attempts end that all processes make at once: "done", or the code of the refusal. */
  const outcomes = async (attempts: readonly Promise<unknown>[]) =>
    (await Promise.allSettled(attempts))
      .map((one) => (one.status === 'fulfilled' ? 'done' : String((one.reason as { code?: string }).code)))
      .toSorted();
  /** The process that takes the nth press. */
  const inTurn = <T>(all: readonly T[], nth: number): T => {
    const one = all[nth % all.length];
    if (one === undefined) throw new Error('no process');
    return one;
  };
  const digestsOf = (database: Database) => createDigests({ database, now: () => NOW, log: silent }).digests;
  const addDigests = async (count: number, channel: (nth: number) => string) => {
    const place = { tenant: ASKER.tenant, owner: 'u9' };
    const rows = Array.from({ length: count }, (_, nth) => subscription(nth, NOW, { ...place, channel: channel(nth) }));
    await processes.all[0].sql.insertInto('subscription').values(rows).execute();
  };
  const drafts = async (count: number) => {
    const rooms = processes.all.map(digestsOf);
    const ids: string[] = [];
    for (let nth = 0; nth < count; nth++) ids.push((await inTurn(rooms, nth).draft(DIGEST, ASKER)).id);
    return { rooms, ids };
  };

  it('of digests in a channel', async () => {
    await addDigests(24, () => ASKER.channel);
    const { rooms, ids } = await drafts(6);
    const confirmed = await outcomes(ids.map((id, nth) => inTurn(rooms, nth).confirm(id, ASKER)));
    expect(confirmed).toEqual(['done', 'quota', 'quota', 'quota', 'quota', 'quota']);
    expect(await rooms[0]?.list(ASKER)).toHaveLength(25);
  });

  it('of digests in a server', async () => {
    await addDigests(99, (nth) => `c${10 + (nth % 10)}`);
    const { rooms, ids } = await drafts(3);
    const confirmed = await outcomes(ids.map((id, nth) => inTurn(rooms, nth).confirm(id, ASKER)));
    expect(confirmed).toEqual(['done', 'quota', 'quota']);
  });

  it('of digests that stand in for the same one: only one of them does so', async () => {
    await addDigests(25, () => ASKER.channel);
    const [database] = processes.all;
    const pause = { status: 'paused', next_at: null } as const;
    await database.sql.updateTable('subscription').set(pause).where('id', '=', 's00024').execute();
    await database.sql.updateTable('subscription').set({ status: 'dead' }).where('id', '=', 's00023').execute();
    const { rooms, ids } = await drafts(3);
    await database.sql.updateTable('subscription').set(pause).where('id', '=', 's00023').execute();
    const confirmed = await outcomes(ids.map((id, nth) => inTurn(rooms, nth).confirm(id, ASKER, 's00024')));
    expect(confirmed).toEqual(['done', 'quota', 'quota']);
    expect(await rooms[0]?.list(ASKER)).toHaveLength(25);
  });

  it('of a person, by alerts that are over and shall go on', async () => {
    const rooms = processes.all.map((database) => openRoom(database, { now: () => NOW, said: () => ({ price: 280 }) }));
    const make = async (nth: number) => {
      const condition = { kind: 'above', price: 300 + nth * 5 } as const;
      return (await inTurn(rooms, 0).alerts.create(wish({ condition }), ASKER)).alert.id;
    };
    const over: string[] = [];
    for (let nth = 0; nth < 3; nth++) over.push(await make(nth));
    const [database] = processes.all;
    await database.sql.updateTable('alert').set({ status: 'expired' }).execute();
    for (let nth = 3; nth < 27; nth++) await make(nth);
    const resumed = await outcomes(over.map((id, nth) => inTurn(rooms, nth).alerts.resume(id, ASKER)));
    expect(resumed).toEqual(['done', 'quota', 'quota']);
  });

  it('of tickers in a server', async () => {
    const shown = new Map<string, string | null>();
    const voice = {
      remedy: 'Allow it.',
      canShow: () => Promise.resolve({ kind: 'yes' }),
      show(at: { channel: string }, words: string | null) {
        shown.set(at.channel, words);
        return Promise.resolve({ kind: 'shown' });
      },
    };
    const bots = new Map([['discord', { voice } as unknown as Bot]]);
    const place = { platform: 'discord', tenant: 't1' };
    const rooms = processes.all.map((database) =>
      createTickers({ database, bots, words: () => Promise.resolve('TAO $280'), now: () => NOW, log: silent }),
    );
    const set = async (nth: number) =>
      await inTurn(rooms, nth).tickers.set(place, { channel: `v${nth}`, coin: 'bittensor' });
    for (let nth = 0; nth < 4; nth++) await set(nth);
    expect(await outcomes([4, 5, 6, 7].map(set))).toEqual([
      'done',
      'too-many-tickers',
      'too-many-tickers',
      'too-many-tickers',
    ]);
    expect(await outcomes([set(3)])).toEqual(['done']); // what stands there is renewed
    const listed = await inTurn(rooms, 0).tickers.list(place);
    expect(listed).toHaveLength(5);
    const standing = [...shown].flatMap(([channel, words]) => (words === null ? [] : channel));
    expect(standing.toSorted()).toEqual(listed.map(({ channel }) => channel)); // no line that nobody looks after
  });
}
