// What must never be printed: a key in the path of an address is a secret, a word in it is none.
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { secretsOf } from '../../src/config/secrets.ts';

const KEY = '0b1c2d3e4f5061728394a5b6c7d8e9f0';

it.each([
  ['SUBTENSOR_RPC_URL', `https://a.example,https://rpc.example/v3/${KEY}`],
  ['SUBTENSOR_ARCHIVE_URL', `https://rpc.example/${KEY}`],
  ['COINGECKO_API_URL', `https://mirror.example/${KEY}/api/v3`],
  ['KRAKEN_API_URL', `https://mirror.example/0/${KEY}/`],
  ['SLACK_API_URL', `https://mirror.example/${KEY}/api/`],
  ['DISCORD_API_URL', `https://mirror.example/${KEY}/api`],
])('a key in the path of %s', (name, address) => {
  expect(secretsOf(readConfig({ [name]: address }))).toContain(KEY);
});

it.each(['AbCdEfGh', 'abcdefghijklmnopqrstuvwxyz', 'b3f1c9e2-7d44-4c0a-9c1e-0d2f3a4b5c6d', 'key%2Bwith%2Fsigns1'])(
  '%s is a key, as it is written and as it is meant',
  (key) => {
    const secrets = secretsOf(readConfig({ SUBTENSOR_RPC_URL: `https://rpc.example/${key}` }));
    expect(secrets).toEqual(expect.arrayContaining([key, decodeURIComponent(key)]));
  },
);

it('words of addresses stay readable: those of the defaults, of networks and of versions', () => {
  expect(secretsOf(readConfig({}))).toEqual([]);
  const words = 'https://rpc.example/bittensor/finney-mainnet/v3/json-rpc';
  expect(secretsOf(readConfig({ SUBTENSOR_RPC_URL: words, PUBLIC_URL: `https://tao.example/${KEY}` }))).toEqual([]);
});
