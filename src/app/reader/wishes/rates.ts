// Rows of nothing but coins and currencies: "eur to tao" is a rate, "tao eur" a price, "tao btc eth" several.
import { coinAt, isWellKnown, saysCoin, wordCoin } from '../coins.ts';
import { pairOf } from '../arguments/market-args.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { currencyWord, FILLERS } from '../words.ts';

/** Several bare coins in a row are a wish for prices only when one of them is among so many of the largest. */
const LARGEST = 10;

/** "eur to tao", "btc in tao": what one is in the other. A coin in a currency is a price. */
export function isRate(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  const things = tokens.filter(({ word }) => !FILLERS.has(word));
  const money = things.map(({ word }) => currencyWord(word, vocabulary.currencies));
  if (money.length === 2 && money.every((one) => one?.coin === false)) return true; // "eur usd"
  const middle = tokens.findIndex(({ word }) => /^(?:to|in|into|en|nach|zu)$/.test(word));
  const [from, to] = [tokens[middle - 1], tokens[middle + 1]];
  if (from === undefined || to === undefined || /^\d/.test(to.word)) return false;
  const [source, target] = [from, to].map(({ word }) => currencyWord(word, vocabulary.currencies));
  return target === null || source?.coin === false;
}

/** "tao eur", "TAO/USDT": a well-known coin and a currency, nothing else. */
export function isBarePair(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  const [first, second, more] = tokens.filter(({ word }) => !FILLERS.has(word));
  if (first === undefined || more !== undefined) return false;
  if (second === undefined) return pairOf(first.word, vocabulary) !== null;
  const coin = coinAt([first], 0, vocabulary);
  return coin !== null && isWellKnown(coin, vocabulary) && currencyWord(second.word, vocabulary.currencies) !== null;
}

/** "$tao $btc", "tao btc eth": nothing but coins, all written as such or well known and one of them very large. */
export function areBareCoins(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  const coins = tokens
    .filter(({ word }) => !FILLERS.has(word))
    .map((token) => ({ token, found: wordCoin(token, vocabulary) }));
  if (coins.length < 2 || coins.some(({ found }) => found === null)) return false;
  return (
    coins.every(({ token }) => saysCoin(token)) ||
    coins.some(
      ({ found }) => found !== null && (vocabulary.profiled(found.coin.id) || (found.coin.rank ?? Infinity) <= LARGEST),
    )
  );
}
