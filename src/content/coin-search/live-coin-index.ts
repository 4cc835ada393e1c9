// Keeps the index of coins abreast of the market's list: built in the background, the old index answers until the new one is ready.
import { ownTurn } from '../../base/turns.ts';
import { buildCoinIndex, type CoinIndex, createCoinIndex } from './coin-index.ts';
import type { CoinInput } from './coin-keys.ts';
import { FORMER_TICKERS } from './renamed-coins.ts';
import type { Coin } from '../schema.ts';

/** Where the list comes from; the market is one. */
type CoinList = {
  /** With the profiled coins. */
  directory(): readonly CoinInput[];
  directoryComplete(): boolean;
  onDirectory(listener: () => void): void;
};

/** The index of the moment, to be asked for anew each time. Coins of `profiled` win shared names and bring their aliases; renamed ones their former tickers. */
export function liveCoinIndex(profiled: ReadonlyMap<string, Coin>, market: CoinList): () => CoinIndex {
  const toInput = (coin: CoinInput): CoinInput => {
    const profile = profiled.get(coin.id);
    const former = FORMER_TICKERS.get(coin.id);
    if (profile === undefined && former === undefined) return coin;
    return { ...coin, aliases: [...(profile?.aliases ?? []), ...(former ?? [])], profiled: profile !== undefined };
  };
  let index = createCoinIndex(market.directory().map(toInput), market.directoryComplete());
  let running = false;
  let outdated = false;

  /** One build at a time; a list that changes meanwhile is built right after. */
  async function rebuild(): Promise<void> {
    outdated = true;
    if (running) return;
    running = true;
    while (outdated) {
      outdated = false;
      index = await buildCoinIndex(market.directory(), market.directoryComplete(), ownTurn, toInput);
    }
    running = false;
  }

  market.onDirectory(() => void rebuild());
  return () => index;
}
