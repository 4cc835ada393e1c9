// The small answers of the runtime, against figures that were recorded on the live chain at block 9,240,388.
import { describe, expect, it } from 'vitest';
import {
  decodeAmount,
  decodeNextEpoch,
  decodePrices,
  decodePruneTarget,
  decodeSwap,
  netuidArgument,
  priceTable,
  swapArguments,
} from '../../../src/chain/runtime/calls.ts';
import { hexBytes, ScaleError } from '../../../src/chain/scale.ts';
import { compact, little, option, vector } from '../encode.ts';

const price = (netuid: number, rao: number | bigint): Buffer => Buffer.concat([little(netuid, 2), little(rao, 8)]);
const amounts = (...values: (number | bigint)[]): Buffer => Buffer.concat(values.map((value) => little(value, 8)));

describe('prices of all subnets', () => {
  const recorded = [
    price(0, 1_000_000_000),
    price(1, 6_562_800),
    ...Array.from({ length: 127 }, (_, index) => price(index + 2, index + 2 === 92 ? 1_348_210 : 5_000_000)),
  ];

  it('129 entries of ten bytes, root at one TAO', () => {
    const bytes = vector(recorded);
    expect(bytes.length).toBe(2 + 129 * 10); // about 1.3 kB
    const prices = decodePrices(bytes);
    expect(prices.size).toBe(129);
    expect([prices.get(0), prices.get(1), prices.get(92)]).toEqual([1_000_000_000, 6_562_800, 1_348_210]);
  });

  it.each([
    ['an entry cut off', vector(recorded).subarray(0, -1)],
    ['a byte more', Buffer.concat([vector(recorded), Buffer.alloc(1)])],
    ['a count too high', Buffer.concat([compact(130), ...recorded])],
    ['a netuid twice', vector([price(1, 5), price(1, 6)])],
    ['zeros only', vector([price(0, 1_000_000_000), price(1, 0), price(2, 0)])],
    ['nothing but root', vector([price(0, 1_000_000_000)])],
    ['no entries', vector([])],
    ['a price beyond any number', vector([price(1, 2n ** 63n)])],
    ['nothing', Buffer.alloc(0)],
  ])('%s is refused', (_name, bytes) => {
    expect(() => decodePrices(bytes)).toThrow(ScaleError);
  });

  it('a subnet without a price is told apart from the others', () => {
    expect(
      priceTable([
        [1, 0n],
        [2, 7n],
      ]),
    ).toEqual(
      new Map([
        [1, 0],
        [2, 7],
      ]),
    );
  });
});

it('the subnet to go next: SN92, or none', () => {
  expect(decodePruneTarget(hexBytes('0x015c00'))).toBe(92);
  expect(decodePruneTarget(hexBytes('0x00'))).toBeNull();
  expect(() => decodePruneTarget(hexBytes('0x5c00'))).toThrow(ScaleError);
  expect(() => decodePruneTarget(hexBytes('0x'))).toThrow(ScaleError);
});

it('emission of a block and the price of a new subnet', () => {
  expect(decodeAmount(little(500_000_000, 8))).toBe(500_000_000n);
  expect(decodeAmount(little(962_890_000_000, 8))).toBe(962_890_000_000n);
  expect(() => decodeAmount(little(2n ** 63n, 8))).toThrow('more TAO than can exist');
  expect(() => decodeAmount(option(little(1, 8)))).toThrow(ScaleError);
});

it('the next epoch, or none where the tempo is zero', () => {
  expect(decodeNextEpoch(option(little(9_240_500, 8)))).toBe(9_240_500);
  expect(decodeNextEpoch(option(null))).toBeNull();
  expect(() => decodeNextEpoch(option(little(2n ** 40n, 8)))).toThrow('no block number');
});

describe('simulated swaps', () => {
  it('1 TAO into SN1: fee from what is paid, six figures', () => {
    expect(decodeSwap(amounts(999_496_453, 152_290_000_000, 503_547, 0, 0, 11_000))).toEqual({
      tao: 999_496_453n,
      alpha: 152_290_000_000n,
      taoFee: 503_547n,
      alphaFee: 0n,
      taoSlippage: 0n,
      alphaSlippage: 11_000n,
    });
  });

  it('four figures before spec 391: slippage is unknown, not zero', () => {
    expect(decodeSwap(amounts(9, 8, 7, 0))).toMatchObject({ tao: 9n, alphaSlippage: null, taoSlippage: null });
  });

  it.each([
    ['six zeros', amounts(0, 0, 0, 0, 0, 0)],
    ['four zeros', amounts(0, 0, 0, 0)],
    ['nothing received', amounts(5, 0, 1, 0, 0, 0)],
  ])('%s mean that it failed', (_name, bytes) => {
    expect(decodeSwap(bytes)).toBeNull();
  });

  it.each([0, 8, 31, 40, 47, 49, 56])('%i bytes are no swap', (size) => {
    expect(() => decodeSwap(Buffer.alloc(size, 1))).toThrow(ScaleError);
  });
});

it('arguments: a netuid as two bytes, an amount as eight', () => {
  expect(netuidArgument(1)).toBe('0x0100');
  expect(netuidArgument(300)).toBe('0x2c01');
  expect(swapArguments(92, 10_000_000_000n)).toBe('0x5c0000e40b5402000000');
});
