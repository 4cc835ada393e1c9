// Values of `.env` that would be lost on the way without a word: set twice, in a wrong encoding, of a setting that nothing uses.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadEnvironmentFile, readConfig, repeatedSettings, unusedSettings } from '../../src/config/config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'taobot-env-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (bytes: string | Buffer) => writeFileSync(path.join(folder, '.env'), bytes);

describe('a setting that stands twice', () => {
  it('is told with both lines, without its values', () => {
    write('PORT=1\nLOG_LEVEL=warn\n export PORT = "2"\nPORT=3\n');
    expect(repeatedSettings(folder)).toEqual(['PORT: line 4 counts, not line 1 or 3']);
  });

  it('also where a blank line of .env.example comes after the value', () => {
    write('DISCORD_TOKEN=hunter2\nDISCORD_TOKEN=\n');
    expect(repeatedSettings(folder)).toEqual(['DISCORD_TOKEN: line 2 counts, not line 1']);
  });

  it('is not: a blank line before the value, a comment, another name, a line that sets nothing', () => {
    write('PORT=\nHOST=""\nHOST=x\nPORT=2\n');
    expect(repeatedSettings(folder)).toEqual([]);
    write('#PORT=1\nPORT=2\nMETRICS_PORT=3\nPORT: 4\nOTHER=1\nOTHER=2\n');
    expect(repeatedSettings(folder)).toEqual([]);
  });
});

describe('another encoding', () => {
  it('a secret with a letter of Latin-1 is refused: it would be another one, which all such letters share', () => {
    write(Buffer.from(`SLACK_STATE_SECRET=${'ä'.repeat(16)}\n`, 'latin1'));
    const environment: Record<string, string | undefined> = {};
    loadEnvironmentFile(folder, environment);
    expect(() => readConfig(environment)).toThrow(/SLACK_STATE_SECRET holds a character .*save \.env as UTF-8/);
  });

  it('UTF-16 without its mark, and any other file with NUL, is refused: no line of it would count', () => {
    write(Buffer.from('PORT=1\n', 'utf16le'));
    expect(() => loadEnvironmentFile(folder, {})).toThrow(/\.env cannot be read \(NUL\)/);
  });
});

it('a key of CoinGecko without its plan is told', () => {
  const told = (environment: Record<string, string>) => unusedSettings(readConfig(environment));
  expect(told({ COINGECKO_API_KEY: 'CG-12345678' })).toEqual(['COINGECKO_API_KEY: set COINGECKO_PLAN to demo or pro']);
  expect(told({ COINGECKO_API_KEY: 'CG-12345678', COINGECKO_PLAN: 'demo' })).toEqual([]);
  expect(told({})).toEqual([]);
});
