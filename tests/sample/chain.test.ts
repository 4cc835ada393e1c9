// The demonstration chain: the state of the day of the sample.
import { expect, it } from 'vitest';
import { createSampleChain } from '../../src/sample/chain.ts';

it('block and issuance as recorded, dated by the sample', async () => {
  const { state } = await createSampleChain(() => Date.UTC(2026, 8, 18, 12, 3)).state();
  expect(state).toEqual({
    block: expect.any(Number),
    issuanceRao: expect.any(BigInt),
    isSample: true,
    at: Date.parse('2026-09-18T12:00:00Z'),
  });
  expect(state?.issuanceRao).toBeGreaterThan(10_500_000n * 1_000_000_000n);
});
