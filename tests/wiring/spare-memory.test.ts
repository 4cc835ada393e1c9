// What only a start needs is given back: seen from outside by Node's own report on its compile cache, and at the moment of the collection.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { settleMemory } from '../../src/wiring/health/spare-memory.ts';
import { exitOf } from '../e2e/program.ts';

it('a running bot holds nothing of the compile cache: let go of after its own files, and after those of the platforms', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'spare-memory-'));
  const reports = path.join(folder, 'reports'); // a file: what a full pipe does not take at once is lost
  const file = openSync(reports, 'w');
  const demo = spawn(process.execPath, ['src/main.mjs', 'demo'], {
    cwd: path.join(import.meta.dirname, '../..'),
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
