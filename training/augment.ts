// The same questions about other coins, made by rule: they look like ours and must be refused, whatever the entry.
import { mulberry32 } from '../src/base/hash.ts';
import type { Phrasing } from './data.ts';

const OTHER_COINS = (
  'bitcoin btc ethereum eth solana sol cardano ada dogecoin doge xrp ripple litecoin ltc monero xmr polkadot dot cosmos atom ' +
  'avalanche avax polygon near icp render rndr fetch fet akash akt chainlink link tron trx bnb ton sui aptos kaspa shiba ' +
  'pepe usdc usdt arbitrum optimism hedera hbar algorand algo stellar xlm filecoin fil worldcoin wld celestia tia tezos xtz'
).split(' ');

/** Entries in which another coin's name is at home. */
const COMPARING = new Set(['vs-bitcoin', 'wtao-bridge', 'subtensor-substrate', 'evm', 'vs-openai', 'buy-tao', 'etf']);
const OURS = /\$?\b(?:bittensor|tao)\b/giu;
/** Share of the phrasings with our name that get such a twin. */
const SHARE = 0.1;

/** Twins of phrasings with another coin in the place of ours; the same for the same input. */
export function otherCoinTwins(phrasings: readonly Phrasing[]): Phrasing[] {
  const random = mulberry32(11);
  return phrasings.flatMap(({ text, label }) => {
    if (label.startsWith('none/') || COMPARING.has(label) || text.search(OURS) < 0 || random() > SHARE) return [];
    const coin = OTHER_COINS[Math.floor(random() * OTHER_COINS.length)] ?? '';
    return [{ text: text.replace(OURS, coin), label: 'none/other-coin' }];
  });
}
