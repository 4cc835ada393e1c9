// The pages are loaded by the first request: all that come meanwhile are answered, and where it fails, a later request tries again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it } from 'vitest';
import { exitOf } from '../program.ts';

const ROOT = path.join(import.meta.dirname, '../../..');

/** The first attempt to load the pages fails. */
const BROKEN = `import { registerHooks } from 'node:module';
  let failures = 1;
  registerHooks({ load(url, context, next) {
    if (url.endsWith('/src/web/app.ts') && failures-- > 0) throw new Error('the disk is gone');
    return next(url, context);
  } });`;

it('a request that meets pages which cannot be loaded is told so, and all later ones are answered', async () => {
  const words = ['--import', `data:text/javascript,${encodeURIComponent(BROKEN)}`, 'src/main.mjs', 'demo'];
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0' };
  const program = spawn(process.execPath, words, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = exitOf(program);
  const said = { out: '', log: '' };
  program.stderr.on('data', (chunk: Buffer) => (said.log += chunk.toString()));
  program.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  const address = () => /web +on +(http:\S+)/u.exec(said.out)?.[1];
  while (address() === undefined) await once(program.stdout, 'data');
  const ask = async (page: string) => (await fetch(`${address() ?? ''}${page}`)).status;
  expect(await ask('/livez')).toBe(500);
  expect(await Promise.all([ask('/livez'), ask('/'), ask('/none')])).toEqual([200, 200, 404]);
  program.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(said.log).toContain('the disk is gone');
});
