// Readings in doubt: a jump or another source is held back until a second reading agrees, and no doubt lasts for ever.
import { describe, expect, it } from 'vitest';
import { createConfirmation } from '../../../src/alerts/condition/confirmed.ts';
import type { Observation } from '../../../src/alerts/condition/observations.ts';
import { START } from '../stage.ts';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';

const KEY = 'coin:bittensor usd';

/** What was believed of prices that came a minute apart, after one of 280 from CoinGecko; and the warnings of the log. */
function believed(prices: readonly number[], source = 'coingecko', apart = MINUTE) {
  const warnings: object[] = [];
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, error: quiet, warn: (fields: object) => void warnings.push(fields) };
  let now = START;
  const confirmation = createConfirmation({ now: () => now, log });
  confirmation.take(KEY, reading(START, 280, 'coingecko'));
  const taken = prices.map((price) => {
    now += apart;
    return confirmation.take(KEY, reading(now, price, source));
  });
  const setBack = (ms: number) => void (now -= ms);
  return {
    confirmation,
    setBack,
    warnings,
    minutes: taken.flatMap((one) => (one === null ? [] : (one.at - START) / MINUTE)),
  };
}

/** `change24h` in percent. */
function reading(at: number, price: number | null, source: string, change24h: number | null = null): Observation {
  const nothing = { high: null, nextToGo: null, gone: null, emission: null, newest: null, cost: null, halving: null };
  return { ...nothing, at, source, price, changes: { '1h': null, '24h': change24h, '7d': null } };
}

/** Moves on by 3 % with each reading. */
const rising = (from: number, count: number) => Array.from({ length: count }, (_, index) => from * 1.03 ** index);

describe('a doubt that nothing settles', () => {
  it('ends after ten minutes while the price moves on by 3 % at every reading, with a warning', () => {
    const { minutes, warnings } = believed(rising(340, 13));
    expect(minutes).toEqual([11, 12, 13]);
    expect(warnings).toEqual([{ detail: KEY, lastedMs: 10 * MINUTE }]);
  });

  it('ends the same way for another source', () => {
    const { minutes, warnings } = believed(rising(270, 12), 'kraken');
    expect(minutes).toEqual([11, 12]);
    expect(warnings).toHaveLength(1);
  });

  it('needs three readings, however far apart they are', () => {
    expect(believed(rising(340, 3), 'coingecko', HOUR).minutes).toEqual([180]);
    expect(believed(rising(340, 2), 'coingecko', HOUR).minutes).toEqual([]);
  });

  it('takes six hours where the readings contradict each other', () => {
    const swinging = Array.from({ length: 365 }, (_, index) => (index % 2 === 0 ? 350 : 220));
    expect(believed(swinging).minutes[0]).toBe(361);
  });

  it('is forgotten when the price is back', () => {
    const { minutes, warnings } = believed([...rising(340, 9), 281, ...rising(340, 9)]);
    expect(minutes).toEqual([10]);
    expect(warnings).toEqual([]);
  });
});

it('open doubts are known by their beginning, of the targets that are asked for', () => {
  const { confirmation } = believed([281, 340, 360]);
  expect(confirmation.doubtsBegun([KEY])).toEqual([START + 2 * MINUTE]);
  expect(confirmation.doubtsBegun(['coin:bitcoin usd'])).toEqual([]);
  confirmation.take(KEY, reading(START + 4 * MINUTE, 361, 'coingecko'));
  expect(confirmation.doubtsBegun([KEY])).toEqual([]);
});

it('what was read before the clock was set back hides nothing, and does not confirm itself', () => {
  const { confirmation, setBack } = believed([281, 400]);
  setBack(HOUR);
  const again = START + 2 * MINUTE - HOUR;
  const take = (minutes: number, price: number) =>
    confirmation.take(KEY, reading(again + minutes * MINUTE, price, 'coingecko'))?.price;
  expect(take(0, 400)).toBeUndefined();
  expect(take(0, 400)).toBeUndefined();
  expect(take(1, 401)).toBe(401);
  expect([take(1, 401), take(0, 402)]).toEqual([undefined, undefined]);
});

/** Whether readings that come a minute apart are believed. */
function areBelieved(...readings: readonly (readonly [price: number | null, change24h: number | null])[]): boolean[] {
  const quiet = () => undefined;
  const confirmation = createConfirmation({ now: () => START + HOUR, log: { warn: quiet } });
  return readings.map(
    ([price, change], minute) =>
      confirmation.take(KEY, reading(START + minute * MINUTE, price, 'chain', change)) !== null,
  );
}

it('a move that leaps is believed at the second look, also where the price is not known', () => {
  expect(areBelieved([null, 1], [null, 30], [null, 31])).toEqual([true, false, true]);
  expect(areBelieved([null, 1], [null, 30], [null, -30], [null, -31])).toEqual([true, false, false, true]);
});

it('a move that is unknown for a while puts the price in no doubt', () => {
  expect(areBelieved([280, 30], [281, null], [282, 30])).toEqual([true, true, true]);
});
