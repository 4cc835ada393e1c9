// What every fallback price source promises: one suite that each has to pass over its fake.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectedSource, connectSources } from '../../src/market/fallback/connect.ts';
import type { FallbackId } from '../../src/market/fallback/sources.ts';
import { type FakeFallbacks, startFakeFallbacks } from '../fakes/market/fallbacks.ts';
import type { Fault } from '../fakes/server.ts';
import { MINUTE } from '../../src/base/clock.ts';

/** What differs between the sources: symbols, how each says "too many calls", and, where an answer states its currency, one in euros. */
export type FallbackCase = {
  symbol: string;
  unknown: string;
  otherCurrency: string;
  limits: readonly Fault[];
  inEuros?: (body: string) => string;
  /** Age that the source states for a price of this moment (ms). */
  ageMs: number;
};

const START = Date.parse('2026-11-22T10:00:00Z');
const BROKEN: readonly Fault[] = [
  { kind: 'html' },
  { kind: 'truncate' },
  { kind: 'reset' },
  { kind: 'bomb' },
  { kind: 'redirect' },
  { kind: 'status', status: 500 },
  ...['', 'null', '[]', '{}', '{"error":[]}', '{"price":250.28}', '{"price":"0x1F"}'].map((body): Fault => {
    return { kind: 'body', body };
  }),
];

export function describeFallbackSource(id: FallbackId, given: FallbackCase): void {
  let others: FakeFallbacks;
  let source: ConnectedSource;
  const clock = { true: START, skewMs: 0 };
  beforeEach(async () => {
    Object.assign(clock, { true: START, skewMs: 0 });
    others = await startFakeFallbacks({ now: () => clock.true });
    const [connected] = connectSources({
      ids: [id],
      baseUrls: others.urls,
      now: () => clock.true + clock.skewMs,
      monotonic: () => clock.true,
      deadlineMs: 10_000,
    });
    if (connected === undefined) throw new Error('no such source');
    source = connected;
  });
  afterEach(async () => {
    await source.close();
    await others.close();
  });
  const ask = () => source.quote(given.symbol);

  describe(`fallback ${id}`, () => {
    it('a good answer: dollars, with its own time, under its own name', async () => {
      expect(await ask()).toMatchObject({ kind: 'ok', data: { price: 250.28, at: START - given.ageMs } });
      expect(source.source).toMatchObject({ id, url: expect.stringMatching(/^https:/) as string });
      expect(source.http.state()).toMatchObject({ state: 'ok', lastSuccessAt: START });
    });

    it('figures beside the price are numbers or unknown, never zero for unknown', async () => {
      const answer = await ask();
      if (answer.kind !== 'ok') throw new Error('no answer');
      const wrong = Object.entries(answer.data).filter(
        ([key, value]) => value !== null && (!Number.isFinite(value) || (value === 0 && !key.startsWith('change'))),
      );
      expect(wrong).toEqual([]);
    });

    it.each([3 * MINUTE, -3 * MINUTE])('our clock is %d ms wrong: the age is the true one', async (skewMs) => {
      clock.skewMs = skewMs;
      const answer = await ask();
      if (answer.kind !== 'ok') throw new Error('no answer');
      const ageMs = clock.true + skewMs - answer.data.at;
      expect(ageMs).toBeGreaterThanOrEqual(given.ageMs);
      expect(ageMs).toBeLessThanOrEqual(given.ageMs + 2_000);
    });

    it('a coin that it does not have is missing, which is no failure', async () => {
      expect(await source.quote(given.unknown)).toEqual({ kind: 'missing' });
      expect(source.http.pausing()).toBeNull();
      expect(await ask()).toMatchObject({ kind: 'ok' });
    });

    it.each(given.limits)('a limit (%o) is a pause, not a missing coin', async (fault) => {
      others[id].fault = fault;
      expect(await ask()).toMatchObject({ kind: 'limited', until: START + MINUTE });
      others[id].fault = null;
      expect(await ask()).toMatchObject({ kind: 'limited' });
      expect(others[id].calls).toHaveLength(1);
      clock.true += MINUTE;
      expect(await ask()).toMatchObject({ kind: 'ok' });
    });

    it.each(BROKEN)('%o makes no price', async (fault) => {
      others[id].fault = fault;
      const answer = await ask();
      expect(answer.kind === 'failed' || answer.kind === 'missing').toBe(true);
    });

    it('a price in another currency is not taken for dollars', async () => {
      expect((await source.quote(given.otherCurrency)).kind).toBe('missing');
      if (given.inEuros === undefined) return;
      others[id].fault = { kind: 'body', body: given.inEuros(await goodBody()) };
      expect((await ask()).kind).toBe('failed');
    });
  });

  /** What the fake answers to a good question. */
  async function goodBody(): Promise<string> {
    await ask();
    const call = others[id].calls.at(-1);
    const url = new URL(call?.path ?? '/', others[id].origin);
    for (const [name, value] of call?.query ?? []) url.searchParams.set(name, value);
    return await (await fetch(url)).text();
  }
}
