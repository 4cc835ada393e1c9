// What is known of the targets of alerts right now, from the sources that everybody shares: asking costs no call of its own.
import { MINUTE } from '../../base/clock.ts';
import { inTurns } from '../../base/turns.ts';
import type { Chain } from '../../chain/chain.ts';
import type { Subnets, SubnetSnapshot } from '../../chain/subnets/port.ts';
import type { Market, Quote, QuoteResult } from '../../market/market.ts';
import { readingKey } from '../alert-row.ts';
import type { AlertSpec } from '../stored-spec.ts';
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
  market: Pick<Market, 'quotes' | 'known'>;
  subnets: Pick<Subnets, 'snapshot'>;
  chain: Pick<Chain, 'state'>;
  /** Part (0..1) of the way from the last halving to the next one, by the issuance in rao. */
  halvingPart: (issuanceRao: bigint) => number;
};

/** An older value says nothing about now, so nothing is told from it. */
const OLDEST_MS = 15 * MINUTE;
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

/** What is looked at. */
export type Looked = Pick<AlertSpec, 'target' | 'currency'>;

/** Observations of the coins among these targets by reading key, from prices that were accepted: no call, no wait. Old and doubted ones are left out. */
export async function observeCoins(
  specs: readonly Looked[],
  market: Sources['market'],
  now: number,
): Promise<Map<string, Observation>> {
  const found: [string, Observation][] = [];
  for (const [currency, ids] of coinsByCurrency(specs))
    found.push(
      ...(await inTurns(ids, (id): [string, Observation][] => {
        const quote = usable(market.known([id], currency).get(id), now);
        return quote === null ? [] : [[readingKey({ target: { kind: 'coin', id }, currency }), ofQuote(quote)]];
      })),
    );
  return new Map(found);
}

/** Observations of subnets and the network among these targets by reading key. Waits as long as the sources let askers wait; never throws. */
export async function observeChain(
  specs: readonly Looked[],
  { market, subnets, chain, halvingPart }: Sources,
  now: number,
): Promise<Map<string, Observation>> {
  const found = new Map<string, Observation>();
  const chainTargets = specs.filter(({ target }) => target.kind !== 'coin');
  const result = chainTargets.length === 0 ? null : await subnets.snapshot();
  if (result?.snapshot == null || now - result.snapshot.blockAt > OLDEST_MS) return found;
  const { snapshot } = result;
  const rates = new Map<string, Quote | null>();
  for (const currency of new Set(chainTargets.map((spec) => spec.currency)))
    rates.set(currency, currency === 'tao' ? null : usable((await market.quotes([TAO], currency)).get(TAO), now));
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

/** Ids by currency, each once. */
export function coinsByCurrency(specs: readonly Looked[]): Map<string, string[]> {
  const all = new Map<string, Set<string>>();
  for (const { target, currency } of specs)
    if (target.kind === 'coin') all.set(currency, (all.get(currency) ?? new Set()).add(target.id));
  return new Map([...all].map(([currency, ids]) => [currency, [...ids]]));
}

/** The quote when something may be told from it. */
function usable(result: QuoteResult, now: number): Quote | null {
  if (result.quote === null || result.checking || result.quote.unconfirmed === true) return null;
  return now - result.quote.at > OLDEST_MS ? null : result.quote;
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
