// The issuance rule against the runtime's own formula, for every issuance from 0 to 21M TAO.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emissionPerBlockRao, halvingsAt, taoOf, TOTAL_SUPPLY_RAO } from '../../../src/base/tao.ts';
import { halvingThresholdRao, NET_SHARE, nextHalving } from '../../../src/app/bittensor/halving.ts';
import { halvingBlocks } from '../../../src/app/bittensor/network.ts';

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

  it('puts the second halving, seen from the reading of 8 October 2026, between early December 2029 and early January 2030', () => {
    const outlook = nextHalving(11_597_650n * RAO, Date.parse('2026-10-08T12:00:00Z'));
    expect(outlook?.number).toBe(2);
    expect(new Date(outlook?.earliestAt ?? 0).toISOString()).toMatch(/^2029-12-0[3-8]/);
    expect(new Date(outlook?.likelyAt ?? 0).toISOString()).toMatch(/^2030-01-(?:0\d|1[0-4])/);
  });

  it('takes the net pace from two readings, without the 172,001 TAO that were counted late', () => {
    const [august, october] = [
      { block: 8_791_253, tao: 11_206_919 },
      { block: 9_240_400, tao: 11_597_650 },
    ];
    const emitted = (october.block - august.block) * 0.5; // half a TAO a block since the first halving
    expect((october.tao - august.tao - 172_001) / emitted).toBeCloseTo(NET_SHARE, 2);
  });

  it('says the estimate as months and the later date with its window', () => {
    const state = { block: 9_240_400, issuanceRao: 11_597_650n * RAO, at: Date.parse('2026-10-08T12:00:00Z') };
    const text = JSON.stringify(halvingBlocks(state, 'en'));
    expect(text).toContain('between December 2029 and January 2030');
    expect(text).toContain('the net pace of August to October 2026');
  });
});
