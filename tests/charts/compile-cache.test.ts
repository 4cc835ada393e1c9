// The drawing process finds its files compiled, also after its first one was killed: a first picture keeps somebody waiting.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { price } from './samples.ts';

const WORKER = path.join(import.meta.dirname, '../../src/charts/worker.mjs');

/** What Node says about its cache until two pictures are there; then the process is killed. `cache`: a folder in place of the usual one. */
async function drawOnce(cache?: string): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'drawing-cache-'));
  const reports = path.join(folder, 'reports'); // a file: what a full pipe does not take at once is lost
  const file = openSync(reports, 'w');
  const child = fork(WORKER, [], {
    execArgv: ['--max-semi-space-size=1', '--max-old-space-size=128'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', file, 'ipc'],
    env: { NODE_DEBUG_NATIVE: 'COMPILE_CACHE', ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }) },
  });
  for (const id of [1, 2]) {
    child.send({ kind: 'draw', id, spec: price, series: 0 });
    const [reply] = (await once(child, 'message')) as [object];
    expect(reply).toHaveProperty('png'); // of the second one when the first is over, and what it compiled is kept
  }
  child.kill('SIGKILL');
  await once(child, 'close');
  const said = readFileSync(reports, 'utf8');
  closeSync(file);
  rmSync(folder, { recursive: true });
  return said;
}

/** Files of ours and of packages that Node looked for in its cache in vain. */
const compiled = (said: string) =>
  [...said.matchAll(/reading cache from \S+ for \S+ (\S+)(.*)/g)].filter(([, , how]) => !how?.includes('success'));

it('reads the usual cache, in which a second process finds all of ours', async () => {
  await drawOnce();
  const said = await drawOnce();
  expect(said).toMatch(/code cache for ESM .*charts\/parts\/plot\.ts was accepted/u);
  expect(compiled(said).filter(([, file]) => file?.includes('/src/'))).toEqual([]);
});

it('what the first process ever compiled is kept, although it is killed', async () => {
  const cache = mkdtempSync(path.join(tmpdir(), 'drawing-kept-'));
  expect(compiled(await drawOnce(cache)).length).toBeGreaterThan(100);
  const again = compiled(await drawOnce(cache));
  rmSync(cache, { recursive: true });
  expect(again.map(([, file]) => file)).toEqual([]);
});
