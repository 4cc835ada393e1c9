// Coins on the first start, in the demonstration and while CoinGecko's list cannot be had: the largest are known, and the rest is said openly.
import { afterEach, expect, it } from 'vitest';
import type { Card } from '../../src/app/card.ts';
import { COMMANDS } from '../../src/app/commands/index.ts';
import { readText } from '../../src/app/reader/read.ts';
import { vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import { plainText } from '../../src/app/plain-text.ts';
import { openTestCore, type TestCore } from '../fakes/core.ts';

let core: TestCore;
afterEach(() => core.close());

const DOWN = { COINGECKO_API_URL: 'http://127.0.0.1:9/api/v3' };

function ask(text: string): Promise<Card> {
  return core.dispatch({
    platform: 'terminal',
    ...readText(text, COMMANDS, vocabularyOf(core.services)),
    user: { id: 'u', canManage: false },
    place: { tenant: '-', channel: '-' },
    locale: 'en',
    via: 'text',
  });
}

it('with CoinGecko down, the largest coins are known by ticker and name, and only their prices are missing', async () => {
  core = await openTestCore({ settings: DOWN });
  expect(await ask('/coin bitcoin')).toMatchObject({ outcome: 'unavailable', title: 'Bitcoin (BTC)' });
  expect(await ask('/coin eth')).toMatchObject({ outcome: 'unavailable', title: 'Ethereum (ETH)' });
  const prices = plainText(await ask('/price tao btc eth sol'));
  for (const ticker of ['TAO', 'BTC', 'ETH', 'SOL'])
    expect(prices).toMatch(new RegExp(`${ticker} {2}price unavailable`));
});

it('with CoinGecko down, what is not among the largest may exist: no "unknown coin", no made-up suggestions', async () => {
  core = await openTestCore({ settings: DOWN });
  const card = await ask('/coin qqqq');
  expect(card).toMatchObject({ outcome: 'not-found', title: 'Coin list still loading' });
  expect(card.blocks.map(({ kind }) => kind)).toEqual(['text']);
  expect(plainText(card)).toMatch(/none called "qqqq": the full list is still loading/);
  const words = plainText(await ask('/coin ethrem'));
  expect(words).toContain('ETH · Ethereum');
  expect(words).not.toMatch(/\b(TAO|NEAR|ICP)\b/);
  expect(plainText(await ask('/price tao qqqq'))).toMatch(/qqqq {2}not found yet, the full coin list is still loading/);
});

it('once the list has arrived, unknown means unknown', async () => {
  core = await openTestCore();
  await expect.poll(() => core.services.content.index().whole, { timeout: 30_000 }).toBe(true);
  expect(await ask('/coin qqqq')).toMatchObject({ outcome: 'not-found', title: 'Unknown coin' });
});

it('the demonstration has figures of the largest coins', async () => {
  core = await openTestCore({ demo: true });
  expect(plainText(await ask('/coin btc'))).toMatch(/Bitcoin \(BTC\)\n\$77,700.*\n#1/);
  expect(plainText(await ask('/price tao near btc'))).toMatch(
    /TAO {2}\$250\.28[\s\S]*NEAR {2}\$1\.62[\s\S]*BTC {2}\$77,700/,
  );
  const comparison = await ask('/compare tao btc');
  expect(comparison.outcome).toBe('ok');
  expect(plainText(comparison)).toContain('Sample data');
  await expect.poll(() => core.services.content.index().whole, { timeout: 30_000 }).toBe(true);
  expect(await ask('/coin qqqq')).toMatchObject({ title: 'Unknown coin' });
});
