// The price in a few words: with its change, and nothing that looks fresh when it is not.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { datedPriceLine, priceLine } from '../../../src/app/blocks/price-line.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';
import { MINUTE } from '../../../src/base/clock.ts';

const START = Date.parse('2026-11-20T12:00:00Z');

let core: TestCore;
let now = START;
beforeEach(async () => {
  now = START;
  core = await openTestCore({ now: () => now });
});
afterEach(() => core.close());

it('says symbol, price and change of the day', async () => {
  expect(await priceLine(core.services, 'bittensor', now)).toBe('TAO $250.28 ▲ 3.6%');
});

it('says that the price is delayed once it is a quarter of an hour old', async () => {
  await priceLine(core.services, 'bittensor', now);
  core.gecko.fault = { kind: 'status', status: 503 };
  now += 14 * MINUTE;
  expect(await priceLine(core.services, 'bittensor', now)).toContain('$250.28');
  now += 2 * MINUTE;
  expect(await priceLine(core.services, 'bittensor', now)).toBe('TAO price delayed');
});

it('says so for a coin that nobody lists, without inventing a price', async () => {
  expect(await priceLine(core.services, 'no-such-coin', now)).toBe('no-such-coin price delayed');
});

it('says the moment of the price where it stays for a while, and none where there is no price', async () => {
  expect(await datedPriceLine(core.services, 'bittensor', now)).toMatch(
    /^TAO \$250\.28 ▲ 3\.6% · 20 Nov 2026, 1[12]:\d\d UTC$/,
  );
  expect(await datedPriceLine(core.services, 'no-such-coin', now)).toBe('no-such-coin price delayed');
});
