// Settings with a form of their own: lists of addresses, and words that switch something off.
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/base/errors.ts';

const nodes = (text: string) => readConfig({ SUBTENSOR_RPC_URL: text }).SUBTENSOR_RPC_URL;
const archive = (text: string) => readConfig({ SUBTENSOR_ARCHIVE_URL: text }).SUBTENSOR_ARCHIVE_URL;

describe('SUBTENSOR_RPC_URL', () => {
  it.each([
    ['https://a.example', ['https://a.example']],
    ['https://a.example/ , https://b.example/rpc,', ['https://a.example', 'https://b.example/rpc']],
    ['https://a.example,https://b.example,https://a.example', ['https://a.example', 'https://b.example']],
    ['http://127.0.0.1:9944', ['http://127.0.0.1:9944']],
  ])('%s', (text, urls) => {
    expect(nodes(text)).toEqual(urls);
  });

  it('two public nodes when unset or blank', () => {
    expect(nodes('')).toHaveLength(2);
  });

  it.each([
    ['https://a.example,http://b.example', 'SUBTENSOR_RPC_URL must use https'],
    ['https://a.example,wss://b.example', 'SUBTENSOR_RPC_URL is not an http(s) address'],
    ['https://user:pass@a.example', 'SUBTENSOR_RPC_URL must not hold credentials'],
    ['https://a.example?key=1', 'SUBTENSOR_RPC_URL must not have a query'],
    ['https://a.example/rpc?', 'SUBTENSOR_RPC_URL must not have a query'],
    ['https://a.example/rpc#', 'SUBTENSOR_RPC_URL must not have a query'],
    [',', 'SUBTENSOR_RPC_URL names no address'],
    ['none', 'SUBTENSOR_RPC_URL is not an http(s) address'],
  ])('%s is refused with an example', (text, problem) => {
    expect(() => nodes(text)).toThrow(ConfigError);
    expect(() => nodes(text)).toThrow(problem);
    expect(() => nodes(text)).toThrow('for example SUBTENSOR_RPC_URL=https://');
  });
});

describe('SUBTENSOR_ARCHIVE_URL', () => {
  it('an address, nothing, or a public archive when unset', () => {
    expect(archive('https://a.example/public/')).toBe('https://a.example/public');
    expect(archive('none')).toBeNull();
    expect(archive(' ')).toMatch(/^https:\/\//);
  });

  it.each(['off', 'None', 'https://a.example,https://b.example'])('%s is refused', (text) => {
    expect(() => archive(text)).toThrow(ConfigError);
  });
});

it('two listeners at one port are refused before anything listens', () => {
  const both = { PORT: '8080', METRICS_PORT: '8080' };
  expect(() => readConfig(both)).toThrow('METRICS_PORT is PORT');
  expect(() => readConfig({ ...both, HOST: '0.0.0.0' })).toThrow('METRICS_PORT=9464');
  expect(() => readConfig({ ...both, HOST: '192.0.2.7' })).not.toThrow(); // another address
  expect(() => readConfig({ PORT: '0', METRICS_PORT: '0' })).not.toThrow(); // any free port
});

it('a part of the shards is taken with a database that processes share', () => {
  const settings = { DISCORD_SHARDS: '0-1/4', DATABASE_URL: 'postgres://u:p@db.example/taobot' };
  expect(readConfig(settings).DISCORD_SHARDS).toBe('0-1/4');
});

describe('what is refused says what is wrong, and never the value', () => {
  it.each([
    ['DEFAULT_CURRENCY', 'euro', 'is not a currency'],
    ['DEFAULT_CURRENCY', 'xyz', 'is not a currency'],
    ['DEFAULT_TIMEZONE', 'EST', 'must be a place or UTC'],
    ['DEFAULT_TIMEZONE', 'CET', 'must be a place or UTC'],
    ['DEFAULT_TIMEZONE', 'Mars/Phobos', 'is not an IANA time zone'],
    ['DEFAULT_TIMEZONE', '+02:00', 'is not an IANA time zone'],
    ['SLACK_BOT_TOKEN', 'xoxb-123', 'is too short'],
    ['SLACK_BOT_TOKEN', 'xoxp-1234567890-1234567890', 'must start with xoxb-'],
    ['SLACK_BOT_TOKEN', '"xoxb-1234567890-1234567890"', 'must start with xoxb-'],
    ['SLACK_BOT_TOKEN', 'xoxb-1234567890-1234567890"', 'holds characters'],
    ['SLACK_APP_TOKEN', 'xapp-1', 'is too short'],
    ['DATABASE_URL', 'postgres://u:hunter2@db.example:99999/taobot', 'names a port above 65535'],
    ['DATABASE_URL', 'postgres://u:hunter2@db.example:99999', 'names a port above 65535'],
    ['DATABASE_URL', 'postgres://u:hun/ter2@db.example/taobot', 'is not a postgres address: percent-encode'],
    ['DATABASE_URL', 'postgres://u:abc@hunter2/1@db.example/taobot', 'is not a postgres address: percent-encode'],
    ['DATABASE_URL', 'postgres://u:abc@hunter2#1@db.example/taobot', 'is not a postgres address: percent-encode'],
    ['DATABASE_URL', 'sqlite:~/taobot.db', 'is taken as it is written: no shell replaces ~'],
    ['DATABASE_URL', 'sqlite:$HOME/taobot.db', 'is taken as it is written: no shell replaces ~'],
    ['DATABASE_URL', 'sqlite:${HOME}/taobot.db', 'is taken as it is written: no shell replaces ~'],
    ['DATABASE_URL', 'sqlite://data/taobot.db', 'has no // behind sqlite:'],
    ['DATABASE_URL', 'sqlite:./data/taobot.db?mode=ro', 'is a path without options'],
    ['DATABASE_URL', 'sqlite:/var/lib/taobot/', 'names a folder'],
    ['DATABASE_URL', 'mysql://u:hunter2@db.example/taobot', 'is neither sqlite:PATH nor postgres'],
    ['DISCORD_SHARDS', '0-4/4', 'names shard 4 of 4: they are counted from 0 to 3'],
    ['DISCORD_SHARDS', 'all', 'must read like 0-3/16'],
    ['DISCORD_SHARDS', '0/2', 'names 1 of 2 shards, and processes that divide them need one database'],
    ['PORT', '99999', 'is above 65535'],
    ['TRUSTED_PROXIES', 'proxy.example', 'may only hold IP addresses'],
    ['TRUSTED_PROXIES', '10.0.0.0/33', 'may only hold IP addresses'],
    ['TRUSTED_PROXIES', '10.0.0.1/8/8', 'may only hold IP addresses'],
    ['TRUSTED_PROXIES', ',', 'may only hold IP addresses'],
    ['TRUSTED_PROXIES', '0.0.0.0/0', 'holds everybody'],
    ['TRUSTED_PROXIES', 'loopback, 128.0.0.0/1', 'holds everybody'],
    ['TRUSTED_PROXIES', '::/0', 'holds everybody'],
    ['TRUSTED_PROXIES', '::/64', 'holds everybody'],
    ['TRUSTED_PROXIES', '::ffff:0:0/96', 'holds everybody'],
    ['TRUSTED_PROXIES', '2000::/3', 'holds everybody'],
  ])('%s=%s', (name, value, problem) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(`${name} ${problem}`);
    expect(read).not.toThrow('hunter2');
  });

  it.each([
    ['DISCORD_SHARDS', '0-3/4', '0-3/4'],
    ['DEFAULT_CURRENCY', 'EUR', 'eur'],
    ['DEFAULT_CURRENCY', 'sats', 'sats'],
    ['DEFAULT_TIMEZONE', 'America/New_York', 'America/New_York'],
    ['DEFAULT_TIMEZONE', 'UTC', 'UTC'],
    ['DATABASE_URL', 'postgres://u:p%40ss@db.example:5432/taobot', 'postgres://u:p%40ss@db.example:5432/taobot'],
    ['DATABASE_URL', 'postgres:///taobot?host=/var/run/postgresql', 'postgres:///taobot?host=/var/run/postgresql'],
    ['DATABASE_URL', 'sqlite:/data/a:99999', 'sqlite:/data/a:99999'],
    ['DATABASE_URL', 'sqlite:///data/a.db', 'sqlite:///data/a.db'],
    ['DATABASE_URL', 'sqlite:C:\\bot\\PROGRA~1\\a.db', 'sqlite:C:\\bot\\PROGRA~1\\a.db'],
    ['DATABASE_URL', 'sqlite::memory:', 'sqlite::memory:'],
    ['TRUSTED_PROXIES', 'Loopback, 10.0.0.0/8,2001:db8::/32', ['loopback', '10.0.0.0/8', '2001:db8::/32']],
    ['TRUSTED_PROXIES', 'fc00::/7,::ffff:10.0.0.0/104,::1', ['fc00::/7', '::ffff:10.0.0.0/104', '::1']],
  ])('%s=%s is taken', (name, value, parsed) => {
    expect(readConfig({ [name]: value })).toHaveProperty(name, parsed);
  });
});

describe('a setting that is wrong is not also said to be missing', () => {
  const slack = { SLACK_BOT_TOKEN: 'xoxb-1234567890-1234567890' };
  const oauth = {
    SLACK_CLIENT_ID: '123.456',
    SLACK_CLIENT_SECRET: 'a-client-secret',
    SLACK_STATE_SECRET: 'a-long-random-text',
    SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5',
  };
  it.each<[Record<string, string>, string[]]>([
    [{ COINGECKO_PLAN: 'demo', COINGECKO_API_KEY: 'short' }, ['COINGECKO_API_KEY is not a CoinGecko key']],
    [{ ...slack, SLACK_APP_TOKEN: 'xoxb-123456789' }, ['SLACK_APP_TOKEN must start with xapp-']],
    [{ ...slack, SLACK_SIGNING_SECRET: 'short' }, ['SLACK_SIGNING_SECRET is not a signing secret']],
    [{ ...oauth, SLACK_SIGNING_SECRET: 'short' }, ['SLACK_SIGNING_SECRET is not a signing secret']],
    [{ ...oauth, SLACK_CLIENT_ID: 'abc' }, ['SLACK_CLIENT_ID is not a client id']],
    [{ ...oauth, SLACK_STATE_SECRET: 'short' }, ['SLACK_STATE_SECRET must have 16']],
    [{ ...slack, SLACK_APP_TOKEN: 'xapp-\uFFFD-1234567890' }, ['SLACK_APP_TOKEN holds a character']],
    [{ COINGECKO_PLAN: 'demo' }, ['COINGECKO_API_KEY is needed']],
    [{ ...slack, SLACK_APP_TOKEN: ' ' }, ['SLACK_BOT_TOKEN needs SLACK_APP_TOKEN']],
  ])('%o', (environment, lines) => {
    try {
      readConfig(environment);
    } catch (error) {
      expect((error as ConfigError).problems).toEqual(lines.map((line) => expect.stringContaining(line) as string));
      return;
    }
    expect.unreachable();
  });
});

describe('MARKET_FALLBACKS', () => {
  const fallbacks = (text: string) => readConfig({ MARKET_FALLBACKS: text }).MARKET_FALLBACKS;

  it.each([
    ['kraken, coinbase', ['kraken', 'coinbase']],
    ['none', []],
    ['kraken,coinbase,kraken', ['kraken', 'coinbase']], // one that is asked twice would confirm itself
  ])('%s', (text, ids) => {
    expect(fallbacks(text)).toEqual(ids);
  });

  it('commas alone switch nothing off', () => {
    expect(() => fallbacks(',')).toThrow('MARKET_FALLBACKS names no source');
  });
});
