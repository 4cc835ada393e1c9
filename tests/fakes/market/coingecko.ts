// A CoinGecko on loopback: answers the used endpoints from a table of true values, and misbehaves on request.
//
//   const gecko = await startFakeCoinGecko();          // nine profiled coins, sentinels and a few others
//   const gecko = await startFakeCoinGecko({ world: coinWorld() });  // 18,000 coins, see coin-world.ts
//   COINGECKO_API_URL=gecko.url                        // ".../api/v3"
//   gecko.set('bittensor', { price: 100, change24h: -60 });
//   gecko.fault = { kind: 'limited', retryAfter: '30' };  // null = well again; see server.ts for all faults
//   gecko.glitch = (rows) => rows.map((row) => ({ ...row, current_price: row.current_price * 10 }));
//   gecko.count('/coins/markets'); gecko.calls; await gecko.down(); await gecko.up(); await gecko.close();
//
// Parameters, pages and shapes follow CoinGecko's API description (github.com/coingecko/coingecko-api-oas, demo API, June 2026).
import { COIN_UNITS, fakeRates, rateType } from './coingecko-rates.ts';
import { startFakeServer } from '../server.ts';
import type { Call, FakeServer, Reply } from '../server.ts';

/** The truth about one coin, in US dollars. */
export type FakeCoin = {
  id: string;
  symbol: string;
  name: string;
  price: number;
  rank: number | null;
  supply: number;
  change24h: number;
};

export type FakeRow = Record<string, unknown> & { id: string; current_price: number; last_updated: string };

/** What the fake says, wherever it is asked. */
export type CoinGeckoTable = {
  /** Answers one call of the API; null: no such path. */
  route(call: Pick<Call, 'path' | 'query'>): Reply | null;
  coins: Map<string, FakeCoin>;
  /** Units per US dollar by currency; one that is deleted is neither quoted nor in the list of rates. */
  rates: Map<string, number>;
  set(id: string, patch: Partial<FakeCoin>): void;
  /** Ends of paths that answer with error 500, while the others are well: '/coins/list'. */
  broken: Set<string>;
  /** Status by end of path, for what only one question is refused with: '/coins/near/market_chart' → 422. */
  refusals: Map<string, number>;
  /** Changes the rows of `/coins/markets` before they are sent; null = the truth. */
  glitch: ((rows: FakeRow[]) => unknown) | null;
  /** How old a value is when it is sent, in ms (CoinGecko's own cache). */
  lagMs: number;
};

export type FakeCoinGecko = FakeServer &
  CoinGeckoTable & {
    /** Base address for `COINGECKO_API_URL`. */
    url: string;
  };

const COINS: readonly (readonly [string, string, string, number, number, number])[] = [
  ['bitcoin', 'btc', 'Bitcoin', 77_671, 1, 20_030_493],
  ['ethereum', 'eth', 'Ethereum', 2_871.4, 2, 120_700_000],
  ['tether', 'usdt', 'Tether', 1.0002, 3, 185_000_000_000],
  ['usd-coin', 'usdc', 'USDC', 0.9998, 6, 75_000_000_000],
  ['bittensor', 'tao', 'Bittensor', 250.28, 35, 11_347_000],
  ['near', 'near', 'NEAR Protocol', 1.62, 60, 1_270_000_000],
  ['internet-computer', 'icp', 'Internet Computer', 3.11, 62, 548_000_000],
  ['render-token', 'render', 'Render', 2.04, 80, 518_000_000],
  ['fetch-ai', 'fet', 'Artificial Superintelligence Alliance', 0.41, 100, 2_610_000_000],
  ['worldcoin-wld', 'wld', 'Worldcoin', 0.52, 90, 2_900_000_000],
  ['virtual-protocol', 'virtual', 'Virtuals Protocol', 0.71, 110, 656_986_027],
  ['the-graph', 'grt', 'The Graph', 0.047, 130, 10_500_000_000],
  ['akash-network', 'akt', 'Akash Network', 0.68, 190, 282_000_000],
  ['tao-inu', 'tao', 'Tao Inu', 0.000_001_234, 4100, 1_000_000_000_000],
  ...Array.from({ length: 20 }, (_, i) => [`coin-${i}`, `c${i}`, `Coin ${i}`, 1 + i, 300 + i, 1e8] as const),
];

/** Rows of a page of `/coins/markets`: by default, and at most. */
const PAGE_ROWS = 100;
const MOST_ROWS = 250;

/** Servers of this kind refuse longer addresses (https://nginx.org/r/large_client_header_buffers). */
const LONGEST_QUERY = 8_000;

/** `now` sets `last_updated` (epoch ms); the real clock unless given. `world`: other coins than the few of the table above. */
type TableOptions = { now?: () => number; world?: readonly FakeCoin[] };

export async function startFakeCoinGecko(options: TableOptions = {}): Promise<FakeCoinGecko> {
  const table = createCoinGeckoTable(options);
  const server = await startFakeServer((call) => table.route(call), { now: options.now ?? Date.now });
  // Both read what tests set on them, so neither may be a copy of the other.
  const shared = Object.keys(server).map((key) => {
    const name = key as keyof FakeServer;
    return [name, { enumerable: true, get: () => server[name], set: (value: never) => void (server[name] = value) }];
  });
  const whole = Object.defineProperties(table, Object.fromEntries(shared) as PropertyDescriptorMap);
  return Object.assign(whole, { url: `${server.origin}/api/v3` }) as FakeCoinGecko;
}

/** The same without a server. */
export function createCoinGeckoTable(options: TableOptions = {}): CoinGeckoTable {
  const now = options.now ?? Date.now;
  const table = COINS.map(([id, symbol, name, price, rank, supply]): FakeCoin => {
    return { id, symbol, name, price, rank, supply, change24h: 3.6 };
  });
  const coins = new Map((options.world ?? table).map((coin) => [coin.id, coin]));
  const fake: CoinGeckoTable = {
    route,
    coins,
    rates: fakeRates(),
    broken: new Set<string>(),
    refusals: new Map<string, number>(),
    glitch: null,
    lagMs: 20_000,
    set(id: string, patch: Partial<FakeCoin>) {
      const coin = coins.get(id) ?? { id, symbol: id, name: id, price: 1, rank: null, supply: 1e6, change24h: 0 };
      coins.set(id, { ...coin, ...patch });
    },
  };

  function rateOf(currency: string): number | undefined {
    const rate = fake.rates.get(currency);
    const [id = '', units = 1] = COIN_UNITS[currency] ?? [];
    const price = coins.get(id)?.price;
    return rate === undefined || price === undefined ? rate : units / price;
  }

  function markets(query: URLSearchParams): Reply | null {
    const rate = rateOf(query.get('vs_currency') ?? '');
    if (rate === undefined) return { status: 422, json: { error: 'invalid vs_currency' } };
    const ids = query.get('ids')?.split(',') ?? [...coins.keys()];
    const chosen = ids.flatMap((id) => coins.get(id) ?? []);
    chosen.sort((left, right) => (left.rank ?? 1e9) - (right.rank ?? 1e9));
    const size = Math.min(Number(query.get('per_page') ?? PAGE_ROWS), MOST_ROWS);
    const first = (Number(query.get('page') ?? 1) - 1) * size;
    const page = chosen.slice(first, first + size);
    const rows = page.map((coin) => fakeRow(coin, rate, now() - fake.lagMs, query.get('sparkline') === 'true'));
    return { json: fake.glitch === null ? rows : fake.glitch(rows) };
  }

  function chart(id: string, query: URLSearchParams): Reply | null {
    const coin = coins.get(id);
    const rate = rateOf(query.get('vs_currency') ?? '');
    if (coin === undefined || rate === undefined) return { status: 404, json: { error: 'coin not found' } };
    const days = Number(query.get('days'));
    const stepMs = days === 1 ? 300_000 : days <= 90 ? 3_600_000 : 86_400_000;
    const length = Math.round((days * 86_400_000) / stepMs);
    const prices = Array.from({ length }, (_, i) => [
      now() - fake.lagMs - (length - 1 - i) * stepMs,
      wave(coin.price * rate, length - 1 - i),
    ]);
    return { json: { prices, market_caps: [], total_volumes: [] } };
  }

  /** Per bitcoin, as the real one says it. */
  function exchangeRates(): Record<string, unknown> {
    const bitcoin = coins.get('bitcoin')?.price ?? 1;
    const rows = [...fake.rates.keys()].map((unit) => {
      const value = unit === 'btc' ? 1 : bitcoin * (rateOf(unit) ?? 0);
      return [unit, { name: unit, unit, value, type: rateType(unit) }];
    });
    return Object.fromEntries(rows) as Record<string, unknown>;
  }

  function route({ path, query }: Pick<Call, 'path' | 'query'>): Reply | null {
    const at = path.replace(/^\/api\/v3/u, '');
    if ([...fake.broken].some((ending) => at.endsWith(ending))) return { status: 500, json: { error: 'internal' } };
    const refusal = [...fake.refusals].find(([ending]) => at.endsWith(ending));
    if (refusal !== undefined) return { status: refusal[1], json: { error: 'refused' } };
    if (query.toString().length > LONGEST_QUERY) return { status: 414, json: { error: 'URI Too Long' } };
    if (at === '/coins/markets') return markets(query);
    if (at === '/coins/list')
      return { json: [...coins.values()].map(({ id, symbol, name }) => ({ id, symbol, name })) };
    if (at === '/exchange_rates') return { json: { rates: exchangeRates() } };
    if (at === '/simple/supported_vs_currencies') return { json: [...fake.rates.keys()] };
    if (at === '/ping') return { json: { gecko_says: '(V3) To the Moon!' } };
    const id = /^\/coins\/([^/]+)\/market_chart$/u.exec(at)?.[1];
    return id === undefined ? null : chart(decodeURIComponent(id), query);
  }

  return fake;
}

/** A smooth line that ends at `price`: `back` is the number of steps before the end. */
function wave(price: number, back: number): number {
  return price * (1 + 0.04 * Math.sin(back / 9) * (1 - Math.exp(-back / 20)));
}

/** In percent with two decimals, along the line of so many points: what is said must be what the chart shows. */
function changeOver(points: number): number {
  return Math.round((1 / wave(1, points - 1) - 1) * 10_000) / 100;
}

function fakeRow(coin: FakeCoin, rate: number, at: number, sparkline: boolean): FakeRow {
  const price = coin.price * rate;
  const ath = { ath: price * 3, ath_change_percentage: -66.7, ath_date: '2024-04-11T00:00:00.000Z' };
  const atl = { atl: price / 9, atl_change_percentage: 800, atl_date: '2023-05-14T00:00:00.000Z' };
  return {
    id: coin.id,
    symbol: coin.symbol,
    name: coin.name,
    image: `https://coin-images.coingecko.com/coins/images/1/large/${coin.id}.png?1`,
    current_price: price,
    market_cap: price * coin.supply,
    market_cap_rank: coin.rank,
    fully_diluted_valuation: price * coin.supply * 1.5,
    total_volume: price * coin.supply * 0.04,
    high_24h: price * 1.03,
    low_24h: price * 0.96,
    price_change_24h: price - price / (1 + coin.change24h / 100),
    price_change_percentage_24h: coin.change24h,
    market_cap_change_24h: price * coin.supply * 0.01,
    market_cap_change_percentage_24h: coin.change24h,
    circulating_supply: coin.supply,
    total_supply: coin.supply * 1.5,
    max_supply: null,
    ...ath,
    ...atl,
    roi: null,
    last_updated: new Date(at).toISOString(),
    ...(sparkline ? { sparkline_in_7d: { price: Array.from({ length: 168 }, (_, i) => wave(price, 167 - i)) } } : {}),
    price_change_percentage_1h_in_currency: 0.4,
    price_change_percentage_24h_in_currency: coin.change24h,
    price_change_percentage_7d_in_currency: changeOver(7 * 24),
    price_change_percentage_30d_in_currency: changeOver(30 * 24),
    price_change_percentage_1y_in_currency: changeOver(365),
  };
}
