// One list of fallback sources: what else knows them follows from it, and each reads the answers that its documentation shows.
import { expect, it } from 'vitest';
import { readConfig } from '../../../src/config/config.ts';
import { SETTINGS, sourceUrlSetting } from '../../../src/config/settings.ts';
import { CoinFrontMatter } from '../../../src/content/schema.ts';
import type { Outcome } from '../../../src/http/outcome.ts';
import {
  type FallbackQuote,
  presentPrice,
  type SourceApi,
  type SourceDefinition,
} from '../../../src/market/fallback/source.ts';
import { FALLBACK_IDS, FALLBACK_SOURCES } from '../../../src/market/fallback/sources.ts';
import { coinbase } from '../../../src/market/fallback/coinbase.ts';
import { coinpaprika } from '../../../src/market/fallback/coinpaprika.ts';
import { kraken } from '../../../src/market/fallback/kraken.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');

/** What a source makes of an answer, and the path that it asked. */
async function read(source: SourceDefinition, symbol: string, json: unknown) {
  const asked: string[] = [];
  const api: SourceApi = {
    now: () => NOW,
    limited: () => ({ kind: 'limited', until: NOW + 60_000, reason: 'limited' }),
    failed: (reason) => ({ kind: 'failed', reason }),
    get: (path, schema) => {
      asked.push(path);
      const parsed = schema.safeParse(json);
      return Promise.resolve(
        parsed.success ? { kind: 'ok', data: parsed.data } : { kind: 'failed', reason: 'unreadable' },
      );
    },
  };
  const outcome: Outcome<FallbackQuote> = await source.quote(symbol, api);
  return { outcome, path: asked[0] };
}

it('settings, their default order and the keys of coin profiles come from the list', () => {
  expect(new Set(FALLBACK_IDS).size).toBe(FALLBACK_IDS.length);
  expect(readConfig({}).MARKET_FALLBACKS).toEqual(FALLBACK_IDS);
  for (const { id, api } of FALLBACK_SOURCES) {
    const setting = sourceUrlSetting(id);
    expect(SETTINGS[setting]).toMatchObject({ example: api.url });
    expect(readConfig({ [setting]: 'https://prices.example/' })[setting]).toBe('https://prices.example');
    expect(CoinFrontMatter.shape.symbols.safeParse({ [id]: 'TAO' }).success).toBe(true);
  }
  expect(CoinFrontMatter.shape.symbols.safeParse({ 'no-such-source': 'TAO' }).success).toBe(false);
  expect(() => readConfig({ MARKET_FALLBACKS: 'kraken,no-such-source' })).toThrow(
    `MARKET_FALLBACKS may only name ${FALLBACK_IDS.join(', ')} (or none)`,
  );
});

it('Coinbase: a trade of hours ago gives way to the order book', async () => {
  const ticker = {
    ask: '6267.71',
    bid: '6265.15',
    volume: '53602.03',
    trade_id: 1,
    size: '0.003',
    time: '2026-11-22T09:59:58.1Z',
  };
  const { outcome, path } = await read(coinbase, 'TAO-USD', { ...ticker, price: '6268.48' });
  expect(path).toBe('/products/TAO-USD/ticker');
  expect(outcome).toMatchObject({ kind: 'ok', data: { price: 6268.48, at: NOW - 1900 } });
  const late = await read(coinbase, 'TAO-USD', { ...ticker, price: '9000' });
  expect(late.outcome).toMatchObject({ kind: 'ok', data: { price: (6267.71 + 6265.15) / 2 } });
});

it('Kraken: one pair, under whatever name, with the range of 24 hours', async () => {
  const pair = {
    a: ['250.3', '1', '1.0'],
    b: ['250.1', '1', '1.0'],
    c: ['250.2', '0.5'],
    h: ['251', '260'],
    l: ['249', '240'],
  };
  const { outcome, path } = await read(kraken, 'TAOUSD', { error: [], result: { XTAOZUSD: pair } });
  expect(path).toBe('/public/Ticker?pair=TAOUSD');
  expect(outcome).toMatchObject({ kind: 'ok', data: { price: 250.2, at: NOW, high24h: 260, low24h: 240 } });
  expect((await read(kraken, 'X', { error: ['EQuery:Unknown asset pair'] })).outcome).toEqual({ kind: 'missing' });
  expect((await read(kraken, 'X', { error: [], result: { A: pair, B: pair } })).outcome).toEqual({ kind: 'missing' });
});

it('CoinPaprika: changes and market cap, and only for the coin that was asked', async () => {
  const usd = { price: 250.2, volume_24h: 1e8, market_cap: 2e9, percent_change_24h: 1.5 };
  const ticker = { id: 'tao-bittensor', last_updated: '2026-11-22T09:59:00Z', quotes: { USD: usd } };
  const { outcome } = await read(coinpaprika, 'tao-bittensor', ticker);
  expect(outcome).toMatchObject({
    kind: 'ok',
    data: { price: 250.2, at: NOW - 60_000, change24h: 1.5, change7d: null },
  });
  expect((await read(coinpaprika, 'btc-bitcoin', ticker)).outcome).toMatchObject({ kind: 'failed' });
});

it.each([
  ['https://api.kraken.com', kraken, 'https://api.kraken.com/0'],
  ['https://api.kraken.com/0', kraken, 'https://api.kraken.com/0'],
  ['https://api.coinpaprika.com', coinpaprika, 'https://api.coinpaprika.com/v1'],
  ['https://mirror.example/paprika', coinpaprika, 'https://mirror.example/paprika'],
])('the address %s may be given with or without the version', (given, source, base) => {
  expect(source.baseUrl(given)).toBe(base);
});

it.each([
  [100, 99, 101, 100],
  [100, null, 101, 100],
  [200, 99, 101, 100],
  [200, 50, 101, null],
  [null, 99, 101, 100],
  [null, null, null, null],
  [100, 101, 99, 100],
])('last trade %s in a book of %s to %s is a price of %s', (last, bid, ask, price) => {
  expect(presentPrice(last, bid, ask)).toBe(price);
});
