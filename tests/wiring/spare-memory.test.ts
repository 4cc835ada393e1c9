// What only a start needs is given back: seen from outside by Node's own report on its compile cache, and at the moment of the collection.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { settleMemory } from '../../src/wiring/health/spare-memory.ts';
import { exitOf, firstAnswer, freePort } from '../e2e/program.ts';

it('a running bot holds nothing of the compile cache: let go of after its own files, and after those of the platforms', async () => {
  const port = await freePort();
  const demo = spawn(process.execPath, ['src/main.mjs', 'demo'], {
    cwd: path.join(import.meta.dirname, '../..'),
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let reports = '';
  demo.stderr.on('data', (chunk: Buffer) => (reports += chunk.toString()));
  await firstAnswer(`http://127.0.0.1:${port}/readyz`);
  // Both come before the first answer; a third one, five seconds later, would hide that one of them is missing.
  await expect.poll(() => reports.match(/Clear deserialized cache/g)?.length, { timeout: 3_000 }).toBe(2);
  demo.kill('SIGKILL');
  await exitOf(demo);
});

it('five seconds after the start, once: the rest of the compile cache, then a collection that gives pages back', () => {
  vi.useFakeTimers();
  const calls: unknown[] = [];
  settleMemory(
    ((options: unknown) => void calls.push(options)) as unknown as typeof globalThis.gc,
    () => void calls.push('cache'),
  );
  vi.advanceTimersByTime(4999);
  expect(calls).toEqual([]);
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  expect(calls).toEqual(['cache', { type: 'major', execution: 'sync', flavor: 'last-resort' }]);
});
