// A value in `.env` that Node reads only in part ("p#w" without quotes is "p") is told by its line, without what it holds.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cutSettings, loadEnvironmentFile } from '../../src/config/config.ts';

function inFile<T>(text: string, look: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-env-'));
  writeFileSync(path.join(folder, '.env'), text);
  try {
    return look(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it.each([
  ['SLACK_STATE_SECRET=hunter#two', 'hunter'],
  ['SLACK_STATE_SECRET=#huntertwo', ''],
  ['export SLACK_STATE_SECRET = hunter#two # a comment', 'hunter'],
  ['SLACK_STATE_SECRET="hunter"two', 'hunter'],
  ["SLACK_STATE_SECRET='hunter''two'", 'hunter'],
])('%s', (line, read) => {
  const text = `LOG_LEVEL=warn\r\n${line}\r\n`;
  const environment: Record<string, string | undefined> = {};
  inFile(text, (folder) => loadEnvironmentFile(folder, environment));
  expect(environment['SLACK_STATE_SECRET']).toBe(read); // so Node reads it
  const [said = ''] = inFile(text, cutSettings);
  expect(said).toBe(`line 2: put the whole value of SLACK_STATE_SECRET in quotes`);
  expect(said).not.toContain('hunter');
});

it('values that are read whole are left alone', () => {
  const lines = [
    'METRICS_TOKEN=a-secret # a comment',
    'SLACK_STATE_SECRET="hunter#two" # a comment',
    "SLACK_CLIENT_SECRET='hunter#two'",
    'SLACK_CLIENT_ID= # nothing yet',
    'DISCORD_TOKEN=',
    '# SLACK_STATE_SECRET=hunter#two',
    'PUBLIC_URL=`https://x/#y`',
    'OTHER=hunter#two',
    'COINGECKO_API_KEY="hunter',
  ];
  expect(inFile(lines.join('\n'), cutSettings)).toEqual([]);
});

it('no file, nothing to tell', () => {
  expect(cutSettings('/nowhere')).toEqual([]);
});
