// The chat in a real terminal: what people see there is the chat, and no line of the log.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { exitOf, firstAnswer, freePort } from './program.ts';

const ROOT = path.join(import.meta.dirname, '../..');
/** Gives a program a terminal of its own: https://man7.org/linux/man-pages/man1/script.1.html */
const SCRIPT = '/usr/bin/script';
const STARTED = 'type exit to quit';

it.skipIf(!existsSync(SCRIPT))('a first start shows the chat alone', { timeout: 60_000 }, async () => {
  const port = await freePort();
  const env = { PATH: process.env['PATH'] ?? '', TERM: 'dumb', PORT: String(port) };
  const demo = spawn(SCRIPT, ['-qec', `'${process.execPath}' src/main.mjs demo`, '/dev/null'], { cwd: ROOT, env });
  let [seen, asked] = ['', false];
  demo.stdout.on('data', (bytes: Buffer) => {
    seen += bytes.toString();
    if (!asked && seen.includes(STARTED)) demo.stdin.write('price tao\n');
    asked ||= seen.includes(STARTED);
  });
  const ready = async () => await (await firstAnswer(`http://127.0.0.1:${port}/readyz`)).text();
  await expect.poll(ready, { timeout: 30_000 }).toMatch(/last tick \d+ s ago/); // what a start has to say was said by then
  demo.stdin.write('exit\n');
  expect(await exitOf(demo)).toBe(0);
  expect(seen).toContain('Bittensor price');
  expect(seen).not.toContain('{"level"');
});
