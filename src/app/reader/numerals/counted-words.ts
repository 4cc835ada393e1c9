// Numbers in words on both sides of an operator as digits: "five times three tao" → "5 times 3 tao".
import { wordAmount } from '../numbers.ts';
import type { Token } from '../tokens.ts';
import { isBy, isOperator } from './arithmetic.ts';
import { COUNTS } from './number-names.ts';

/** The same row where nothing is to be worked out. */
export function withDigits(tokens: readonly Token[]): readonly Token[] {
  const words = tokens.map(({ word }) => word);
  if (!words.some((word) => COUNTS.has(word))) return tokens;
  const row: Token[] = [];
  let [numbers, operands] = [0, 0];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    if (token === undefined) break;
    const read = wordAmount(words.slice(at));
    const isNumber = read !== null || /^[$€£]?\d/.test(token.word);
    const before = isBy(words[at - 1] ?? '') ? at - 2 : at - 1;
    if (isNumber && numbers > 0 && isOperator(words[before] ?? '')) operands++;
    if (isNumber) numbers++;
    const text = read === null ? '' : String(Number(read.value.toPrecision(15)));
    row.push(read === null ? token : { raw: text, word: text });
    at += read?.length ?? 1;
  }
  return operands > 0 ? row : tokens;
}
