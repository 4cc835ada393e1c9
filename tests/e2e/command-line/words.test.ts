// What is typed behind the program's name: each complaint says what to do, whatever the settings are, and shows nothing that may be a secret.
import { spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitOf } from '../program.ts';

const MAIN = path.join(import.meta.dirname, '../../../src/main.mjs');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'taobot-words-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(words: readonly string[], env: Record<string, string> = {}, stdout: 'ignore' | number = 'ignore') {
  const child = spawn(process.execPath, [MAIN, ...words], { cwd: folder, env, stdio: ['ignore', stdout, 'pipe'] });
  let err = '';
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return { code: await exitOf(child), err };
}

describe('a mode that there is not', () => {
  it.each([
    ['strat', /^There is no mode "strat"\.\nUsage: /],
    ['postgres://u:a-password@127.0.0.1/x', /^That is no mode\.\nUsage: /],
    ['\u001B[31mred\nline', /^That is no mode\.\nUsage: /],
    ['', /^That is no mode\.\nUsage: /],
  ])('%j', async (word, words) => {
    const { code, err } = await run([word], { PORT: 'a wrong setting' });
    expect(code).toBe(1);
    expect(err).toMatch(words);
  });
});

describe('settings that a command does not read', () => {
  it('a folder in the place of .env, as Docker makes one: exit 78 and a sentence', async () => {
    mkdirSync(path.join(folder, '.env'));
    for (const word of ['slack-manifest', 'start']) {
      const { code, err } = await run([word]);
      expect(code).toBe(78);
      expect(err).toMatch(/^1 wrong setting\(s\):\n {2}✖ \.env cannot be read \(EISDIR\): /);
      expect(err).not.toContain('"stack"');
    }
  });

  it('a slip of the pen is told by every command', async () => {
    writeFileSync(path.join(folder, '.env'), 'PUBLIC_ULR=https://tao.example\n');
    chmodSync(path.join(folder, '.env'), 0o600);
    const { code, err } = await run(['slack-manifest']);
    expect({ code, err }).toEqual({
      code: 0,
      err: 'warning  a setting has an unknown name: PUBLIC_ULR: is PUBLIC_URL meant?\n',
    });
  });
});

it.skipIf(process.platform !== 'linux')('output that its disk does not take: exit 1, and why', async () => {
  const full = openSync('/dev/full', 'w');
  const { code, err } = await run(['slack-manifest'], {}, full);
  closeSync(full);
  expect(code).toBe(1);
  expect(err).toMatch(/^The output could not be written: ENOSPC/);
});
