// The price gate alone: what is believed, doubted, refused.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedStep, judge } from '../../../src/market/plausibility/price-check.ts';
import type { Evidence, Suspicion } from '../../../src/market/plausibility/price-check.ts';
import { checkSentinels, withoutBitcoin } from '../../../src/market/plausibility/sentinels.ts';
import { MINUTE, START } from '../scene.ts';

const LAST = { price: 250, at: START };
const evidence = (price: number, minutes: number, more: Partial<Evidence> = {}): Evidence => ({
  seen: { price, at: START + minutes * MINUTE },
  last: LAST,
  suspicion: null,
  second: null,
  credible: 'yes',
  now: START + minutes * MINUTE,
  ...more,
});

/** Polls once a minute with the same price; the verdicts in order. */
function poll(price: number, polls: number, second: number | null = null, minutesApart = 1): string[] {
  let suspicion: Suspicion | null = null;
  const verdicts: string[] = [];
  for (let index = 1; index <= polls; index++) {
    const verdict = judge(evidence(price, index * minutesApart, { suspicion, second }));
    suspicion = verdict.kind === 'suspect' ? verdict.suspicion : null;
    verdicts.push(verdict.kind);
  }
  return verdicts;
}

it('times older than the last are refused; the same time again is not', () => {
  expect(judge(evidence(250, -1)).kind).toBe('refuse');
  expect(judge(evidence(251, 0)).kind).toBe('accept');
});

it('what is not a positive number is refused', () => {
  for (const price of [0, -0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(judge(evidence(price, 1)).kind).toBe('refuse');
});

it('the allowed step is 10 % at once, grows with the root of time and stops after a day', () => {
  expect(allowedStep(0)).toBe(0.1);
  expect(allowedStep(100 * MINUTE)).toBeCloseTo(0.4);
  expect(allowedStep(30 * 1440 * MINUTE)).toBe(allowedStep(1440 * MINUTE));
});

describe('a step too large', () => {
  it('is accepted when a second source agrees within 2 %', () => {
    expect(poll(100, 1, 101.9)).toEqual(['accept']);
    expect(poll(100, 1, 102.1)).toEqual(['suspect']);
  });
  it('is accepted at the third poll a minute apart when no second source can be had', () => {
    expect(poll(100, 3)).toEqual(['suspect', 'suspect', 'accept']);
    expect(poll(100, 5, null, 0.5)).toEqual(['suspect', 'suspect', 'suspect', 'suspect', 'accept']);
  });
  it('is never accepted by repetition while a second source objects', () => {
    expect(new Set(poll(100, 240, 250))).toEqual(new Set(['suspect']));
    expect(new Set(poll(375, 240, 250))).toEqual(new Set(['suspect']));
  });
  it('shows as unconfirmed half an hour after the last objection, and is accepted after six hours', () => {
    let suspicion: Suspicion | null = null;
    const kinds: string[] = [];
    for (let minute = 1; minute <= 400; minute++) {
      const verdict = judge(evidence(300, minute, { suspicion, second: minute <= 5 ? 250 : null }));
      suspicion = 'suspicion' in verdict ? verdict.suspicion : null;
      kinds.push(verdict.kind === 'accept' && verdict.overdue ? 'overdue' : verdict.kind);
    }
    expect([kinds.indexOf('unconfirmed') + 1, kinds.indexOf('overdue') + 1]).toEqual([35, 361]);
    expect(kinds.slice(0, 34)).toEqual(Array.from({ length: 34 }, () => 'suspect'));
  });
  it('of ×10 or ÷1000 needs six hours of one source alone', () => {
    for (const price of [2500, 0.25]) {
      const verdicts = poll(price, 400);
      expect(verdicts.indexOf('accept')).toBe(360);
    }
  });
  it('of ×10 that swings from poll to poll is believed after six hours, too', () => {
    let suspicion: Suspicion | null = null;
    const verdicts: string[] = [];
    for (let minute = 1; minute <= 400; minute++) {
      const price = minute % 2 === 0 ? 20 : 25; // 22 % apart: no two polls in a row say the same
      const verdict = judge(evidence(price, minute, { suspicion }));
      suspicion = 'suspicion' in verdict ? verdict.suspicion : null;
      verdicts.push(verdict.kind === 'accept' && verdict.overdue ? 'overdue' : verdict.kind);
    }
    expect(verdicts.indexOf('overdue')).toBe(360);
  });
  it('of ×10 is not believed at the second look, however late that comes: two errors of a day are no price', () => {
    const first = judge(evidence(2500, 1));
    const suspicion = 'suspicion' in first ? first.suspicion : null;
    for (const price of [2500, 3500]) expect(judge(evidence(price, 600, { suspicion })).kind).toBe('suspect');
  });
  it('that has come half the way back is judged by all the time since the last price, one that stays out is not', () => {
    const first = judge(evidence(375, 2));
    const suspicion = 'suspicion' in first ? first.suspicion : null;
    expect(judge(evidence(300, 60, { suspicion })).kind).toBe('accept');
    expect(judge(evidence(340, 60, { suspicion })).kind).toBe('suspect');
  });
  it('to the other side is a new doubt, which has its own six hours', () => {
    let suspicion: Suspicion | null = null;
    for (let minute = 1; minute <= 400; minute++) {
      const verdict = judge(evidence(minute <= 300 ? 2500 : 25, minute, { suspicion }));
      expect(verdict.kind).toBe('suspect');
      suspicion = 'suspicion' in verdict ? verdict.suspicion : null;
    }
  });
});

it('first sight: a row that contradicts itself or stands alone is doubted', () => {
  expect(judge(evidence(250, 0, { last: null })).kind).toBe('accept');
  expect(judge(evidence(250, 0, { last: null, credible: 'unproven' })).kind).toBe('suspect');
  expect(judge(evidence(250, 0, { last: null, credible: 'no' })).kind).toBe('suspect');
  expect(judge(evidence(250, 0, { last: null, credible: 'no', second: 249 })).kind).toBe('accept');
});

it('whatever comes, an accepted price is near the last, confirmed, or has lasted', () => {
  const step = fc.record({ factor: fc.double({ min: -8, max: 8, noNaN: true }), minutes: fc.nat(200) });
  const run = fc.check(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let [last, suspicion, at] = [LAST, null as Suspicion | null, START];
      for (const { factor, minutes } of steps) {
        at += minutes * MINUTE;
        const seen = { price: last.price * Math.exp(factor), at };
        const verdict = judge({ seen, last, suspicion, second: null, credible: 'yes', now: at });
        if (verdict.kind === 'accept') {
          const near = Math.abs(factor) <= allowedStep(at - last.at) + 1e-9;
          const lasted = suspicion !== null && at - suspicion.firstSeenAt >= 360 * MINUTE;
          if (!near && !lasted && (suspicion === null || suspicion.polls < 2)) return false;
          [last, suspicion] = [seen, null];
        } else if (verdict.kind === 'suspect') suspicion = verdict.suspicion;
      }
      return true;
    }),
    { numRuns: 300, seed: 20261122 },
  );
  expect(run.counterexample).toBeNull();
});

describe('sentinels', () => {
  const check = (usdc: number, usdt: number, bitcoin: number, perDollar: number | null = 1) => {
    const at = START + MINUTE;
    const prices = new Map([
      ['usd-coin', { price: usdc, at }],
      ['tether', { price: usdt, at }],
      ['bitcoin', { price: bitcoin, at }],
    ]);
    const last = (id: string) => (id === 'bitcoin' ? { price: 77_000, at: START } : null);
    return checkSentinels({ prices, last, perDollar }).failing;
  };
  it('stablecoins hold between 0.9 and 1.1 dollars, bitcoin within 30 %', () => {
    expect(check(1, 1, 77_000)).toEqual([]);
    expect(check(0.9, 1.1, 77_000 * 1.299)).toEqual([]);
    expect(check(42_042_904, 69.9e6, 850e9)).toEqual(['usd-coin', 'tether', 'bitcoin']);
    expect(check(0.89, 1, 77_000 * 0.69)).toEqual(['usd-coin', 'bitcoin']);
    expect(check(0.86, 0.86, 77_000, 0.86)).toEqual([]); // euros
  });
  const inEuros = (prices: Record<string, number>) => {
    const points = new Map(Object.entries(prices).map(([id, price]) => [id, { price, at: START + MINUTE }]));
    const last = (id: string) => (id === 'bitcoin' ? { price: 66_000, at: START } : null);
    return withoutBitcoin(checkSentinels({ prices: points, last, perDollar: 0.86 }));
  };
  it('one that holds is enough to believe what is seen for the first time, unless another fails', () => {
    expect(inEuros({ tether: 0.86 })).toMatchObject({ failing: [], guarded: true });
    expect(inEuros({ tether: 0.86, 'usd-coin': 86 })).toMatchObject({ failing: ['usd-coin'], guarded: false });
  });
  it('outside dollars bitcoin speaks where no stablecoin does', () => {
    expect(inEuros({ bitcoin: 96_000 })).toMatchObject({ failing: ['bitcoin'], guarded: false });
    expect(inEuros({ bitcoin: 96_000, tether: 0.86 })).toMatchObject({ failing: [], guarded: true });
    expect(inEuros({ bitcoin: 66_000 })).toMatchObject({ failing: [], guarded: true });
  });
  it('missing sentinels prove nothing', () => {
    expect(checkSentinels({ prices: new Map(), last: () => null, perDollar: 1 })).toEqual({
      failing: [],
      guarded: false,
      stable: 0,
    });
  });
});
