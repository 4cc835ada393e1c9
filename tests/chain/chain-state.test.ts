// Block and issuance out of the one reading of the chain, against a fake node on loopback.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createChain } from '../../src/chain/chain-state.ts';
import { createRpc } from '../../src/chain/rpc/rpc.ts';
import type { Subnets } from '../../src/chain/subnets/port.ts';
import { createSubnets } from '../../src/chain/subnets/subnets.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createSubnetsMemory } from '../../src/store/subnets/snapshots.ts';
import { createMemory } from '../fakes/market/memory.ts';
import { startFakeSubtensor } from '../fakes/subtensor/subtensor.ts';
import type { FakeSubtensor } from '../fakes/subtensor/subtensor.ts';
import { MINUTE, START } from '../market/scene.ts';
import { realSleep } from '../../src/base/clock.ts';

let node: FakeSubtensor;
let database: Database;
let subnets: Subnets;
let chain: ReturnType<typeof createChain>;
let now = START;
let memory = createMemory();
let told: string[] = [];

/** As the wiring does it: the chain hears of every block that the reader of subnets believes. */
function open(waitMs = 10_000, sleep = realSleep): void {
  const rpc = createRpc({ urls: [node.url], archiveUrl: null, now: () => now, uptime: () => now });
  const tell = (_fields: object, message: string) => void told.push(message);
  const log = { info: tell, warn: tell, debug: () => undefined, error: tell };
  const read = async () => {
    const result = await subnets.snapshot();
    return result.snapshot === null ? result.reason : null;
  };
  chain = createChain({ url: node.url, memory, now: () => now, clock: rpc.clock, read, sleep, log });
  const options = { rpc, memory: createSubnetsMemory(database), now: () => now, waitMs };
  subnets = createSubnets({ ...options, onBlock: chain.take });
}
beforeEach(async () => {
  now = START;
  memory = createMemory();
  told = [];
  node = await startFakeSubtensor({ now: () => now });
  database = await openDatabase('sqlite::memory:');
  open();
});
afterEach(async () => {
  await subnets.close();
  await node.close();
  await database.close();
});

const TAO = 1_000_000_000n;
async function state() {
  const found = await chain.state();
  if (!found.state) throw new Error(found.reason);
  return found.state;
}

it('block and issuance, read at most once a minute, by many at once with one reading', async () => {
  await Promise.all(Array.from({ length: 50 }, () => chain.state()));
  expect(await state()).toEqual({ block: 9_562_000, issuanceRao: 11_550_000_123_456_789n, at: START });
  await subnets.snapshot();
  const first = node.count();
  expect(first).toBe(4); // head, values, and the two ways to ask for prices, which this node lacks
  now += 59_000;
  await chain.state();
  expect(node.count()).toBe(first);
  now += 1_000;
  node.block += 5;
  expect((await state()).block).toBe(9_562_005);
});

it('a node without subnets still tells the block; what is known of subnets is told apart', async () => {
  expect((await state()).block).toBe(9_562_000);
  expect(await subnets.snapshot()).toEqual({
    snapshot: null,
    reason: expect.stringMatching(/lacks a method/) as string,
  });
});

it.each<[string, () => unknown]>([
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

it('nothing known: a reason instead of a number', async () => {
  node.issuanceRao = null;
  expect(await chain.state()).toEqual({ state: null, reason: 'the Bittensor node does not tell the issuance' });
  await subnets.close();
  node.fault = { kind: 'hang' };
  open(100);
  expect(await chain.state()).toEqual({ state: null, reason: 'the Bittensor nodes did not answer in time' });
});

it('the last good state survives a restart', async () => {
  const good = await state();
  await subnets.close();
  node.fault = { kind: 'status', status: 502 };
  now += 3_600_000;
  open();
  expect(await state()).toEqual(good);
});

it('the address of the node, which may hold a key, is not remembered; another address is another chain', async () => {
  const take = async (url: string) => {
    const read = () => Promise.resolve(null);
    const one = createChain({ url, memory, now: () => now, clock: () => now, read });
    one.take({ block: 9_562_000, blockAt: now, issuance: 11_550_000n * TAO });
    return await createChain({ url: `${url}x`, memory, now: () => now, clock: () => now, read }).state();
  };
  expect(await take('https://node.example/v3/0123456789abcdef')).toMatchObject({ state: null });
  expect(memory.rows.size).toBe(1);
  expect(JSON.stringify([...memory.rows])).not.toContain('0123456789abcdef');
});

it('a memory that hangs keeps nobody waiting', async () => {
  memory.loadQuotes = () => new Promise(() => undefined);
  open(10_000, () => Promise.resolve());
  expect((await state()).block).toBe(9_562_000);
});

it('a memory that cannot be read is told', async () => {
  memory.loadQuotes = () => Promise.reject(new Error('disk'));
  open();
  await state();
  expect(told).toContain('last chain state could not be read');
});

it('a refusal is told when it begins and when it ends', async () => {
  await state();
  const issuance = node.issuanceRao;
  node.issuanceRao = 1n;
  for (let minute = 0; minute < 3; minute++) {
    now += MINUTE;
    await chain.state();
  }
  expect(told.filter((message) => message === 'chain reading refused')).toHaveLength(1);
  node.issuanceRao = issuance;
  now += MINUTE;
  await chain.state();
  expect(told).toContain('chain readings are believed again');
});

it('readings that insist for an hour are believed: a wrong first reading is not for ever', async () => {
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
