// How far issuance can move between two readings.
import { describe, expect, it } from 'vitest';
import { emissionPerBlockRao } from '../../src/base/tao.ts';
import { impossibleMove } from '../../src/chain/issuance.ts';

const TAO = 1_000_000_000n;

it.each<[number, bigint]>([
  [0, TAO],
  [10_499_999, TAO],
  [10_500_000, TAO / 2n],
  [11_597_600, TAO / 2n],
  [15_749_999, TAO / 2n],
  [15_750_000, TAO / 4n],
  [20_671_875, TAO / 64n],
  [21_000_000, 0n],
])('at %i TAO a block mints %s rao', (issued, emission) => {
  expect(emissionPerBlockRao(BigInt(issued) * TAO)).toBe(emission);
});

describe('between two readings', () => {
  const at = (block: number, issued: number) => ({
    block,
    issuance: BigInt(Math.round(issued * 1e3)) * (TAO / 1_000n),
  });
  it.each<[string, number, number, number]>([
    ['every block minted', 7_200, 3_600, 0],
    ['half of it recycled', 7_200, 1_800, 0],
    ['a registration taken back', 5, -960, 0],
    ['nothing', 0, 0, 0],
    ['a TAO more than was minted: rounding', 10, 6, 0],
    ['ten more', 10, 15, 9],
    ['a correction of 166,000 TAO', 100, 166_050, 165_999],
    ['a fall of 20,000 TAO within a minute', 5, -20_000, -14_995],
  ])('%s', (_name, blocks, moved, excess) => {
    const before = at(9_000_000, 11_500_000);
    const found = impossibleMove(before, at(9_000_000 + blocks, 11_500_000 + moved));
    expect(Number(found) / 1e9).toBe(excess);
  });
});
