// Alerts on the delivery engine over the fake platform, with prices by script and a clock of the test's own.
import { crossedCard, endingCard } from '../../src/app/alerts/card.ts';
import { type AlertRoom, createAlerts } from '../../src/alerts/engine.ts';
import type { AlertWish, Asker } from '../../src/alerts/alerts.ts';
import type { DeliveryKind } from '../../src/delivery/port.ts';
import type { SubnetSnapshot } from '../../src/chain/subnets/port.ts';
import type { Quote } from '../../src/market/market.ts';
import { quoteResults } from '../../src/market/quote-results.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createSampleSubnets } from '../../src/sample/subnets.ts';
import { openVirtual, type Virtual } from '../digests/virtual.ts';
import { sqliteFile } from '../delivery/stage.ts';
import type { PlatformOptions } from '../fakes/platform.ts';

export const START = Date.parse('2026-11-22T08:00:00Z');
export const MINUTE = 60_000;

/** What the sources say now. `checking`, `source` and `at` as a quote has them. */
export type Saying = {
  price: number;
  checking?: boolean;
  source?: Quote['source']['id'];
  at?: number;
  change1h?: number;
  change24h?: number;
  ath?: number;
};

export const ASKER: Asker = { platform: 'discord', tenant: 't1', channel: 'c1', userId: 'u1' };

export function wish(change: Partial<AlertWish> = {}): AlertWish {
  return {
    target: { kind: 'coin', id: 'bittensor' },
    label: 'TAO',
    currency: 'usd',
    condition: { kind: 'above', price: 300 },
    repeat: 'once',
    channel: null,
    days: 30,
    locale: 'en',
    ...change,
  };
}

export type AlertStage = Awaited<ReturnType<typeof openAlertStage>>;

/** `instances`: processes on one database, each with its own alerts and engine; they act in turn. */
export async function openAlertStage(options: { platform?: Partial<PlatformOptions>; instances?: number } = {}) {
  const { url, remove } = sqliteFile();
  const database = await openDatabase(url);
  const said = new Map<string, Saying>();
  const past: [number, number][] = [];
  let snapshot: SubnetSnapshot | null = null;
  let issuance = 11_550_000n * 1_000_000_000n;
  let silent = false;
  let now = START;
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

  function room(): AlertRoom & { kindOf: DeliveryKind } {
    const made = createAlerts({
      database,
      sources: {
        market: {
          quotes: (ids, currency) =>
            Promise.resolve(
              quoteResults(
                ids.flatMap((id) => {
                  const saying = silent ? undefined : said.get(`${id} ${currency}`);
                  return saying === undefined
                    ? []
                    : [
                        [
                          id,
                          { quote: quoteOf(id, currency, saying, now), checking: saying.checking === true },
                        ] as const,
                      ];
                }),
              ),
            ),
        },
        subnets: {
          snapshot: () => Promise.resolve(snapshot === null ? { snapshot: null, reason: 'none' } : { snapshot }),
        },
        chain: { state: () => Promise.resolve({ state: { block: 1, issuanceRao: issuance, at: now } }) },
        halvingPart: (rao) => Number(rao / 1_000_000_000n - 10_500_000n) / 5_250_000,
      },
      pastPrices: (_id, _currency, since) => Promise.resolve(past.filter(([at]) => at > since)),
      now: () => now,
      log,
    });
    const kindOf = made.kind({
      crossed: (order) => Promise.resolve(crossedCard(order, now)),
      ending: (alert) => Promise.resolve(endingCard(alert)),
    });
    return { ...made, kindOf };
  }

  let rooms = Array.from({ length: options.instances ?? 1 }, () => room());
  const virtual: Virtual = await openVirtual({
    url,
    now: START,
    ...(options.platform === undefined ? {} : { platform: options.platform }),
    engine: { kinds: rooms.slice(0, 1).map(({ kindOf }) => kindOf) },
  });
  const stage = {
    virtual,
    database,
    get alerts() {
      const [first] = rooms;
      if (first === undefined) throw new Error('no instance');
      return first.alerts;
    },
    said,
    past,
    /** Time passes and everything that follows from it is done: all instances look, what is due is posted. */
    async at(moment: number): Promise<void> {
      now = moment;
      for (const one of rooms) await one.look();
      await virtual.at(moment);
      for (const one of rooms) await one.look();
    },
    /** A price at a moment, and everything that follows. */
    async price(moment: number, saying: Saying | number, id = 'bittensor', currency = 'usd'): Promise<void> {
      said.set(`${id} ${currency}`, typeof saying === 'number' ? { price: saying } : saying);
      await stage.at(moment);
    },
    subnets(change: (snapshot: SubnetSnapshot) => SubnetSnapshot): void {
      snapshot = change(snapshot ?? sample);
      snapshot = { ...snapshot, blockAt: now };
    },
    issue(tao: number): void {
      issuance = BigInt(tao) * 1_000_000_000n;
    },
    silence(on: boolean): void {
      silent = on;
    },
    /** The process ends and another one begins on the same database. */
    async restart(): Promise<void> {
      rooms = rooms.map(() => room());
      await virtual.restart({ kinds: rooms.slice(0, 1).map(({ kindOf }) => kindOf) });
    },
    texts: (): string[] => virtual.platform.posts.map(({ text }) => text),
    channels: (): string[] => virtual.platform.posts.map(({ channel }) => channel),
    async close(): Promise<void> {
      await virtual.close();
      await database.close();
      remove();
    },
  };
  const first = await createSampleSubnets(() => Date.UTC(2026, 8, 18, 12)).snapshot();
  if (first.snapshot === null) throw new Error('no sample');
  const sample = first.snapshot;
  return stage;
}

/** A quote of CoinGecko that says this. */
export function quoteOf(id: string, currency: string, saying: Saying, now: number): Quote {
  const unknown = {
    change7d: null,
    change30d: null,
    change1y: null,
    marketCap: null,
    volume24h: null,
    high24h: null,
    low24h: null,
    athChange: null,
    athAt: null,
    rank: null,
    circulatingSupply: null,
    totalSupply: null,
    maxSupply: null,
    sparkline: null,
  };
  return {
    ...unknown,
    coinId: id,
    symbol: 'TAO',
    name: 'Bittensor',
    currency,
    price: saying.price,
    change1h: saying.change1h ?? null,
    change24h: saying.change24h ?? null,
    ath: saying.ath ?? null,
    at: saying.at ?? now,
    source: { id: saying.source ?? 'coingecko', name: 'CoinGecko', url: 'https://www.coingecko.com' },
  };
}
