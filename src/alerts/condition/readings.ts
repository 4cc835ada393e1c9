// How prices get to alerts: the market is asked to keep them fresh, in turns, and whatever it has accepted is read at once.
import { ownTurn } from '../../base/turns.ts';
import { readingKey } from '../alert-row.ts';
import {
  coinsByCurrency,
  type Looked,
  type Observation,
  observeChain,
  observeCoins,
  type Sources,
} from './observations.ts';

/** Coins asked for at once: one batch of the market has room for them and for what people ask. */
const MOST_COINS = 150;

/** The present observation of one target, asked for if need be: waits as long as the sources let askers wait. Null when there is none; never throws. */
export async function observe(spec: Looked, sources: Sources, now: number): Promise<Observation | null> {
  if (spec.target.kind !== 'coin') return (await observeChain([spec], sources, now)).get(readingKey(spec)) ?? null;
  await askForPrices([spec], sources.market, 0);
  return (await observeCoins([spec], sources.market, now)).get(readingKey(spec)) ?? null;
}

/**
 * Observations by reading key, as they come in: first the prices that are accepted already, so that none of them waits for a call that somebody
 * else's coin needs; then those of the chain, and the prices again if they were asked for meanwhile.
 * @param turn grows by one with each call: very many coins take turns in being asked for
 */
export async function* readings(
  specs: readonly Looked[],
  sources: Sources,
  { now, turn }: { now: () => number; turn: number },
): AsyncGenerator<ReadonlyMap<string, Observation>> {
  const state = { answered: false };
  const asking = askForPrices(specs, sources.market, turn).finally(() => void (state.answered = true));
  const asked = Promise.allSettled([asking, observeChain(specs, sources, now())]);
  await ownTurn(); // a question that needs no call is answered by then
  const isAnswered = state.answered;
  yield await observeCoins(specs, sources.market, now());
  const [prices, chain] = await asked;
  if (chain.status === 'fulfilled') yield chain.value;
  if (!isAnswered) yield await observeCoins(specs, sources.market, now());
  for (const one of [prices, chain]) if (one.status === 'rejected') throw one.reason;
}

/** Has the market keep the prices of these coins fresh, within its budget; resolves when it has answered. */
async function askForPrices(specs: readonly Looked[], market: Sources['market'], turn: number): Promise<void> {
  const parts = [...coinsByCurrency(specs)].map(([currency, ids]) => {
    const from = (turn % Math.ceil(ids.length / MOST_COINS)) * MOST_COINS;
    return market.quotes(ids.slice(from, from + MOST_COINS), currency);
  });
  await Promise.all(parts);
}
