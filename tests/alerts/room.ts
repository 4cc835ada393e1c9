// Alerts over sources that say what a test wants: the part that every stage of alerts shares.
import { crossedCard, endingCard } from '../../src/app/alerts/card.ts';
import { type AlertRoom, createAlerts } from '../../src/alerts/engine.ts';
import type { Sources } from '../../src/alerts/condition/observations.ts';
import type { SubnetSnapshot } from '../../src/chain/subnets/port.ts';
import type { DeliveryKind } from '../../src/delivery/port.ts';
import type { Market, Quote } from '../../src/market/market.ts';
import { quoteResults } from '../../src/market/quote-results.ts';
import type { Database } from '../../src/store/database.ts';

/** What the sources say now. `checking`, `unconfirmed`, `source` and `at` as a quote has them. */
export type Saying = {
  price: number;
  checking?: boolean;
  unconfirmed?: boolean;
  source?: Quote['source']['id'];
  at?: number;
  change1h?: number;
  change24h?: number;
  ath?: number;
};

/** All that is known outside. `said`: by coin and currency, undefined where there is no price. */
export type AlertWorld = {
  now: () => number;
  said: (key: string) => Saying | undefined;
  snapshot?: () => SubnetSnapshot | null;
  issuanceRao?: () => bigint;
  past?: readonly (readonly [number, number])[];
};

/** `mentions`: whom the messages call that were drawn up. */
export type TestRoom = AlertRoom & { kindOf: DeliveryKind; mentions: readonly (string | null)[] };

export function openRoom(database: Database, world: AlertWorld): TestRoom {
  const { now, said, snapshot = () => null, issuanceRao = () => 0n, past = [] } = world;
  const resultOf = (id: string, currency: string) => {
    const saying = said(`${id} ${currency}`);
    if (saying === undefined) return [];
    return [[id, { quote: quoteOf(id, currency, saying, now()), checking: saying.checking === true }] as const];
  };
  const made = createAlerts({
    database,
    sources: {
      market: knowing((ids, currency) => quoteResults(ids.flatMap((id) => resultOf(id, currency)))),
      subnets: {
        snapshot() {
          const known = snapshot();
          return Promise.resolve(known === null ? { snapshot: null, reason: 'none' } : { snapshot: known });
        },
      },
      chain: { state: () => Promise.resolve({ state: { block: 1, issuanceRao: issuanceRao(), at: now() } }) },
      halvingPart: (rao) => Number(rao / 1_000_000_000n - 10_500_000n) / 5_250_000,
    },
    pastPrices: () => Promise.resolve(past), // of the whole day, as sources give it
    now,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const mentions: (string | null)[] = [];
  const kindOf = made.kind({
    crossed(order) {
      mentions.push(order.mention);
      return Promise.resolve(crossedCard(order, now()));
    },
    ending(alert, mention) {
      mentions.push(mention);
      return Promise.resolve(endingCard(alert, mention));
    },
  });
  return { ...made, kindOf, mentions };
}

/** Sources of alerts on coins: the chain says nothing. */
export function onlyPrices(market: Sources['market']): Sources {
  return {
    market,
    subnets: { snapshot: () => Promise.resolve({ snapshot: null, reason: 'none' }) },
    chain: { state: () => Promise.resolve({ state: null, reason: 'none' }) },
    halvingPart: () => 0,
  };
}

/** A market that needs no call for what it knows. */
export function knowing(known: Market['known']): Pick<Market, 'quotes' | 'known'> {
  return { known, quotes: (ids, currency) => Promise.resolve(known(ids, currency)) };
}

/** A market in which every coin costs what `sayingOf` says of it. */
export function saying(sayingOf: (id: string) => Saying, now: () => number): Pick<Market, 'quotes' | 'known'> {
  return knowing((ids, currency) =>
    quoteResults(ids.map((id) => [id, { quote: quoteOf(id, currency, sayingOf(id), now()), checking: false }])),
  );
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
    atl: null,
    atlAt: null,
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
    ...(saying.unconfirmed === true ? { unconfirmed: true } : {}),
    at: saying.at ?? now,
    source: { id: saying.source ?? 'coingecko', name: 'CoinGecko', url: 'https://www.coingecko.com' },
  };
}
