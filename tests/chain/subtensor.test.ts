// The chain reader against a fake node on loopback.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createChain } from '../../src/chain/subtensor.ts';
import type { Chain } from '../../src/chain/chain.ts';
import { createMemory } from '../fakes/memory.ts';
import { startFakeSubtensor } from '../fakes/subtensor.ts';
import type { FakeSubtensor } from '../fakes/subtensor.ts';
import { MINUTE, START } from '../market/scene.ts';

let node: FakeSubtensor;
let chain: Chain;
let now = START;
let memory = createMemory();
const open = (waitMs = 10_000): Chain =>
  createChain({ url: node.url, memory, now: () => now, waitMs, deadlineMs: waitMs });
beforeEach(async () => {
  now = START;
  memory = createMemory();
  node = await startFakeSubtensor();
  chain = open();
});
afterEach(async () => {
  await chain.close();
  await node.close();
});

const TAO = 1_000_000_000n;
async function state() {
  const found = await chain.state();
  if (!found.state) throw new Error(found.reason);
  return found.state;
}

test('block and issuance, read at most once a minute, by many at once with one reading', async () => {
  await Promise.all(Array.from({ length: 50 }, () => chain.state()));
  expect(await state()).toEqual({ block: 9_562_000, issuanceRao: 11_550_000_123_456_789n, at: START });
  now += 59_000;
  await chain.state();
  expect(node.count()).toBe(2);
  now += 1_000;
  node.block += 5;
  expect((await state()).block).toBe(9_562_005);
});

test.each<[string, () => unknown]>([
  ['a missing storage item', () => (node.issuanceRao = null)],
  ['zero', () => (node.issuanceRao = 0n)],
  ['more than can exist', () => (node.issuanceRao = 21_000_001n * TAO)],
  ['2 % less than before', () => (node.issuanceRao = 11_300_000n * TAO)],
  ['more than the blocks can have minted', () => (node.issuanceRao = 11_900_000n * TAO)],
  ['a block far back', () => (node.block -= 1_001)],
  ['a block far ahead', () => (node.block += 5_000)],
  ['HTML', () => (node.fault = { kind: 'html' })],
  ['a number in the wrong form', () => (node.fault = { kind: 'body', body: '{"result":"0x01"}' })],
])('%s leaves the last good state with its time', async (_name, damage) => {
  const good = await state();
  damage();
  for (let step = 0; step < 3; step++) {
    now += 2 * MINUTE;
    expect(await state()).toEqual(good);
  }
});

test('nothing known: a reason instead of a number', async () => {
  node.issuanceRao = null;
  expect(await chain.state()).toEqual({ state: null, reason: 'the Bittensor node sent an unreadable answer' });
  await chain.close();
  node.fault = { kind: 'hang' };
  chain = open(100);
  expect(await chain.state()).toEqual({ state: null, reason: 'the Bittensor node did not answer in time' });
});

test('the last good state survives a restart', async () => {
  const good = await state();
  await chain.close();
  node.fault = { kind: 'status', status: 502 };
  now += 3_600_000;
  chain = open();
  expect(await state()).toEqual(good);
});

test('readings that insist for an hour are believed: a wrong first reading is not for ever', async () => {
  await chain.state();
  node.block = 100_000;
  node.issuanceRao = 9_000_000n * TAO;
  for (let minute = 0; minute <= 62; minute += 2) {
    now += 2 * MINUTE;
    node.block += 10;
    await chain.state();
  }
  expect((await state()).issuanceRao).toBe(9_000_000n * TAO);
});
