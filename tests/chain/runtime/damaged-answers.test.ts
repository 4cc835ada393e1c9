// 20,000 damaged answers for each decoder: refused as such or read exactly as a second reader does, never a crash, never a wrong number.
import { inspect, isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  decodeAmount,
  decodeNextEpoch,
  decodePrices,
  decodePruneTarget,
  decodeSwap,
} from '../../../src/chain/runtime/calls.ts';
import { decodeDetails } from '../../../src/chain/runtime/details.ts';
import { decodeTimestamp } from '../../../src/chain/runtime/storage.ts';
import { mulberry32 } from '../../../src/base/hash.ts';
import { ScaleError } from '../../../src/chain/scale.ts';
import { createWorld, dynamicInfo, FIRST_AT, FIRST_BLOCK } from '../../fakes/subtensor/subtensor-world.ts';
import { compact, hex, little, option, vector } from '../encode.ts';
import * as reference from './reference.ts';

const ROUNDS = 20_000;
const world = createWorld({ now: () => FIRST_AT });
const row = (netuid: number): Buffer => option(dynamicInfo(world.subnet(netuid), FIRST_BLOCK));
const long = { ...world.subnet(7), name: `${'é'.repeat(511)}x${'é'.repeat(40)}`, symbol: '' };
const amounts = (...values: (number | bigint)[]): Buffer => Buffer.concat(values.map((value) => little(value, 8)));

type Case = { name: string; good: Buffer[]; decode: (bytes: Buffer) => unknown; refer: (bytes: Buffer) => unknown };

const CASES: Case[] = [
  {
    name: 'details of all subnets',
    good: [
      vector([row(1), option(null), row(64)]),
      vector([row(2)]),
      vector([option(dynamicInfo({ ...world.subnet(3), identity: null }, FIRST_BLOCK))]),
      vector([option(dynamicInfo(long, FIRST_BLOCK))]),
    ],
    decode: (bytes) => decodeDetails(bytes, FIRST_BLOCK),
    refer: (bytes) => reference.referred(bytes, reference.readDetails(FIRST_BLOCK)),
  },
  {
    name: 'prices',
    good: [
      vector(
        world
          .prices(FIRST_BLOCK)
          .slice(0, 9)
          .map(([id, rao]) => Buffer.concat([little(id, 2), little(rao, 8)])),
      ),
    ],
    decode: decodePrices,
    refer: (bytes) => reference.referred(bytes, reference.readPrices),
  },
  {
    name: 'simulated swaps',
    good: [amounts(999_496_453, 152_290_000_000, 503_547, 0, 0, 11_000), amounts(9, 8, 7, 6), Buffer.alloc(48)],
    decode: (bytes) => {
      const swap = decodeSwap(bytes);
      return swap === null ? null : Object.values(swap);
    },
    refer: (bytes) => reference.referred(bytes, reference.readSwap),
  },
  {
    name: 'the next removal',
    good: [option(little(92, 2)), option(null)],
    decode: decodePruneTarget,
    refer: (bytes) => reference.referred(bytes, reference.readPruneTarget),
  },
  {
    name: 'the next epoch',
    good: [option(little(9_240_500, 8)), option(null)],
    decode: decodeNextEpoch,
    refer: (bytes) => reference.referred(bytes, reference.readNextEpoch),
  },
  {
    name: 'amounts',
    good: [little(962_890_000_000, 8)],
    decode: decodeAmount,
    refer: (bytes) => reference.referred(bytes, reference.readAmount),
  },
  {
    name: 'times of blocks',
    good: [little(FIRST_AT, 8)],
    decode: (bytes) => decodeTimestamp(hex(bytes)),
    refer: (bytes) => {
      const found = reference.referred(bytes, reference.readNumber(8));
      return found === null || found.value >= 2n ** 53n ? null : { value: Number(found.value) };
    },
  },
];

describe.each(CASES)('$name', ({ good, decode, refer }) => {
  it('whole answers are read alike', async () => {
    for (const bytes of good) expect({ value: await decode(bytes) }).toEqual(refer(bytes));
  });

  it('20,000 damaged ones, too', async () => {
    const random = mulberry32(20_261_128);
    const read = { alike: 0, refused: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = damaged(good[round % good.length] ?? Buffer.alloc(0), random);
      const wanted = refer(bytes);
      const found = await outcome(decode, bytes);
      if (!isDeepStrictEqual(found, wanted))
        expect.fail(`${hex(bytes)}: ${inspect(found)} instead of ${inspect(wanted)}`);
      read[found === null ? 'refused' : 'alike'] += 1;
    }
    expect(Math.min(read.alike, read.refused)).toBeGreaterThan(500); // of both, or the damage proves nothing
  }, 120_000);
});

it('a length that promises a thousand million rows keeps none of them', async () => {
  for (const count of [2 ** 30, 2 ** 53, 2n ** 64n - 1n]) {
    const bytes = Buffer.concat([compact(BigInt(count)), Buffer.alloc(300_000, 1)]);
    expect(() => decodePrices(bytes)).toThrow('a length beyond the end at byte 0');
    await expect(decodeDetails(bytes, FIRST_BLOCK)).rejects.toThrow('a length beyond the end at byte 0');
  }
});

async function outcome(decode: Case['decode'], bytes: Buffer): Promise<{ value: unknown } | null> {
  try {
    return { value: await decode(bytes) };
  } catch (error) {
    if (!(error instanceof ScaleError)) throw error;
    expect(error.position).toBeLessThanOrEqual(bytes.length);
    return null;
  }
}

/** One to three wounds: a flipped bit, another byte, an end, a byte more, a piece twice or gone, a length, many zeros or ones. */
function damaged(bytes: Buffer, random: () => number): Buffer {
  let hurt = bytes;
  for (let wounds = 1 + Math.floor(random() * 3); wounds > 0; wounds--) hurt = wounded(hurt, random);
  return hurt;
}

function wounded(bytes: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  const length = Math.floor(random() * 40);
  switch (Math.floor(random() * 9)) {
    case 0:
      return before;
    case 1:
      return Buffer.concat([before, Buffer.from([random() * 256]), after]);
    case 2:
      return Buffer.concat([before, bytes.subarray(Math.max(0, at - length))]);
    case 3:
      return Buffer.concat([before, after.subarray(length)]);
    case 4:
      return Buffer.concat([before, compact(BigInt(Math.floor(2 ** (random() * 70)))), after.subarray(1)]);
    case 5:
      return Buffer.concat([
        before,
        Buffer.alloc(Math.min(length, after.length), random() < 0.5 ? 0 : 255),
        after.subarray(length),
      ]);
    default: {
      const copy = Buffer.from(bytes);
      const old = copy[at] ?? 0;
      if (at < copy.length)
        copy[at] = random() < 0.6 ? old ^ (1 << Math.floor(random() * 8)) : Math.floor(random() * 256);
      return copy;
    }
  }
}
