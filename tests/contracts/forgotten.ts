// Somebody is forgotten while another process draws up a message to them: no table holds their id afterwards, on every engine.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import { createDeliveryEngine, type DeliveryEngine } from '../../src/delivery/engine.ts';
import { FALLBACK } from '../../src/store/alerts/events.ts';
import { createPersonalData } from '../../src/store/privacy/personal-data.ts';
import { openRoom } from '../alerts/room.ts';
import { ASKER, wish } from '../alerts/stage.ts';
import { createFakeBot, type FakePlatform, startFakePlatform } from '../fakes/platform.ts';
import { everyRow, tablesWith } from '../store/every-row.ts';
import type { OpenProcesses, Processes } from './store/processes.ts';
import { add, delivery, NOW } from './store/rows.ts';

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
