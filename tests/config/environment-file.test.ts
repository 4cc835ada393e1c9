// `.env` as editors of all systems write it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadEnvironmentFile } from '../../src/config/config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'taobot-env-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the environment holds after a file of these bytes. */
function loaded(bytes: string | Buffer, before: Record<string, string> = {}): Record<string, string | undefined> {
  writeFileSync(path.join(folder, '.env'), bytes);
  const environment: Record<string, string | undefined> = { ...before };
  loadEnvironmentFile(folder, environment);
  return environment;
}

const LINES = 'LOG_LEVEL=warn\r\nDEFAULT_CURRENCY=eur\r\n';

it.each([
  ['UTF-8', Buffer.from(LINES)],
  ['UTF-8 with a mark, as editors of Windows write it', Buffer.from(`\ufeff${LINES}`)],
  ['UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${LINES}`, 'utf16le')],
  ['UTF-16 with the other byte first', Buffer.from(`\ufeff${LINES}`, 'utf16le').swap16()],
])('%s: the first line counts like any other', (_, bytes) => {
  expect(loaded(bytes)).toEqual({ LOG_LEVEL: 'warn', DEFAULT_CURRENCY: 'eur' });
});

it('what is set already wins, also when it is blank', () => {
  expect(loaded(LINES, { LOG_LEVEL: 'debug', DEFAULT_CURRENCY: '' })).toEqual({
    LOG_LEVEL: 'debug',
    DEFAULT_CURRENCY: '',
  });
});

it('no file, no change', () => {
  const environment = {};
  loadEnvironmentFile(folder, environment);
  expect(environment).toEqual({});
});
