// The three fallback price sources on loopback, each in its own words.
//
//   const others = await startFakeFallbacks();   // baseUrls: others.urls
//   others.kraken.prices.set('TAOUSD', 250);     // dollars per symbol; unknown symbols are answered as the real one does
//   others.kraken.fault = { kind: 'status', status: 500 }; await others.close();
import { startFakeServer } from '../server.ts';
import type { Call, FakeServer, Reply } from '../server.ts';

type FakeSource = FakeServer & { prices: Map<string, number> };

export type FakeFallbacks = {
  coinpaprika: FakeSource;
  kraken: FakeSource;
  coinbase: FakeSource;
  urls: { coinpaprika: string; kraken: string; coinbase: string };
  /** Sets the price of TAO at all three. */
  setTao(price: number): void;
  close(): Promise<void>;
};

type Answer = (call: Call, prices: Map<string, number>) => Reply | null;

async function startSource(now: () => number, answer: Answer): Promise<FakeSource> {
  const prices = new Map<string, number>();
  return Object.assign(await startFakeServer((call) => answer(call, prices), { now }), { prices });
}

/** `now` is the time that the sources put on their prices. */
export async function startFakeFallbacks(options: { now?: () => number } = {}): Promise<FakeFallbacks> {
  const now = options.now ?? Date.now;
  const start = (answer: Answer) => startSource(now, answer);
  const stamp = () => new Date(now() - 5_000).toISOString();

  const coinpaprika = await start(({ path }, prices) => {
    const id = path.split('/').at(-1) ?? '';
    const price = prices.get(id);
    if (price === undefined) return { status: 404, json: { error: 'id not found' } };
    const changes = { percent_change_1h: 0.1, percent_change_24h: 2.5, percent_change_7d: -4, percent_change_30d: 9 };
    const usd = { price, volume_24h: 9e7, market_cap: price * 1.1e7, ...changes, percent_change_1y: -20 };
    return { json: { id, name: 'x', symbol: 'X', rank: 1, last_updated: stamp(), quotes: { USD: usd } } };
  });
  const kraken = await start(({ query }, prices) => {
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
  });
  const coinbase = await start(({ path }, prices) => {
    const price = prices.get(path.split('/').at(-2) ?? '');
    if (price === undefined) return { status: 404, json: { message: 'NotFound' } };
    const text = (value: number) => value.toFixed(6);
    return {
      json: {
        price: text(price),
        bid: text(price * 0.999),
        ask: text(price * 1.001),
        time: stamp(),
        volume: '9',
      },
    };
  });
  const sources = [coinpaprika, kraken, coinbase];
  const fakes: FakeFallbacks = {
    coinpaprika,
    kraken,
    coinbase,
    urls: { coinpaprika: `${coinpaprika.origin}/v1`, kraken: kraken.origin, coinbase: coinbase.origin },
    setTao(price) {
      coinpaprika.prices.set('tao-bittensor', price);
      kraken.prices.set('TAOUSD', price);
      coinbase.prices.set('TAO-USD', price);
    },
    async close() {
      await Promise.all(sources.map((source) => source.close()));
    },
  };
  fakes.setTao(250.28);
  for (const [source, symbol] of [
    [coinpaprika, 'btc-bitcoin'],
    [kraken, 'XBTUSD'],
    [coinbase, 'BTC-USD'],
  ] as const) {
    source.prices.set(symbol, 77_671);
  }
  return fakes;
}
