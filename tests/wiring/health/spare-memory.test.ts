// What only a start needs is given back: seen from outside by Node's own report on its compile cache, and at the moment of the collection.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { cachedDataVersionTag } from 'node:v8';
import { afterEach, expect, it, vi } from 'vitest';
import { collectAll, settleMemory } from '../../../src/wiring/health/spare-memory.ts';
import { exitOf } from '../../e2e/program.ts';

it('a running bot holds nothing of the compile cache: let go of after its own files, and after those of the platforms', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'spare-memory-'));
  const reports = path.join(folder, 'reports'); // a file: what a full pipe does not take at once is lost
  const file = openSync(reports, 'w');
  const demo = spawn(process.execPath, ['src/main.mjs', 'demo'], {
    cwd: path.join(import.meta.dirname, '../../..'),
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
    stdio: ['ignore', 'pipe', file],
  });
  await once(demo.stdout ?? demo, 'data'); // its first line, "web on": a third one, five seconds later, would hide that one of both is missing
  expect(readFileSync(reports, 'utf8').match(/Clear deserialized cache/g)).toHaveLength(2);
  demo.kill('SIGKILL');
  await exitOf(demo);
  closeSync(file);
  rmSync(folder, { recursive: true });
});

const COLLECTED = ['cache', 'garbage'];

/** In virtual time: `asked` as the program calls it, and what was given back so far. */
function settling() {
  vi.useFakeTimers();
  const calls: unknown[] = [];
  const note = (what: string) => () => void calls.push(what);
  const asked = settleMemory({ drop: note('cache'), collect: note('garbage') });
  return { asked, calls };
}
afterEach(() => void vi.useRealTimers());

it('after five seconds, once: the rest of the compile cache, then a collection that gives pages back', () => {
  const { asked, calls } = settling();
  vi.advanceTimersByTime(4999);
  expect(calls).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(calls).toEqual(COLLECTED);
  asked();
  vi.advanceTimersByTime(3_600_000);
  expect(calls).toEqual(COLLECTED);
});

it('holds nobody up who asks: it waits until five seconds are quiet', () => {
  const { asked, calls } = settling();
  for (let second = 0; second < 60; second++) {
    vi.advanceTimersByTime(1000);
    asked();
  }
  vi.advanceTimersByTime(4999);
  expect(calls).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(calls).toEqual(COLLECTED);
});

it('gives up where somebody asks all the time', () => {
  const { asked, calls } = settling();
  for (let second = 0; second < 601; second++) {
    vi.advanceTimersByTime(1000);
    asked();
  }
  vi.advanceTimersByTime(3_600_000);
  expect(calls).toEqual([]);
});

it('the collection takes what nobody holds, and leaves the flags of V8 as they were', async () => {
  const tag = cachedDataVersionTag();
  const dropped = new WeakRef({});
  await nextTurn(); // in the turn that made it, it is held
  collectAll();
  expect(dropped.deref()).toBeUndefined();
  expect(cachedDataVersionTag()).toBe(tag);
});
