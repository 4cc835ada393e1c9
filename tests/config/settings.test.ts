// Settings with a form of their own: lists of addresses, and words that switch something off.
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/base/errors.ts';

const nodes = (text: string) => readConfig({ SUBTENSOR_RPC_URL: text }).SUBTENSOR_RPC_URL;
const archive = (text: string) => readConfig({ SUBTENSOR_ARCHIVE_URL: text }).SUBTENSOR_ARCHIVE_URL;

describe('SUBTENSOR_RPC_URL', () => {
  test.each([
    ['https://a.example', ['https://a.example']],
    ['https://a.example/ , https://b.example/rpc,', ['https://a.example', 'https://b.example/rpc']],
    ['https://a.example,https://b.example,https://a.example', ['https://a.example', 'https://b.example']],
    ['http://127.0.0.1:9944', ['http://127.0.0.1:9944']],
  ])('%s', (text, urls) => {
    expect(nodes(text)).toEqual(urls);
  });

  test('two public nodes when unset or blank', () => {
    expect(nodes('')).toHaveLength(2);
  });

  test.each([
    ['https://a.example,http://b.example', 'SUBTENSOR_RPC_URL must use https'],
    ['https://a.example,wss://b.example', 'SUBTENSOR_RPC_URL is not an http(s) address'],
    ['https://user:pass@a.example', 'SUBTENSOR_RPC_URL must not hold credentials'],
    ['https://a.example?key=1', 'SUBTENSOR_RPC_URL must not have a query'],
    [',', 'SUBTENSOR_RPC_URL names no address'],
    ['none', 'SUBTENSOR_RPC_URL is not an http(s) address'],
  ])('%s is refused with an example', (text, problem) => {
    expect(() => nodes(text)).toThrow(ConfigError);
    expect(() => nodes(text)).toThrow(problem);
    expect(() => nodes(text)).toThrow('for example SUBTENSOR_RPC_URL=https://');
  });
});

describe('SUBTENSOR_ARCHIVE_URL', () => {
  test('an address, nothing, or a public archive when unset', () => {
    expect(archive('https://a.example/public/')).toBe('https://a.example/public');
    expect(archive('none')).toBeNull();
    expect(archive(' ')).toMatch(/^https:\/\//);
  });

  test.each(['off', 'None', 'https://a.example,https://b.example'])('%s is refused', (text) => {
    expect(() => archive(text)).toThrow(ConfigError);
  });
});
