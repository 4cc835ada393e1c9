// Ticks that hang or fail: the others go on, the log says so once, and health tells how long nothing got through.
import { afterEach, expect, it } from 'vitest';
import { createDeliveryEngine, type DeliveryEngine } from '../../src/delivery/engine.ts';
import type { DeliveryKind } from '../../src/delivery/port.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createTestClock } from '../fakes/clock.ts';
import { startPostgres } from '../fakes/postgres.ts';
import { startTcpProxy, through } from '../fakes/tcp-proxy.ts';
import { MINUTE, SECOND } from '../../src/base/clock.ts';

/** A database that is there must answer within it on a busy machine, too: that one is away costs this much real time. */
const CALL_MS = 1500;
const idle = () => Promise.resolve();
const kind = (name: string, plan: DeliveryKind['plan']): DeliveryKind => ({
  name,
  plan,
  begin: idle,
  owner: () => Promise.resolve(null),
  sent: () => Promise.resolve(null),
  refused: () => Promise.resolve({ kind: 'dead' }),
  clockWentBack: idle,
  everyHour: idle,
});

let close: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const one of close.toReversed()) await one();
  close = [];
});

async function openEngine(kinds: readonly DeliveryKind[], url = 'sqlite::memory:') {
  const clock = createTestClock({ freeMs: SECOND });
  const database = await openDatabase(url, { callMs: CALL_MS });
  const logs: { level: string; message: string }[] = [];
  const write = (level: string) => (_fields: object, message: string) => void logs.push({ level, message });
  const engine: DeliveryEngine = createDeliveryEngine({
    database,
    bots: new Map(),
    kinds,
    now: clock.now,
    monotonic: clock.now,
    sleep: clock.sleep,
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    highWaterFile: null,
  });
  close.push(() => database.close());
  const errors = () => logs.filter(({ level }) => level === 'error').map(({ message }) => message);
  return { clock, engine, logs, errors };
}

it('a kind that never finishes its plan holds up no other, is reported once, and plans again when it is through', async () => {
  const free = Promise.withResolvers<void>();
  let slow = 0;
  let quick = 0;
  const { clock, engine, errors } = await openEngine([
    kind('slow', () => (++slow === 1 ? free.promise : Promise.resolve())),
    kind('quick', () => Promise.resolve(void quick++)),
  ]);
  const asked = clock.asked(20 * SECOND);
  const first = engine.tick();
  await asked;
  await clock.advance(20 * SECOND);
  await first;
  expect([slow, quick, errors()]).toEqual([1, 1, ['planning hangs: the others go on without it']]);
  await engine.tick();
  expect([slow, quick]).toEqual([1, 2]);
  expect(engine.health()).toMatchObject({ ok: true, failures: 0 });
  free.resolve();
  await engine.tick();
  await engine.tick();
  expect(slow).toBeGreaterThan(1);
  expect(errors()).toHaveLength(1);
  await engine.stop();
});

it('a tick that hangs elsewhere is left behind after a minute; so are five, and no more', async () => {
  let begun = 0;
  const hangs = { ...kind('stuck', idle), begin: () => (begun++, new Promise<void>(() => undefined)) };
  const { clock, engine, errors } = await openEngine([hangs]);
  for (let round = 0; round < 8; round++) {
    const asked = clock.asked(MINUTE);
    const tick = engine.tick();
    if (round < 5) await asked;
    await clock.advance(MINUTE);
    await tick;
  }
  expect(begun).toBe(5);
  expect(errors().filter((message) => /hangs: the next one/.test(message))).toHaveLength(5);
  expect(engine.health()).toMatchObject({ ok: false, stuck: true, lastAt: null, failures: 5 });
  const stopping = engine.stop();
  await clock.advance(10 * SECOND);
  await stopping;
});

it('a clock that asks for no tick any more is lost after five minutes, and found again', async () => {
  const { clock, engine } = await openEngine([]);
  await engine.tick();
  await clock.advance(5 * MINUTE - 1);
  expect(engine.health()).toMatchObject({ ok: false, stuck: false });
  await clock.advance(1);
  expect(engine.health().stuck).toBe(true);
  await engine.tick();
  expect(engine.health()).toMatchObject({ ok: true, stuck: false });
});

it('a database that vanishes: ticks fail and say so once a minute, health tells, and all goes on when it is back', async () => {
  const postgres = await startPostgres();
  const url = await postgres.fresh();
  const proxy = await startTcpProxy(Number(new URL(url).port));
  close.push(() => postgres.stop(), proxy.close);
  const { clock, engine, logs, errors } = await openEngine([], through(url, proxy));
  await engine.tick();
  expect(engine.health().ok).toBe(true);
  proxy.vanish();
  for (let second = 0; second < 40; second += 10) {
    await engine.tick();
    await clock.advance(10 * SECOND);
  }
  expect(new Set(errors())).toEqual(new Set(['a tick of the delivery engine failed']));
  expect(errors().length).toBeLessThanOrEqual(2); // a call that nobody answered, then connections that nobody answered
  expect(engine.health()).toMatchObject({ ok: false, stuck: false, failures: 4 });
  proxy.comeBack();
  await engine.tick();
  expect(engine.health().ok).toBe(true);
  expect(logs.at(-1)?.message).toMatch(/get through again/);
  proxy.vanish();
  await engine.stop();
});

it.each([
  ['database or disk is full', 'the disk of the database is full'],
  ['attempt to write a readonly database', 'the database cannot be written to'],
  ['password authentication failed for user "x"', null],
])('ticks that fail with %s: health says why, in our words and no other', async (message, words) => {
  let fails = false;
  const plan = () => (fails ? Promise.reject(new Error(message)) : Promise.resolve());
  const { clock, engine } = await openEngine([kind('any', plan)]);
  await engine.tick();
  fails = true;
  await clock.advance(40 * SECOND);
  await engine.tick();
  expect(engine.health()).toMatchObject({
    ok: false,
    detail: `last tick 40 s ago${words === null ? '' : `: ${words}`}`,
  });
  fails = false;
  await engine.tick();
  expect(engine.health()).toMatchObject({ ok: true, detail: 'last tick 0 s ago' });
});
