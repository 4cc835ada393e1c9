// The HTTP client against a far end that misbehaves in every way on record.
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inTurns } from '../../src/base/turns.ts';
import { createHttp } from '../../src/http/client.ts';
import type { Http } from '../../src/http/client.ts';
import { startFakeServer } from '../fakes/server.ts';
import type { FakeServer, Fault } from '../fakes/server.ts';
import { START } from '../market/scene.ts';

let far: FakeServer;
let http: Http;
let now = START;
beforeEach(async () => {
  now = START;
  far = await startFakeServer(() => ({ json: { value: 1 } }), { now: () => now });
  http = createHttp({ name: 'Far', now: () => now });
});
afterEach(async () => {
  await http.close();
  await far.close();
});
const get = (deadlineMs = 15_000) =>
  http.getJson(`${far.origin}/x`, { schema: z.object({ value: z.number() }), deadlineMs });

const UTF16 = Buffer.from('{"value":1}', 'utf16le');
it.each<[string, Fault, string]>([
  ['an error page', { kind: 'status', status: 500 }, 'Far answered with error 500'],
  ['a refused key', { kind: 'status', status: 401 }, 'Far refused our API key'],
  ['a block page', { kind: 'status', status: 403 }, 'Far refused the request'],
  ['HTML with status 200', { kind: 'html' }, 'Far sent an unreadable answer'],
  ['half a body', { kind: 'truncate' }, 'Far sent an unreadable answer'],
  ['an empty body', { kind: 'body', body: '' }, 'Far sent an unreadable answer'],
  ['null', { kind: 'body', body: 'null' }, 'Far sent an unreadable answer'],
  ['UTF-16', { kind: 'body', body: UTF16 }, 'Far sent an unreadable answer'],
  ['invalid UTF-8', { kind: 'body', body: Buffer.from([0x7b, 0xff, 0x7d]) }, 'Far sent an unreadable answer'],
  ['infinity', { kind: 'body', body: '{"value":1e400}' }, 'Far sent an unreadable answer'],
  ['100,000 brackets', { kind: 'body', body: '['.repeat(100_000) }, 'Far sent an unreadable answer'],
  ['a gzip bomb', { kind: 'bomb' }, 'Far sent an unreadable answer'],
  ['a redirect', { kind: 'redirect' }, 'Far redirected us'],
  ['a reset connection', { kind: 'reset' }, 'Far could not be reached'],
])('%s is a failure with a reason', async (_name, fault, reason) => {
  far.fault = fault;
  expect(await get()).toEqual({ kind: 'failed', reason });
  expect(far.calls.map((call) => call.path)).toEqual(['/x']); // no redirect followed, nothing tried twice
});

it('a byte order mark does not matter', async () => {
  far.fault = { kind: 'body', body: '\uFEFF{"value":1}' };
  expect(await get()).toEqual({ kind: 'ok', data: { value: 1 }, aheadMs: 0 });
});

it('a far end that hangs costs its deadline, one that refuses costs nothing', async () => {
  far.fault = { kind: 'hang' };
  expect(await get(60)).toEqual({ kind: 'failed', reason: 'Far did not answer in time' });
  await far.down();
  now += 31_000;
  expect(await get()).toEqual({ kind: 'failed', reason: 'Far could not be reached' });
  await far.up();
});

it('after failures it pauses 30 s, doubling to 10 min, and one success ends it', async () => {
  far.fault = { kind: 'status', status: 503 };
  const gaps: number[] = [];
  for (let last = now; gaps.length < 8; now += 1_000) {
    const before = far.calls.length;
    await get();
    if (far.calls.length === before) continue;
    gaps.push((now - last) / 1_000);
    last = now;
  }
  expect(gaps).toEqual([0, 30, 60, 120, 240, 480, 600, 600]);
  expect(http.state()).toMatchObject({ state: 'cooling', lastError: 'Far answered with error 503' });
  far.fault = null;
  now += 600_000;
  expect(await get()).toMatchObject({ kind: 'ok' });
  expect(http.state()).toMatchObject({ state: 'ok', lastSuccessAt: now });
});

it('an honest 404 is an answer, not a failure', async () => {
  far.fault = { kind: 'status', status: 404 };
  expect(await get()).toEqual({ kind: 'missing' });
  expect(http.pausing()).toBeNull();
});

describe('health by endpoint', () => {
  const schema = z.object({ value: z.number() });
  const ask = (endpoint: string, more: { blame?: 'request'; judgedLater?: boolean } = {}) =>
    http.getJson(`${far.origin}/${endpoint}`, { schema, deadlineMs: 15_000, endpoint, ...more });

  it('one that fails is left alone, the others go on', async () => {
    far.fault = { kind: 'status', status: 500 };
    await ask('charts');
    far.fault = null;
    expect(await ask('charts')).toEqual({ kind: 'failed', reason: 'Far answered with error 500' });
    expect(await ask('prices')).toMatchObject({ kind: 'ok' });
    expect(far.calls.map((call) => call.path)).toEqual(['/charts', '/prices']);
    expect(http.pauses()).toEqual([
      { endpoint: 'charts', leftMs: 30_000, failingMs: 0, reason: 'Far answered with error 500' },
    ]);
    expect(http.state('prices')).toMatchObject({ state: 'ok', lastSuccessAt: START });
    now += 30_000;
    expect(await ask('charts')).toMatchObject({ kind: 'ok' });
    expect(http.pauses()).toEqual([]);
  });

  it.each([400, 404, 410, 422])('status %d is a word about the question: nothing pauses', async (status) => {
    far.fault = { kind: 'status', status };
    for (let call = 0; call < 5; call++) await ask('charts');
    expect(far.calls).toHaveLength(5);
    expect(http.state('charts').state).toBe('ok');
  });

  it.each<Fault>([
    { kind: 'status', status: 401 },
    { kind: 'status', status: 403 },
    { kind: 'limited', retryAfter: '60' },
  ])('%o stops every endpoint: it is about us', async (fault) => {
    far.fault = fault;
    await ask('charts');
    far.fault = null;
    await ask('prices');
    expect(far.calls).toHaveLength(1);
    expect(http.pauses()).toMatchObject([{ endpoint: null }]);
  });

  it('a broken answer about one thing can be left to its caller; an unreachable far end cannot', async () => {
    for (const fault of [{ kind: 'status', status: 500 }, { kind: 'html' }] as const) {
      far.fault = fault;
      await ask('charts', { blame: 'request' });
    }
    expect(http.pauses()).toEqual([]);
    far.fault = { kind: 'reset' };
    await ask('charts', { blame: 'request' });
    expect(http.pauses()).toMatchObject([{ endpoint: 'charts', reason: 'Far could not be reached' }]);
  });

  it('readable but unbelievable answers pause longer and longer, as failures do', async () => {
    const gaps: number[] = [];
    for (let last = now; gaps.length < 5; now += 1_000) {
      const before = far.calls.length;
      await ask('prices', { judgedLater: true });
      if (far.calls.length === before) continue;
      http.distrust('Far sends nonsense', 'prices');
      gaps.push((now - last) / 1_000);
      last = now;
    }
    expect(gaps).toEqual([0, 30, 60, 120, 240]);
    now += 480_000;
    const startedAt = now;
    await ask('prices', { judgedLater: true });
    http.trust('prices', startedAt);
    expect(http.state('prices')).toMatchObject({ state: 'ok', lastSuccessAt: now });
  });
});

describe('clocks', () => {
  it('a pause runs on the monotonic clock, whatever the wall clock does', async () => {
    let up = 0;
    await http.close();
    http = createHttp({ name: 'Far', now: () => now, monotonic: () => up });
    now += 7_200_000; // two hours ahead …
    far.fault = { kind: 'status', status: 500 };
    await get();
    far.fault = null;
    now -= 7_200_000; // … and corrected
    up += 29_999;
    expect(await get()).toMatchObject({ kind: 'failed' });
    up += 1;
    expect(await get()).toMatchObject({ kind: 'ok' });
  });

  it('our clock is compared with that of the far end', async () => {
    let skew = 7_200_000;
    await http.close();
    http = createHttp({ name: 'Far', now: () => now + skew });
    expect(await get()).toMatchObject({ aheadMs: 7_199_000 }); // the header counts seconds: at least so much
    skew = -180_000;
    expect(await get()).toMatchObject({ aheadMs: -181_000 });
    skew = 400;
    expect(await get()).toMatchObject({ aheadMs: 0 });
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    ['0', 30_000], // our own pause holds at least
    ['5', 30_000],
    ['99999999', 3_600_000], // an hour at most
    ['Sun, 22 Nov 2026 10:02:00 GMT', 120_000],
    ['Wed, 21 Oct 2037 07:28:00 GMT', 3_600_000],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 60_000],
    ['-5', 60_000],
    ['abc', 60_000],
    ['1e3', 60_000],
    ['', 60_000],
  ])('"%s" pauses %d ms, and no call is made before', async (retryAfter, pauseMs) => {
    far.fault = { kind: 'limited', retryAfter };
    expect(await get()).toMatchObject({ kind: 'limited', until: START + pauseMs });
    far.fault = null;
    now = START + pauseMs - 1;
    expect(await get()).toMatchObject({ kind: 'limited' });
    expect(far.calls).toHaveLength(1);
    now += 1;
    expect(await get()).toMatchObject({ kind: 'ok' });
  });

  it('says until when, rounded up to the minute', async () => {
    far.fault = { kind: 'limited', retryAfter: '270' };
    expect(await get()).toMatchObject({ reason: 'Far is rate-limiting us until 10:05 UTC' });
  });
});

it('a large body is read in a turn that no other long work has', async () => {
  far.fault = { kind: 'body', body: JSON.stringify(Array.from({ length: 20_000 }, (_, at) => at)) };
  const state = { inTurn: 0, most: 0, working: true };
  const count = () => (state.inTurn += 1);
  const schema = z.custom<number[]>(() => count() > 0);
  const others = inTurns(untilDone(state), () => [count()], 1); // a slice in every turn
  const all = Promise.all(
    [1, 2, 3, 4].map((at) => http.getJson(`${far.origin}/${at}`, { schema, deadlineMs: 15_000 })),
  );
  const done = all.finally(() => (state.working = false));
  while (state.working) {
    await turn();
    state.most = Math.max(state.most, state.inTurn);
    state.inTurn = 0;
  }
  expect((await done).map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect((await others).length).toBeGreaterThan(0);
  expect(state.most).toBe(1);
});

function* untilDone(state: { working: boolean }): Generator<null> {
  while (state.working) yield null;
}

it('a body cut in the middle of a letter, or not in UTF-8 at its end, is read whole or not at all', async () => {
  const text = JSON.stringify({ name: 'τ'.repeat(200_000) }); // many chunks, most of them with half a letter at the end
  far.fault = { kind: 'body', body: text };
  const schema = z.object({ name: z.string() });
  expect(await http.getJson(`${far.origin}/x`, { schema, deadlineMs: 15_000 })).toMatchObject({
    kind: 'ok',
    data: JSON.parse(text) as object,
  });
  far.fault = { kind: 'body', body: Buffer.concat([Buffer.from('{"name":"x"}'), Buffer.from([0xcf])]) };
  expect(await http.getJson(`${far.origin}/x`, { schema, deadlineMs: 15_000 })).toMatchObject({ kind: 'failed' });
});
