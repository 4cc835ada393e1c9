// The issuance rule against the runtime's own formula, for every issuance from 0 to 21M TAO.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emissionPerBlockRao,
  halvingsAt,
  halvingThresholdRao,
  nextHalving,
  taoOf,
  TOTAL_SUPPLY_RAO,
} from '../../../src/app/bittensor/halving.ts';

const RAO = 1_000_000_000n;

describe('halvings', () => {
  it.each([
    [1, 10_500_000],
    [2, 15_750_000],
    [3, 18_375_000],
    [4, 19_687_500],
    [5, 20_343_750],
    [6, 20_671_875],
  ])('number %s comes at %s TAO', (count, tao) => {
    const threshold = halvingThresholdRao(count);
    expect(threshold).toBe(BigInt(tao) * RAO);
    expect(halvingsAt(threshold - 1n)).toBe(count - 1);
    expect(halvingsAt(threshold)).toBe(count);
    expect(taoOf(emissionPerBlockRao(threshold))).toBe(1 / 2 ** count);
  });

  it('equals floor(log2(1 / (1 − issuance / 21M))) wherever floating point can tell', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: TOTAL_SUPPLY_RAO - 1n }), (issuance) => {
        const exact = Math.log2(Number(TOTAL_SUPPLY_RAO) / Number(TOTAL_SUPPLY_RAO - issuance));
        if (Math.abs(exact - Math.round(exact)) < 1e-6) return; // at the edges only integers are right
        expect(halvingsAt(issuance)).toBe(Math.floor(exact));
      }),
      { numRuns: 2000, seed: 17 },
    );
  });

  it('emits nothing at the cap and never a negative amount', () => {
    expect(emissionPerBlockRao(TOTAL_SUPPLY_RAO)).toBe(0n);
    expect(nextHalving(TOTAL_SUPPLY_RAO, 0)).toBeNull();
    expect(emissionPerBlockRao(-5n)).toBe(RAO);
  });

  it('puts the second halving of August 2026 between January and autumn 2030, as the chain snapshot says', () => {
    const outlook = nextHalving(11_219_409n * RAO, Date.parse('2026-08-10T19:50:00Z'));
    expect(outlook?.number).toBe(2);
    expect(new Date(outlook?.earliestAt ?? 0).toISOString()).toMatch(/^2030-01/);
    expect(new Date(outlook?.likelyAt ?? 0).toISOString()).toMatch(/^2030-(08|09|10)/);
  });
});
