// Phrasings made by rule: short questions for each term that an entry explains, and the same questions about other coins, which must be refused.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mulberry32 } from '../src/base/hash.ts';
import type { Phrasing } from './data.ts';

/** Names and tickers of coins that are not ours, most asked-for first. */
export const OTHER_COINS = (
  'bitcoin btc ethereum eth solana sol cardano ada dogecoin doge xrp ripple litecoin ltc monero xmr polkadot dot cosmos atom ' +
  'avalanche avax polygon near icp render rndr fetch fet akash akt chainlink link tron trx bnb ton sui aptos kaspa shiba ' +
  'pepe usdc usdt arbitrum optimism hedera hbar algorand algo stellar xlm filecoin fil worldcoin wld celestia tia tezos xtz'
).split(' ');

const OURS = /\$?\b(?:bittensor|tao)\b/giu;
/** Share of the phrasings with our name that get such a twin. */
export const TWIN_SHARE = 0.1;

/**
 * Twins of phrasings with another coin in the place of ours; the same for the same input.
 * @param comparing entries in which another coin's name is at home (`comparesCoins` in their front matter): they get none
 */
export function otherCoinTwins(phrasings: readonly Phrasing[], comparing: ReadonlySet<string>): Phrasing[] {
  const random = mulberry32(11);
  return phrasings.flatMap(({ text, label }) => {
    if (label.startsWith('none/') || comparing.has(label) || text.search(OURS) < 0 || random() > TWIN_SHARE) return [];
    const coin = OTHER_COINS[Math.floor(random() * OTHER_COINS.length)] ?? '';
    return [{ text: text.replace(OURS, coin), label: 'none/other-coin' }];
  });
}

/** Ways to ask what a term is; `X` stands for the term. */
export const TERM_QUESTIONS: readonly string[] = [
  'X',
  'what is X',
  'what is a X',
  'explain X',
  'define X',
  'what does X mean',
  'X meaning',
  'tell me about X',
];

/** Terms by the entry that explains them: `entry = term | term` per line of `terms.txt`. */
export function readTerms(): Phrasing[] {
  const lines = readFileSync(path.join(import.meta.dirname, 'terms.txt'), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [label, right] = line.split(' = ');
    if (line.startsWith('#') || label === undefined || right === undefined) return [];
    return right.split(' | ').map((text) => ({ text, label }));
  });
}

/** Each term in each way of asking. */
export function termQuestions(terms: readonly Phrasing[]): Phrasing[] {
  return terms.flatMap(({ text, label }) =>
    TERM_QUESTIONS.map((question) => ({ text: question.replace('X', () => text), label })),
  );
}
