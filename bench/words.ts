// Words to coins in a world of 18,000: how long others wait while the list and its index are taken in, look-ups, completion, memory.
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { COMMANDS } from '../src/app/commands/index.ts';
import { readText } from '../src/app/reader/read.ts';
import { buildCoinIndex, type CoinIndex, createCoinIndex } from '../src/content/coin-search/coin-index.ts';
import type { CoinInput } from '../src/content/coin-search/coin-keys.ts';
import { builtinCoins } from '../src/market/directory/builtin-coins.ts';
import { createDirectory, type Directory } from '../src/market/directory/coin-directory.ts';
import { coinWorld } from '../src/sample/coin-world/coin-world.ts';
import { createMemory } from '../tests/fakes/market/memory.ts';
import { vocabularyOver } from '../tests/fakes/vocabulary.ts';
import { isQuick } from './parts/quick.ts';

const HOSTILE = [
  'a'.repeat(50_000),
  'e\u0301'.repeat(10_000),
  '😀'.repeat(25_000),
  '%'.repeat(200),
  'тао '.repeat(5_000),
];
const NONSENSE = [
  'the banana of bitcoin cash in the morning to usd '.repeat(41),
  'qx zz vw kk '.repeat(167),
  '1 2 3 4,5 6.7 '.repeat(143),
  'a b c d e f g h '.repeat(125),
  'gm gm thanks lol ok '.repeat(100),
  'supercalifragilistic'.repeat(100),
  'x'.repeat(2000),
  '9 am pm est mon to fri '.repeat(87),
  '· # · '.repeat(334),
  '-/_:'.repeat(500),
  differing((at) => `w${(at * 7919).toString(36)}q`),
  differing((at) => `${at * 3.7} ${(at * 104_729).toString(36).replaceAll(/\d/g, 'z')}`),
].map((text) => text.slice(0, 2000));
/** Every so many coins one is asked for, with a mistake. */
const EVERY = isQuick() ? 370 : 37;
const CHOICES = 25;

/**
 * Milliseconds (`…Ms`) and mebibytes (`…MiB`). A stall is the longest time that nobody else had a turn: by the clock, the best of three (other
 * programs of the machine must not count), and in processor time of the one thread that everybody waits for, the first time.
 */
export async function run(): Promise<Record<string, number>> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const world = coinWorld();
  const builtinIndexBuildMs = timed(() => createCoinIndex(builtinCoins())); // at the start of every process
  const directory = directoryOf(world);
  const fresh = [directoryOf(world), directoryOf(world), directoryOf(world)]; // made before: that is part of the start
  const list = await stalls(() => fresh.pop()?.refresh() ?? Promise.resolve());
  await directory.refresh();
  const coins = directory.list();
  const build = () => buildCoinIndex(coins, true, turn);
  const indexing = await stalls(build);
  collect();
  const memoryBefore = usedMiB();
  const index = await build();
  collect();
  const memoryMiB = usedMiB() - memoryBefore;
  return {
    coins: coins.length,
    listTakenInStallMs: list.wall,
    listTakenInStallCpuMs: list.cpu,
    indexBuildMs: indexing.whole,
    indexBuildStallMs: indexing.wall,
    indexBuildStallCpuMs: indexing.cpu,
    indexMemoryMiB: memoryMiB,
    builtinIndexBuildMs,
    ...figures('lookUpUnknown', unknownWords(coins), (word) => index.resolve(word)),
    ...figures('lookUpKnown', knownWords(coins), (word) => index.resolve(word)),
    ...figures('complete', prefixes(coins), (word) => index.complete(word, CHOICES)),
    ...figures('completeUnknown', unknownWords(coins), (word) => index.complete(word, CHOICES)),
    ...nonsense(index),
    hostileMaxMs: Math.max(...HOSTILE.map((text) => timed(() => index.resolve(text)))),
  };
}

/** Reading 2,000 characters that mean nothing, each text by the fastest of three times, after all were read once: words of the list, of no list, long ones, marks. */
function nonsense(index: CoinIndex): Record<string, number> {
  const vocabulary = vocabularyOver(index);
  const texts = ['', '/price ', '/convert ', '/digest create '].flatMap((start) =>
    NONSENSE.map((text) => start + text),
  );
  const read = (text: string) => timed(() => readText(text, COMMANDS, vocabulary));
  for (const text of texts) read(text);
  const slowest = Math.max(...texts.map((text) => Math.min(...[1, 2, 3].map(() => read(text)))));
  return { readNonsenseMaxMs: slowest };
}

/** Words of which none comes twice, so that nothing can be remembered. */
function differing(word: (at: number) => string): string {
  return Array.from({ length: 400 }, (_, at) => word(at)).join(' ');
}

/** A directory whose upstream answers at once, so that only taking the rows in takes time. */
function directoryOf(rows: readonly CoinInput[]): Directory {
  const data = rows.map(({ id, symbol, name }) => ({ id, symbol, name }));
  return createDirectory({
    profiled: [{ id: 'bittensor', symbol: 'TAO', name: 'Bittensor' }],
    builtin: builtinCoins(),
    client: {
      list: () => Promise.resolve({ kind: 'ok', data }),
      markets: () => Promise.resolve({ kind: 'failed', reason: 'not asked' }),
      http: { distrust: () => undefined },
    },
    memory: createMemory(),
    onPage: () => Promise.resolve(),
    now: () => Date.now(),
  });
}

/** Does `work` three times: the shortest time of the whole, the shortest longest stall, and the longest stall of the first in processor time. */
async function stalls(work: () => Promise<unknown>): Promise<{ whole: number; wall: number; cpu: number }> {
  const rounds = [await longestStall(work), await longestStall(work), await longestStall(work)] as const;
  return {
    whole: Math.min(...rounds.map((round) => round.whole)),
    wall: Math.min(...rounds.map((round) => round.wall)),
    cpu: rounds[0].cpu,
  };
}

async function longestStall(work: () => Promise<unknown>): Promise<{ whole: number; wall: number; cpu: number }> {
  const started = performance.now();
  const state = { ended: false };
  let [at, cpuAt] = [started, cpuMs()];
  const done = work().finally(() => (state.ended = true));
  let [wall, cpu] = [0, 0];
  while (!state.ended) {
    await turn();
    const [now, cpuNow] = [performance.now(), cpuMs()];
    [wall, cpu] = [Math.max(wall, now - at), Math.max(cpu, cpuNow - cpuAt)];
    [at, cpuAt] = [now, cpuNow];
  }
  await done;
  return { whole: performance.now() - started, wall, cpu };
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Names with a letter missing at the end, missing at the start, and one too many. */
function unknownWords(coins: readonly CoinInput[]): string[] {
  const words = some(coins).map(({ name }) => name.toLowerCase().replaceAll(/[^a-z]/gu, ''));
  return words
    .filter((word) => word.length > 3)
    .flatMap((word) => [`${word.slice(0, -1)}q`, `${word.slice(1)}z`, `${word.slice(0, 7)}x`]);
}

function knownWords(coins: readonly CoinInput[]): string[] {
  return some(coins).flatMap(({ id, symbol, name }) => [id, symbol, name]);
}

/** What an autocomplete box sends while a name is typed. */
function prefixes(coins: readonly CoinInput[]): string[] {
  return some(coins).flatMap(({ name }) => [1, 2, 3, 4, 6, 8].map((length) => name.slice(0, length)));
}

function some(coins: readonly CoinInput[]): CoinInput[] {
  return coins.filter((_, at) => at % EVERY === 0);
}

/** Each word counts by the fastest of three times, after all were asked once: other programs of the machine must not count. */
function figures(label: string, words: readonly string[], ask: (word: string) => unknown): Record<string, number> {
  for (const word of words) ask(word);
  const fastest = (word: string) => Math.min(...[1, 2, 3].map(() => timed(() => ask(word))));
  const times = words.map(fastest).sort((a, b) => a - b);
  const quantile = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  return { [`${label}P50Ms`]: quantile(0.5), [`${label}P99Ms`]: quantile(0.99) };
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function usedMiB(): number {
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}
