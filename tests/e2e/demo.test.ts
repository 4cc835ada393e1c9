// The demo and questions with samples leave the operator's database alone: real alerts must not be judged by prices of a sample.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { exitOf, firstAnswer, freePort } from './program.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'taobot-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = (more: Record<string, string> = {}) => ({
  PATH: process.env['PATH'] ?? '',
  DATABASE_URL: `sqlite:${path.join(folder, 'data/taobot.db')}`,
  ...more,
});

it('npm run demo', async () => {
  const port = await freePort();
  const demo = spawn(process.execPath, ['src/main.mjs', 'demo'], {
    cwd: ROOT,
    env: environment({ PORT: String(port) }),
    stdio: 'ignore',
  });
  expect((await firstAnswer(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  demo.kill('SIGTERM');
  expect(await exitOf(demo)).toBe(0);
  expect([existsSync(path.join(folder, 'data')), readdirSync(folder)]).toEqual([false, []]);
});

it.each([
  ['/price tao', 'Sample data'],
  ['friendly tao', 'Friendly Tao (TAO)'], // known once the list of all coins is there
])('npm run ask -- --demo "%s"', async (text, said) => {
  const { promise, resolve } = Promise.withResolvers<string>();
  execFile(process.execPath, ['src/main.mjs', 'ask', '--demo', text], { cwd: ROOT, env: environment() }, (_, out) =>
    resolve(out),
  );
  expect(await promise).toContain(said);
  expect(readdirSync(folder)).toEqual([]);
});
