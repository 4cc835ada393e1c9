// Somebody is forgotten while another process draws up a message to them: no table holds their id afterwards, on every engine.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import { createDeliveryEngine, type DeliveryEngine } from '../../src/delivery/engine.ts';
import { createDigests } from '../../src/digests/engine.ts';
import { stoppedNotice } from '../../src/digests/stopped-notice.ts';
import type { Database } from '../../src/store/database.ts';
import { addOwned } from '../../src/store/delivery/owned.ts';
import { FALLBACK } from '../../src/store/alerts/events.ts';
import { createPersonalData } from '../../src/store/privacy/personal-data.ts';
import { openRoom } from '../alerts/room.ts';
import { ASKER, wish } from '../alerts/stage.ts';
import { subscription } from '../delivery/stage.ts';
import { createFakeBot, type FakePlatform, startFakePlatform } from '../fakes/platform.ts';
import { everyRow, tablesWith } from '../store/every-row.ts';
import type { OpenProcesses, Processes } from './store/processes.ts';
import { add, delivery, NOW, read } from './store/rows.ts';

const PERSON = '771122334455667788';
const OWNER = { ...ASKER, userId: PERSON };
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Where the other process stands: what it does there waits for `meanwhile`. */
type Moments = { drawing?: () => Promise<unknown>; waiting?: () => Promise<unknown> };

export function forgottenContract(open: OpenProcesses): void {
  let processes: Processes;
  let platform: FakePlatform;
  let now: number;
  let engine: DeliveryEngine | undefined;
  beforeEach(async () => {
    now = NOW;
    [processes, platform] = await Promise.all([
      open(),
      startFakePlatform({ keyWindowMs: 120_000, history: true, now: () => now }),
    ]);
  });
  afterEach(async () => {
    await engine?.stop();
    await Promise.all([processes.close(), platform.close()]);
  });
  const forget = () =>
    createPersonalData(processes.all[0]).forget({ platform: 'discord', tenant: 't1', userId: PERSON });
  const left = async () => tablesWith(await everyRow(processes.all[0]), PERSON);

  /** The second process, whose messages name the person whom they call; the refusal of a direct message led to the one that is due. */
  async function telling({ drawing, waiting }: Moments) {
    const [, database] = processes.all;
    const room = openRoom(database, { now: () => now, said: () => ({ price: 280 }) });
    const { id } = (await room.alerts.create(wish({ repeat: 'always' }), OWNER)).alert;
    const event = { id: `${id}:c1`, alert_id: id, occurrence: 'c1', kind: 'crossed', at: NOW, value: '301' } as const;
    await database.sql.insertInto('alert_event').values(event).execute();
    const occurrence = `c1${FALLBACK}`;
    await add(database, delivery(id, { id: `${id}:${occurrence}`, kind: 'alert', occurrence }));
    const fake = createFakeBot({ name: 'discord', origin: platform.origin });
    const bot = {
      ...fake,
      async prepare(...[card]: Parameters<typeof fake.prepare>) {
        await drawing?.();
        return { json: `<@${card.mention}> ${now}`, files: [] };
      },
    };
    engine = createDeliveryEngine({
      database,
      bots: new Map([['discord', bot]]),
      kinds: [room.kindOf],
      now: () => now,
      monotonic: () => now,
      async sleep(ms) {
        await waiting?.();
        await new Promise((resolve) => void setTimeout(resolve, Math.min(ms, 20_000)).unref());
      },
      log: silent,
      highWaterFile: null,
    });
    await engine.tick();
    await engine.settled();
    return engine;
  }
  const once = (work: () => Promise<unknown>) => {
    let done: Promise<unknown> | null = null;
    return () => (done ??= work());
  };

  /** A digest of theirs, and the other process's room. */
  async function digestOf(change: Parameters<typeof subscription>[2] = {}) {
    const [database, other] = processes.all;
    const row = subscription(0, NOW, { tenant: 't1', owner: PERSON, ...change });
    await database.sql.insertInto('subscription').values(row).execute();
    return { row, room: createDigests({ database: other, now: () => now, log: silent }) };
  }
  /** Somebody is forgotten; before that is committed the other process comes to what it writes next. */
  async function forgottenBefore(write: (database: Database) => Promise<unknown>): Promise<void> {
    const [database, other] = processes.all;
    const [locked, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const forgotten = database.sql.transaction().execute(async (transaction) => {
      await transaction.updateTable('subscription').set({ owner: '', told: 1 }).where('owner', '=', PERSON).execute();
      locked.resolve();
      await go.promise;
    });
    await locked.promise;
    const written = write(other);
    await new Promise((resolve) => setTimeout(resolve, 200));
    go.resolve();
    await Promise.all([forgotten, written]);
  }

  it('a notice about a digest that has just stopped', async () => {
    const { row } = await digestOf({ status: 'suspended', told: 0, stopped_at: NOW });
    const notice = stoppedNotice(row, NOW);
    if (notice === null) throw new Error('no notice');
    await forgottenBefore((other) => addOwned(other, notice, 'subscription'));
    expect(await left()).toEqual([]);
    await processes.all[0].sql.updateTable('subscription').set({ owner: PERSON }).execute();
    expect(await addOwned(processes.all[1], notice, 'subscription')).toBe(true);
    expect(await addOwned(processes.all[1], notice, 'subscription')).toBe(false);
    expect(await read(processes.all[0], notice.id)).toEqual(notice);
  });

  it('a digest that is stopped at the same moment, again and again', async () => {
    for (let round = 0; round < 10; round++) {
      const { row, room } = await digestOf({ id: `s${round}`, channel: `c${round}` });
      const { platform, tenant, channel } = row;
      await Promise.all([room.retire({ platform, tenant, channel }, 'gone'), forget()]);
      expect(await left()).toEqual([]);
    }
  });

  it('a message that is being drawn up', async () => {
    await telling({ drawing: once(forget) });
    expect(platform.posts).toEqual([]);
    expect(await left()).toEqual([]);
  });

  it('a message that is drawn up and not yet marked as being sent', async () => {
    let drawn = false;
    const goes = once(forget);
    await telling({
      drawing: () => Promise.resolve((drawn = true)),
      waiting: () => (drawn ? goes() : Promise.resolve()),
    });
    expect(platform.posts).toEqual([]);
    expect(await left()).toEqual([]);
  });

  it('a message that was drawn up twice, as it was not taken for ten minutes', async () => {
    platform.options.fault = () => ({ refuse: { status: 429, code: 'slow', retryAfterMs: 11 * MINUTE } });
    const again = await telling({});
    expect(await left()).toContain('body');
    now += 12 * MINUTE;
    await again.tick();
    await again.settled();
    await forget();
    expect(await left()).toEqual([]);
  });
}
