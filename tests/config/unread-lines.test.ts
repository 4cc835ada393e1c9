// A line of `.env` that names a setting and sets none is told by its number, without its value.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { unreadSettings } from '../../src/config/config.ts';

function unread(text: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-env-'));
  writeFileSync(path.join(folder, '.env'), text);
  const said = unreadSettings(folder);
  rmSync(folder, { recursive: true });
  return said;
}

it.each([
  'DEFAULT_CURRENCY: hunter2',
  'DEFAULT_CURRENCY hunter2',
  ' DEFAULT_CURRENCY : "hunter2"',
  '$env:DEFAULT_CURRENCY = hunter2',
])('%s', (line) => {
  expect(unread(`LOG_LEVEL=warn\n${line}\n`)).toEqual(['line 2: write it as DEFAULT_CURRENCY=…']);
});

it('lines that are read, comments and other words are left alone', () => {
  const lines = [
    'LOG_LEVEL=warn',
    'export PORT=1',
    '# MCP: off',
    '#PORT',
    '',
    'HOST = "a: b"',
    'PATH: x',
    'METRICS_TOKEN=a:b',
  ];
  expect(unread(lines.join('\r\n'))).toEqual([]);
});

it('no file, nothing to tell', () => {
  expect(unreadSettings('/nowhere')).toEqual([]);
});
