// What is known of the targets of alerts right now, from the sources that everybody shares: asking costs no call of its own.
import { MINUTE } from '../../base/clock.ts';
import type { Chain } from '../../chain/chain.ts';
import type { Subnets, SubnetSnapshot } from '../../chain/subnets/port.ts';
import type { Market, Quote } from '../../market/market.ts';
import type { AlertSpec } from '../alert-row.ts';
import { readingKey } from '../alert-row.ts';
import type { Condition, Window } from './condition.ts';

/** Values at one moment of the source (`at`, epoch ms). Percentages in percent, `price` in the alert's currency; null: unknown. */
export type Observation = {
  at: number;
  source: string;
  price: number | null;
  changes: Readonly<Record<Window, number | null>>;
  /** The highest price on record. */
  high: number | null;
  /** 1 or 0. */
  nextToGo: number | null;
  gone: number | null;
  emission: number | null;
  newest: number | null;
  cost: number | null;
  halving: number | null;
};

export type Sources = {
  market: Pick<Market, 'quotes'>;
  subnets: Pick<Subnets, 'snapshot'>;
  chain: Pick<Chain, 'state'>;
  /** Part (0..1) of the way from the last halving to the next one, by the issuance in rao. */
  halvingPart: (issuanceRao: bigint) => number;
};

/** An older value says nothing about now, so nothing is told from it. */
const OLDEST_MS = 15 * MINUTE;
/** Coins asked for at once; the market watches no more in one batch. */
const MOST_COINS = 150;
const TAO = 'bittensor';
const NOTHING = {
  price: null,
  changes: { '1h': null, '24h': null, '7d': null },
  high: null,
  nextToGo: null,
  gone: null,
  emission: null,
  newest: null,
  cost: null,
  halving: null,
};

/**
 * Observations by reading key, for these alerts' targets. Values that are old, doubted or being checked are left out. Never throws; waits as long
 * as the sources let askers wait.
 * @param turn grows by one with each call: with very many coins they take turns
 */
export async function observe(
  specs: readonly Pick<AlertSpec, 'target' | 'currency'>[],
  { market, subnets, chain, halvingPart }: Sources,
  { now, turn }: { now: number; turn: number },
): Promise<Map<string, Observation>> {
  const found = new Map<string, Observation>();
  const chainTargets = specs.filter(({ target }) => target.kind !== 'coin');
  const quotesOf = createAsking(market, now);
  const [result] = await Promise.all([
    chainTargets.length === 0 ? null : subnets.snapshot(),
    ...[...coinsByCurrency(specs, turn)].map(async ([currency, ids]) => {
      for (const [id, quote] of await quotesOf(ids, currency)) {
        const key = readingKey({ target: { kind: 'coin', id }, currency });
        found.set(key, ofQuote(quote));
      }
    }),
  ]);
  if (result?.snapshot == null || now - result.snapshot.blockAt > OLDEST_MS) return found;
  const { snapshot } = result;
  const rates = new Map<string, Quote | null>();
  for (const currency of new Set(chainTargets.map((spec) => spec.currency)))
    rates.set(currency, currency === 'tao' ? null : ((await quotesOf([TAO], currency)).get(TAO) ?? null));
  const issued = chainTargets.some(({ target }) => target.kind === 'network') ? await chain.state() : null;
  for (const spec of chainTargets) {
    const { target, currency } = spec;
    const rate = currency === 'tao' ? 1 : (rates.get(currency)?.price ?? null);
    const rateAt = rates.get(currency)?.at ?? snapshot.blockAt;
    const observation =
      target.kind === 'subnet'
        ? ofSubnet(snapshot, target, rate)
        : target.kind === 'network'
          ? ofNetwork(snapshot, issued?.state == null ? null : halvingPart(issued.state.issuanceRao))
          : null;
    if (observation !== null)
      found.set(readingKey(spec), { ...observation, at: Math.min(observation.at, Math.max(rateAt, 0)) });
  }
  return found;
}

/** The value that a condition looks at; null when the observation does not have it. */
export function valueFor(condition: Condition, observation: Observation): number | null {
  switch (condition.kind) {
    case 'above':
    case 'below':
    case 'ath':
      return observation.price;
    case 'move':
      return observation.changes[condition.window];
    case 'removal':
      return observation.nextToGo;
    case 'removed':
      return observation.gone;
    case 'emission':
      return observation.emission;
    case 'new':
      return observation.newest;
    case 'cost':
      return observation.cost;
    case 'halving':
      return observation.halving;
  }
}

function coinsByCurrency(
  specs: readonly Pick<AlertSpec, 'target' | 'currency'>[],
  turn: number,
): Map<string, string[]> {
  const all = new Map<string, Set<string>>();
  for (const { target, currency } of specs)
    if (target.kind === 'coin') all.set(currency, (all.get(currency) ?? new Set()).add(target.id));
  return new Map(
    [...all].map(([currency, ids]) => {
      const list = [...ids];
      const parts = Math.ceil(list.length / MOST_COINS);
      const from = (turn % parts) * MOST_COINS;
      return [currency, list.slice(from, from + MOST_COINS)];
    }),
  );
}

function createAsking(market: Sources['market'], now: number) {
  return async (ids: readonly string[], currency: string): Promise<Map<string, Quote>> => {
    const results = await market.quotes(ids, currency);
    const usable = ids.flatMap((id): [string, Quote][] => {
      const result = results.get(id);
      if (result.quote === null || result.checking || result.quote.unconfirmed === true) return [];
      if (now - result.quote.at > OLDEST_MS) return [];
      return [[id, result.quote]];
    });
    return new Map(usable);
  };
}

function ofQuote(quote: Quote): Observation {
  const { at, price, ath, source } = quote;
  const changes = { '1h': quote.change1h, '24h': quote.change24h, '7d': quote.change7d };
  return { ...NOTHING, at, source: source.id, price, changes, high: ath };
}

/** Changes are those of the price in TAO: in another currency TAO's own move would be in them. */
function ofSubnet(
  snapshot: SubnetSnapshot,
  target: { netuid: number; registeredAt: number },
  rate: number | null,
): Observation {
  const base = { ...NOTHING, at: snapshot.blockAt, source: 'chain' };
  const subnet = snapshot.subnets.find(({ netuid }) => netuid === target.netuid);
  if (subnet?.registeredAtBlock !== target.registeredAt)
    return { ...base, gone: subnet?.registeredAtBlock === null ? null : 1 }; // unknown registration: it may still be the same
  const { priceTao, change, removalRank, emissionOn, protectedUntilBlock } = subnet;
  return {
    ...base,
    price: priceTao === null || rate === null ? null : priceTao * rate,
    changes: { '1h': null, '24h': change.h24, '7d': change.d7 },
    nextToGo: removalRank === null && protectedUntilBlock === null ? null : removalRank === 1 ? 1 : 0,
    gone: 0,
    emission: emissionOn === null ? null : emissionOn ? 1 : 0,
  };
}

function ofNetwork(snapshot: SubnetSnapshot, halving: number | null): Observation {
  const registered = snapshot.subnets.flatMap(({ registeredAtBlock }) => registeredAtBlock ?? []);
  return {
    ...NOTHING,
    at: snapshot.blockAt,
    source: 'chain',
    newest: registered.length === 0 ? null : Math.max(...registered),
    cost: snapshot.network.registrationCostTao,
    halving,
  };
}
