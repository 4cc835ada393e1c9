// The fallback price sources on loopback, each in its own words.
//
//   const others = await startFakeFallbacks();   // baseUrls: others.urls
//   others.kraken.prices.set('TAOUSD', 250);     // dollars per symbol; unknown symbols are answered as the real one does
//   others.kraken.fault = { kind: 'status', status: 500 }; await others.close();
import { FALLBACK_IDS, type FallbackId } from '../../../src/market/fallback/sources.ts';
import { startFakeServer } from '../server.ts';
import type { Call, FakeServer, Reply } from '../server.ts';

type FakeSource = FakeServer & { prices: Map<string, number> };

export type FakeFallbacks = Record<FallbackId, FakeSource> & {
  urls: Record<FallbackId, string>;
  /** Sets the price of TAO at all of them. */
  setTao(price: number): void;
  close(): Promise<void>;
};

/** What a source calls TAO and bitcoin, where paths begin behind its address, and its answer at a moment (epoch ms). */
type FakeDefinition = {
  tao: string;
  bitcoin: string;
  under?: string;
  answer: (call: Call, prices: ReadonlyMap<string, number>, now: number) => Reply;
};

const stamp = (now: number) => new Date(now - 5_000).toISOString();

const SOURCES: Readonly<Record<FallbackId, FakeDefinition>> = {
  coinpaprika: {
    tao: 'tao-bittensor',
    bitcoin: 'btc-bitcoin',
    under: '/v1',
    answer({ path }, prices, now) {
      const id = path.split('/').at(-1) ?? '';
      const price = prices.get(id);
      if (price === undefined) return { status: 404, json: { error: 'id not found' } };
      const changes = { percent_change_1h: 0.1, percent_change_24h: 2.5, percent_change_7d: -4, percent_change_30d: 9 };
      const usd = { price, volume_24h: 9e7, market_cap: price * 1.1e7, ...changes, percent_change_1y: -20 };
      return { json: { id, name: 'x', symbol: 'X', rank: 1, last_updated: stamp(now), quotes: { USD: usd } } };
    },
  },
  kraken: {
    tao: 'TAOUSD',
    bitcoin: 'XBTUSD',
    answer({ query }, prices) {
      const pair = query.get('pair') ?? '';
      const price = prices.get(pair);
      if (price === undefined) return { json: { error: ['EQuery:Unknown asset pair'] } };
      const text = (value: number) => value.toFixed(8);
      const ticker = {
        a: [text(price * 1.001), '1', '1.000'],
        b: [text(price * 0.999), '1', '1.000'],
        c: [text(price), '0.5'],
        h: [text(price * 1.02), text(price * 1.04)],
        l: [text(price * 0.98), text(price * 0.95)],
      };
      return { json: { error: [], result: { [pair === 'XBTUSD' ? 'XXBTZUSD' : pair]: ticker } } };
    },
  },
  coinbase: {
    tao: 'TAO-USD',
    bitcoin: 'BTC-USD',
    answer({ path }, prices, now) {
      const price = prices.get(path.split('/').at(-2) ?? '');
      if (price === undefined) return { status: 404, json: { message: 'NotFound' } };
      const text = (value: number) => value.toFixed(6);
      const book = { price: text(price), bid: text(price * 0.999), ask: text(price * 1.001) };
      return { json: { ...book, time: stamp(now), volume: '9' } };
    },
  },
};

async function start(id: FallbackId, now: () => number): Promise<readonly [FallbackId, FakeSource]> {
  const { bitcoin, answer } = SOURCES[id];
  const prices = new Map([[bitcoin, 77_671]]);
  return [id, Object.assign(await startFakeServer((call) => answer(call, prices, now()), { now }), { prices })];
}

/** `now` is the time that the sources put on their prices. */
export async function startFakeFallbacks({ now = Date.now }: { now?: () => number } = {}): Promise<FakeFallbacks> {
  const started = await Promise.all(FALLBACK_IDS.map((id) => start(id, now)));
  const byId = Object.fromEntries(started) as Record<FallbackId, FakeSource>;
  const urls = started.map(([id, { origin }]) => [id, `${origin}${SOURCES[id].under ?? ''}`]);
  const fakes: FakeFallbacks = {
    ...byId,
    urls: Object.fromEntries(urls) as Record<FallbackId, string>,
    setTao(price) {
      for (const [id, { prices }] of started) prices.set(SOURCES[id].tao, price);
    },
    async close() {
      await Promise.all(started.map(([, source]) => source.close()));
    },
  };
  fakes.setTao(250.28);
  return fakes;
}
