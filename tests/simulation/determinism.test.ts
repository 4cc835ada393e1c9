// Two runs of a seed are the same to the last statement: in one process, beside other work, and in another process.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { simulate } from './simulate.ts';

const SEEDS = [10, 11, 12];
const ROOT = path.join(import.meta.dirname, '../..');

async function traces(): Promise<string[]> {
  const found: string[] = [];
  for (const seed of SEEDS) found.push((await simulate(seed)).trace);
  return found;
}

/** Turns, timers and answers of the file system that come between; until the returned function is called. */
function otherWork(): () => void {
  let seen = 0;
  const timer = setInterval(() => {
    setImmediate(() => void seen++);
    void readFile(import.meta.filename).then(({ length }) => void (seen += length));
  }, 1);
  return () => {
    clearInterval(timer);
    expect(seen).toBeGreaterThan(0);
  };
}

it('a seed has one trace, whatever else this process does, and in every process', { timeout: 300_000 }, async () => {
  const first = await traces();
  expect(new Set(first).size).toBe(SEEDS.length);
  const end = otherWork();
  expect(await traces().finally(end)).toEqual(first);
  const args = ['scripts/simulate.ts', '--traces', '--from', String(SEEDS[0]), '--seeds', String(SEEDS.length)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
  const elsewhere = new Map(stdout.split('\n').map((line) => line.split(' ') as [string, string]));
  expect(SEEDS.map((seed) => elsewhere.get(String(seed)))).toEqual(first);
});

it('a trace tells two different lives apart', { timeout: 60_000 }, async () => {
  expect((await simulate(1)).trace).not.toBe((await simulate(1, { planted: 'random-nonce' })).trace);
});
