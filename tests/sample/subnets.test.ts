// The demonstration subnet market: complete, always equal, labelled as what it is.
import { expect, it } from 'vitest';
import { createSampleSubnets } from '../../src/sample/subnets.ts';
import type { SubnetRange } from '../../src/chain/subnets/port.ts';

const AT = Date.parse('2026-09-18T12:00:00Z');
const subnets = createSampleSubnets(() => AT + 60_000);

it('a dozen subnets as of a date, named as sample data, the same at every start', async () => {
  const { snapshot } = await subnets.snapshot();
  expect(snapshot).toMatchObject({ source: 'sample data', blockAt: AT, readAt: AT, completeness: 'full' });
  expect(snapshot?.subnets.map(({ name }) => name)).toContain('Chutes');
  expect(snapshot?.subnets).toHaveLength(12);
  expect(await createSampleSubnets(() => AT + 60_000).snapshot()).toEqual({ snapshot });
});

it('figures fit each other: cap, places without gaps, protection, shares below the whole', async () => {
  const { snapshot } = await subnets.snapshot();
  const rows = snapshot?.subnets ?? [];
  for (const { priceTao, alphaIn, alphaOut, marketCapTao, protectedUntilBlock, removalRank } of rows) {
    expect(marketCapTao).toBeCloseTo((priceTao ?? 0) * ((alphaIn ?? 0) + (alphaOut ?? 0)), 6);
    expect(protectedUntilBlock === null).toBe(removalRank !== null);
  }
  const ranks = rows.flatMap(({ removalRank }) => removalRank ?? []).sort((left, right) => left - right);
  expect(ranks).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
  expect(rows.find(({ removalRank }) => removalRank === 1)?.netuid).toBe(snapshot?.network.pruneTarget);
  expect(rows.reduce((sum, { emissionShare }) => sum + (emissionShare ?? 0), 0)).toBeLessThan(1);
});

it.each<SubnetRange>(['24h', '7d', '30d', '90d'])(
  'a line of %s ends at the price, at the date of the sample',
  async (range) => {
    const { snapshot } = await subnets.snapshot();
    for (const { netuid, priceTao } of snapshot?.subnets ?? []) {
      const { points } = await subnets.history(netuid, range);
      expect(points?.at(-1)).toEqual([AT, expect.closeTo(priceTao ?? 0, 12)]);
      expect(points?.every(([, price]) => price > 0)).toBe(true);
    }
  },
);

it('found, quoted and answered like the real one; what it does not hold has a reason', async () => {
  expect(subnets.find('sn64').exact.map(({ name }) => name)).toEqual(['Chutes']);
  const { quote } = await subnets.swapQuote(64, 'sell', 1_000);
  expect(quote).toMatchObject({ source: 'sample data', paid: 1_000 });
  expect((quote?.received ?? 0) + (quote?.impact ?? 0) + (quote?.fee ?? 0) * (quote?.spotTao ?? 0)).toBeCloseTo(
    quote?.atSpot ?? 0,
    6,
  );
  expect(await subnets.nextEpoch(64)).toBeGreaterThan(0);
  expect(await subnets.history(99, '7d')).toEqual({
    points: null,
    reason: 'the sample data does not hold this subnet',
  });
  expect((await subnets.swapQuote(99, 'buy', 1)).quote).toBeNull();
  expect((await subnets.swapQuote(64, 'buy', -1)).quote).toBeNull();
});
