// Two things that are priced in each other, written as one word: "btc/tao", "usd/tao", "usdtao".
import { isUnmistakable, isWellKnown } from '../coins.ts';
import { pairOf } from './market-args.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { currencyWord } from '../words.ts';

const DIVIDED = /^\$?([\p{L}\p{N}]{2,12})[/\-_:]\$?([\p{L}\p{N}]{2,12})$/u;
/** Codes that stand before a coin without a mark between them. */
const STUCK = [/^(usdt|usdc)([a-z0-9]{2,8})$/, /^(usd|eur|gbp)([a-z0-9]{2,8})$/];
const IN: Token = { raw: 'in', word: 'in' };

/** The same row with "btc/tao" as "btc in tao", a rate. A coin in a currency ("tao/usd") stays: that is a price. */
export function splitRates(tokens: readonly Token[], vocabulary: Vocabulary): Token[] {
  return tokens.flatMap((token) => {
    const rate = rateOf(token.word, vocabulary);
    return rate === null ? [token] : [{ raw: rate[0], word: rate[0] }, IN, { raw: rate[1], word: rate[1] }];
  });
}

function rateOf(word: string, vocabulary: Vocabulary): [string, string] | null {
  if (pairOf(word, vocabulary) !== null) return null;
  const whole = vocabulary.coin(word);
  if (whole !== null && isWellKnown(whole, vocabulary)) return null;
  const divided = DIVIDED.exec(word);
  const ways = divided === null ? STUCK.map((form) => form.exec(word)) : [divided];
  const sure = divided === null ? isUnmistakable : isWellKnown;
  const stands = (side: string): boolean => {
    if (currencyWord(side, vocabulary.currencies) !== null) return true;
    const coin = vocabulary.coin(side);
    return coin !== null && sure(coin, vocabulary);
  };
  for (const way of ways) {
    const [, left = '', right = ''] = way ?? [];
    if (left !== right && stands(left) && stands(right)) return [left, right];
  }
  return null;
}
