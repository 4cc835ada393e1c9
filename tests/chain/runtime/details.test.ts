// The details of all subnets: against an encoder that was written from the layout, and against layouts that are not known.
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeDetails } from '../../../src/chain/runtime/details.ts';
import type { SubnetDetails } from '../../../src/chain/runtime/details.ts';
import { ScaleError } from '../../../src/chain/scale.ts';
import { createWorld, dynamicInfo, FIRST_AT, FIRST_BLOCK } from '../../fakes/subtensor/subtensor-world.ts';
import type { FakeSubnet, World } from '../../fakes/subtensor/subtensor-world.ts';
import { compact, option, vector } from '../encode.ts';

const CALL = 'SubnetInfoRuntimeApi_get_all_dynamic_info';
const MOST = 21_000_000n * 1_000_000_000n;
let world: World;
let answer: Buffer;
beforeAll(() => {
  world = createWorld({ now: () => FIRST_AT });
  answer = Buffer.from((world.call(CALL, '0x', FIRST_BLOCK) ?? '').slice(2), 'hex');
});
const one = (change: Partial<FakeSubnet> = {}, block = FIRST_BLOCK): Buffer =>
  vector([option(dynamicInfo({ ...world.subnet(64), ...change }, block))]);
const decodeOne = async (change: Partial<FakeSubnet> = {}): Promise<SubnetDetails | undefined> =>
  (await decodeDetails(one(change), FIRST_BLOCK))[0];

it('129 rows with root come back as they were written', async () => {
  const rows = await decodeDetails(answer, FIRST_BLOCK);
  expect(rows.map(({ netuid }) => netuid)).toEqual(Array.from({ length: 129 }, (_, netuid) => netuid));
  for (const row of rows.slice(1)) {
    const subnet = world.subnet(row.netuid);
    const { name, symbol, tempo, taoIn, alphaIn, alphaOut, volume, registeredAt } = subnet;
    expect(row).toMatchObject({ name, symbol, tempo, taoIn, alphaIn, alphaOut, volume, registeredAt });
    expect(row.movingPrice).toBeCloseTo(subnet.movingPrice, 9);
    expect(row.identity).toEqual({
      name: subnet.identity?.name,
      github: subnet.identity?.github,
      url: subnet.identity?.url,
      discord: subnet.identity?.discord,
      description: subnet.identity?.description,
    });
  }
});

it('a subnet without identity, one that is gone, and a node that counts the block to come', async () => {
  expect((await decodeOne({ identity: null }))?.identity).toBeNull();
  expect(
    await decodeDetails(
      vector([option(null), option(dynamicInfo(world.subnet(1), 50 + FIRST_BLOCK))]),
      FIRST_BLOCK + 50,
    ),
  ).toHaveLength(1);
  expect(await decodeDetails(one({}, FIRST_BLOCK + 1), FIRST_BLOCK)).toHaveLength(1);
});

it('letters of every kind, and the longest figures', async () => {
  const name = 'Ünïcode \u{1F600} ش @everyone <!here>';
  const figures = { taoIn: MOST, alphaIn: MOST, alphaOut: MOST, volume: 2n ** 127n, movingPrice: 0.999_999 };
  expect(await decodeOne({ name, ...figures })).toMatchObject({ name, taoIn: MOST, volume: 2n ** 127n });
});

it('a field of 100 kB is cut, what follows is read from the right place', async () => {
  const found = await decodeOne({
    name: 'N'.repeat(100_000),
    identity: {
      ...(world.subnet(64).identity as NonNullable<FakeSubnet['identity']>),
      description: 'd'.repeat(100_000),
    },
  });
  expect([found?.name.length, found?.identity?.description.length]).toEqual([1_024, 1_024]);
  expect(found?.movingPrice).toBeCloseTo(world.subnet(64).movingPrice, 9);
});

it('others get their turns while all rows are read; a row that is cut off takes all with it', async () => {
  const turns = { taken: 0, read: false };
  const count = (): void => {
    if (turns.read) return;
    turns.taken += 1;
    setImmediate(count);
  };
  setImmediate(count);
  await decodeDetails(answer, FIRST_BLOCK).finally(() => (turns.read = true));
  expect(turns.taken).toBeGreaterThanOrEqual(5);
  await expect(decodeDetails(answer.subarray(0, -1), FIRST_BLOCK)).rejects.toThrow(ScaleError);
});

describe('another layout or figures that cannot be are refused', () => {
  const cases: [string, () => Buffer, number?][] = [
    ['a field more at the end of each row', () => upgraded(compact(5))],
    ['a field more that looks like nothing', () => upgraded(Buffer.from([0]))],
    ['a field more that looks like a row', () => upgraded(Buffer.from([1]))],
    ['the identity of before, with seven fields', () => vector([option(withoutLastField())])],
    ['another block', () => answer, FIRST_BLOCK + 5],
    ['registered in the future', () => one({ registeredAt: FIRST_BLOCK + 1 })],
    ['more TAO than can exist', () => one({ taoIn: MOST + 1n })],
    ['a negative moving price', () => one({ movingPrice: -0.5 })],
    ['a moving price of a million', () => one({ movingPrice: 1e6 })],
    ['a netuid twice', () => vector([1, 2].map(() => option(dynamicInfo(world.subnet(5), FIRST_BLOCK))))],
    ['no subnet at all', () => vector([])],
    ['a hole for every subnet', () => vector([option(null), option(null)])],
    ['half an answer', () => answer.subarray(0, answer.length / 2)],
    ['a byte more', () => Buffer.concat([answer, Buffer.alloc(1)])],
  ];
  it.each(cases)('%s', async (_name, bytes, block = FIRST_BLOCK) => {
    await expect(decodeDetails(bytes(), block)).rejects.toThrow(ScaleError);
  });
});

function upgraded(extra: Buffer): Buffer {
  return vector(world.subnets.map((subnet) => option(Buffer.concat([dynamicInfo(subnet, FIRST_BLOCK), extra]))));
}

/** The identity's last field, an empty vector, stands right before the 16 bytes of the moving price. */
function withoutLastField(): Buffer {
  const bytes = dynamicInfo(world.subnet(64), FIRST_BLOCK);
  return Buffer.concat([bytes.subarray(0, -17), bytes.subarray(-16)]);
}
