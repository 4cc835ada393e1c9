// The look-up list of coins through outages: what is known stays known, what is new is merged over it.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { builtinCoins } from '../../../src/market/directory/builtin-coins.ts';
import { createDirectory, type Directory } from '../../../src/market/directory/coin-directory.ts';
import { createCallMeter } from '../../../src/market/coingecko/call-meter.ts';
import { type CoinGecko, createCoinGecko } from '../../../src/market/coingecko/client.ts';
import { coinWorld } from '../../../src/sample/coin-world/coin-world.ts';
import { type FakeCoinGecko, startFakeCoinGecko } from '../../fakes/market/coingecko.ts';
import { createMemory, type FakeMemory } from '../../fakes/market/memory.ts';
import { MINUTE, reasonOf, openScene } from '../scene.ts';
import { DAY } from '../../../src/base/clock.ts';

const TAO = { id: 'bittensor', symbol: 'TAO', name: 'Bittensor' };
const WORLD = coinWorld();
const BUILTIN = builtinCoins();

let clock: number;
let gecko: FakeCoinGecko;
let memory: FakeMemory;
let clients: CoinGecko[];
let directory: Directory;

beforeEach(async () => {
  clock = Date.parse('2026-11-22T10:00:00Z');
  gecko = await startFakeCoinGecko({ now: () => clock, world: WORLD });
  memory = createMemory();
  clients = [];
  directory = await open();
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await gecko.close();
});

/** As a process that starts with what the memory holds. */
async function open(): Promise<Directory> {
  const now = () => clock;
  const meter = createCallMeter({ plan: 'pro', memory, now });
  const client = createCoinGecko({ plan: 'pro', baseUrl: gecko.url, meter, now, deadlineMs: 15_000 });
  clients.push(client);
  const onPage = () => Promise.resolve();
  const opened = createDirectory({ profiled: [TAO], builtin: BUILTIN, client, memory, onPage, now });
  await opened.load([...memory.rows.values()]);
  return opened;
}

/** After the pause that follows a failure. */
async function refreshLater(ms = 11 * MINUTE): Promise<void> {
  clock += ms;
  await directory.refresh();
}

const first = (symbol: string) => directory.list().find((coin) => coin.symbol === symbol)?.id;

it('first start with CoinGecko down: the largest coins are there, in their order, and it is said that this is not all', async () => {
  await gecko.down();
  await directory.refresh();
  expect(directory.complete()).toBe(false);
  expect(directory.list()).toHaveLength(BUILTIN.length);
  expect(directory.list().slice(0, 3)).toEqual([
    { ...TAO, rank: 34 },
    { id: 'bitcoin', symbol: 'BTC', name: 'Bitcoin', rank: 1 },
    { id: 'ethereum', symbol: 'ETH', name: 'Ethereum', rank: 2 },
  ]);
  await gecko.up();
  await refreshLater();
  expect(directory.complete()).toBe(true);
});

it('all 18,000 coins: the largest first, each with the rank of the page, the others without', async () => {
  await directory.refresh();
  expect(directory.list()).toHaveLength(18_000);
  expect(directory.list().filter(({ rank }) => rank !== null)).toHaveLength(250);
  expect(['TAO', 'BTC', 'ETH', 'SOL', 'WETH', 'USDC.E'].map(first)).toEqual([
    'bittensor',
    'bitcoin',
    'ethereum',
    'solana',
    'weth',
    'bridged-usdc-polygon-pos-bridge',
  ]);
  expect(gecko.count('/coins/list') + gecko.count('/coins/markets')).toBe(2);
});

it('a list that fails does not cost the page of the largest', async () => {
  gecko.broken.add('/coins/list');
  gecko.set('brand-new', { symbol: 'new', name: 'Brand New', rank: 5, price: 1, supply: 1e10 });
  await directory.refresh();
  expect(directory.complete()).toBe(false);
  expect(directory.find('brand-new')).toEqual({ id: 'brand-new', symbol: 'NEW', name: 'Brand New', rank: 5 });
  expect(directory.find('solana')?.rank).toBe(7);
  gecko.broken.clear();
  await refreshLater();
  expect(directory.complete()).toBe(true);
  expect(gecko.count('/coins/markets')).toBe(1); // what came is not asked for again
});

it('a page of ranks that fails leaves the known ranks, and only the page is asked for again', async () => {
  gecko.broken.add('/coins/markets');
  gecko.set('bitcoin', { rank: 2 });
  await directory.refresh();
  expect(directory.complete()).toBe(true);
  expect(directory.find('bitcoin')?.rank).toBe(1);
  expect(first('ETH')).toBe('ethereum');
  gecko.broken.clear();
  await refreshLater();
  expect(directory.find('bitcoin')?.rank).toBe(2);
  expect(gecko.count('/coins/list')).toBe(1);
});

it('a coin that has left the largest loses its rank but not its place before its namesakes', async () => {
  await directory.refresh();
  gecko.set('cosmos', { rank: null });
  gecko.set('atom-of-somebody', { symbol: 'atom', name: 'A Atom' });
  await refreshLater(DAY);
  expect(directory.find('cosmos')?.rank).toBeNull();
  expect(first('ATOM')).toBe('cosmos');
});

it('everything failing a day later: the list of the day before stays, over a restart, too', async () => {
  await directory.refresh();
  const before = directory.list();
  gecko.fault = { kind: 'status', status: 500 };
  await refreshLater(DAY);
  expect(directory.list()).toBe(before);
  directory = await open();
  expect(directory.complete()).toBe(true);
  expect(directory.list()).toEqual(before);
  gecko.fault = null;
  await refreshLater();
  expect(gecko.count('/coins/list')).toBe(3);
});

it('a day old is renewed, younger is not; listeners hear of each change', async () => {
  let changes = 0;
  directory.onChange(() => (changes += 1));
  await directory.refresh();
  await refreshLater(DAY - 1);
  expect([changes, gecko.count('/coins/list')]).toEqual([1, 1]);
  await refreshLater(1);
  expect([changes, gecko.count('/coins/list')]).toEqual([2, 2]);
});

it('a coin that CoinGecko no longer lists goes; a list cut short takes nothing away', async () => {
  gecko.coins.delete('eos');
  await directory.refresh();
  expect(directory.find('eos')).toBeNull();
  for (const id of [...gecko.coins.keys()].slice(0, 10_000)) gecko.coins.delete(id);
  await refreshLater(DAY);
  expect(directory.list()).toHaveLength(17_999);
});

it('a list that lost a third only adds, until it has stayed so for three days', async () => {
  await directory.refresh();
  for (const id of [...gecko.coins.keys()].slice(1_000, 7_000)) gecko.coins.delete(id);
  gecko.set('brand-new', { symbol: 'new', name: 'Brand New' });
  await refreshLater(DAY);
  expect(directory.list()).toHaveLength(18_001);
  await refreshLater(DAY);
  expect(directory.list()).toHaveLength(18_001);
  await refreshLater(DAY);
  expect(directory.list()).toHaveLength(12_001);
});

it('an empty list is a failure and takes nothing away', async () => {
  await directory.refresh();
  gecko.fault = { kind: 'body', body: '[]' };
  await refreshLater(DAY);
  const calls = gecko.count('/coins/list');
  await refreshLater(29_000);
  expect(gecko.count('/coins/list')).toBe(calls);
  expect(directory.list()).toHaveLength(18_000);
});

it('a page of ranks of which a third is unreadable leaves the other ranks as they were', async () => {
  gecko.set('brand-new', { symbol: 'new', name: 'Brand New', rank: 1, price: 1, supply: 1e13 }); // no built-in rank stands in for it
  await directory.refresh();
  gecko.set('solana', { rank: 6 });
  gecko.glitch = (rows) =>
    rows.map((row, at) => (at % 3 === 0 || row.id === 'brand-new' ? { ...row, current_price: 'junk' } : row));
  await refreshLater(DAY);
  expect(directory.list().filter(({ rank }) => rank !== null).length).toBeGreaterThanOrEqual(250);
  expect(['BTC', 'ETH', 'SOL', 'TAO'].map(first)).toEqual(['bitcoin', 'ethereum', 'solana', 'bittensor']);
  expect(directory.find('brand-new')?.rank).toBe(1);
  gecko.glitch = null;
  await refreshLater(60 * MINUTE); // what came in part is asked for again in an hour
  expect(directory.find('solana')?.rank).toBe(6);
});

it('the list of a mirror with a few coins adds to the built-in ones', async () => {
  for (const id of gecko.coins.keys()) if (id !== 'bitcoin') gecko.coins.delete(id);
  gecko.set('local-coin', { symbol: 'loc', name: 'Local Coin' });
  await directory.refresh();
  expect(directory.complete()).toBe(true);
  expect(directory.find('ethereum')?.rank).toBe(2);
  expect(directory.find('local-coin')).toEqual({ id: 'local-coin', symbol: 'LOC', name: 'Local Coin', rank: null });
  directory = await open();
  expect(directory.find('ethereum')?.rank).toBe(2);
});

it('what an older version stored is read: one date for list and ranks', async () => {
  const rows = [['only-here', 'ONLY', 'Only Here', 9] as const];
  memory.rows.set('directory', { key: 'directory', json: JSON.stringify({ at: clock, rows }), at: clock });
  directory = await open();
  expect(directory.complete()).toBe(true);
  expect(directory.find('only-here')?.rank).toBe(9);
  await refreshLater();
  expect(gecko.count()).toBe(0);
});

it('is stored in rows of a millisecond each; with one of them lost or of another list it is read anew', async () => {
  await directory.refresh();
  const lengths = [...memory.rows.values()].map(({ json }) => json.length);
  expect(lengths.length).toBeGreaterThan(10);
  expect(Math.max(...lengths)).toBeLessThan(100_000);
  const part = memory.rows.get('directory:7');
  if (part === undefined) throw new Error('no such part');
  for (const broken of [null, { ...part, at: part.at - 1 }, { ...part, json: '[[1]]' }]) {
    if (broken === null) memory.rows.delete(part.key);
    else memory.rows.set(part.key, broken);
    directory = await open();
    expect(directory.complete()).toBe(false);
  }
  await directory.refresh();
  expect(directory.list()).toHaveLength(18_000);
});

it('the market asks for a built-in coin at once, without the list', async () => {
  const scene = await openScene();
  scene.gecko.broken.add('/coins/list');
  const quotes = await scene.market.quotes(['bitcoin'], 'usd');
  expect(quotes.get('bitcoin')?.quote?.price).toBe(77_671);
  expect(await reasonOf(scene.market, 'solana')).toBe('CoinGecko does not list this coin'); // asked, and said so
  expect(scene.market.directoryComplete()).toBe(false);
  await scene.close();
});
