// Numbers that are to be worked out or chosen from, as one word: "5 * 3", "2+3*4", "5 to 10". They are not amounts; what they may mean is offered.
import { readAmount } from '../numbers.ts';
import type { Token } from '../tokens.ts';

/** What each mark or word between two numbers means. */
const OPERATORS: ReadonlyMap<string, '*' | '/' | '+' | '-' | '..'> = new Map(
  (
    [
      ['*', '* x × · times mal fois por vezes veces multiplied'],
      ['/', '/ ÷ over divided durch'],
      ['+', '+ plus más mais'],
      ['-', '- − – minus less menos moins'],
      ['..', '.. … ~ — to bis à a hasta até до đến or oder ou o или hoặc and und y e et'],
    ] as const
  ).flatMap(([meaning, words]) => words.split(' ').map((word) => [word, meaning] as const)),
);
/** They add up (see sums.ts) but behind "between". */
const AND = /^(?:and|und|y|e|et)$/;
const BETWEEN = /^(?:between|zwischen|entre)$/;
/** Behind "divided" and "multiplied". */
const BY = /^(?:by|durch|mit)$/;
const NUMBER = String.raw`[$€£]?(?:\d[\d.,]*|\.\d+)`;
const WHOLE_NUMBER = new RegExp(`^${NUMBER}[a-z]{0,10}$`);
const PLAIN_NUMBER = new RegExp(`^${NUMBER}$`);
/** Longer rows are no amount. */
const MOST_NUMBERS = 6;
const LONGEST = 80;
const SPLIT = /\s*(\.{2,}|[*×·/÷+−–—~…-]|(?<=[\d\s])x(?=[\s\d])| [a-zà-ÿа-яđ]+ (?:by |durch |mit )?)\s*/;

/** True for what stands between two numbers of a calculation or a range; "and" adds up elsewhere, and "a" is rather an article beside words. */
export const isOperator = (word: string): boolean => OPERATORS.has(word) && !AND.test(word) && word !== 'a';
export const isBy = (word: string): boolean => BY.test(word);

/** The row with each run of numbers and what stands between them as one token: "5 * 3 tao" → "5 * 3", "tao". */
export function joinArithmetic(tokens: readonly Token[]): readonly Token[] {
  const row: Token[] = [];
  let joined = false;
  for (let at = 0; at < tokens.length;) {
    const end = runEnd(tokens, at);
    const run = tokens.slice(at, end);
    const [first] = run;
    if (first === undefined) break;
    joined ||= run.length > 1;
    if (run.length > 1 && BETWEEN.test(row.at(-1)?.word ?? '')) row.pop();
    const raw = run.map((token) => token.raw).join(' ');
    row.push(run.length === 1 ? first : { raw, word: raw.toLowerCase() });
    at = end;
  }
  return joined ? row : tokens;
}

/** Behind the longest run of numbers with operators between them that begins at `from`; the next index where there is none. */
function runEnd(tokens: readonly Token[], from: number): number {
  let end = from + 1;
  if (!PLAIN_NUMBER.test(tokens[from]?.word ?? '')) return end;
  for (let count = 1; count < MOST_NUMBERS; count++) {
    const word = tokens[end]?.word ?? '';
    const isAnd = AND.test(word) && !BETWEEN.test(tokens[from - 1]?.word ?? '');
    const operator = isAnd ? undefined : OPERATORS.get(word);
    const next = end + (BY.test(tokens[end + 1]?.word ?? '') ? 2 : 1);
    const number = tokens[next]?.word ?? '';
    if (operator === undefined || !WHOLE_NUMBER.test(number)) break;
    if (operator === '+' && !/^[\d.,]+$/.test(number)) break; // "$5 + $10" is added up: see sums.ts
    end = next + 1;
    if (!PLAIN_NUMBER.test(tokens[next]?.word ?? '')) break;
  }
  return end;
}

/**
 * The amounts that a text may mean: the result of a calculation, or both ends of a range ("5 to 10", and "5-10", whose ends go up); none for
 * anything else. Times and divisions come before sums, as everywhere.
 */
export function arithmeticOf(text: string, locale: string): number[] {
  if (text.length > LONGEST) return [];
  const parts = text.trim().toLowerCase().split(SPLIT);
  const numbers = parts.filter((_, at) => at % 2 === 0).map((part) => numberOf(part, locale));
  const operators = parts.filter((_, at) => at % 2 === 1).map(operatorOf);
  if (numbers.length < 2 || numbers.length > MOST_NUMBERS || numbers.includes(null) || operators.includes(null))
    return [];
  const values = numbers.filter((value) => value !== null);
  const [low = 0, high = 0] = values;
  const isRange = operators.length === 1 && (operators[0] === '..' || (operators[0] === '-' && low < high));
  if (isRange) return low === high ? [low] : [low, high];
  const result = operators.includes('..') ? Number.NaN : calculated(values, operators);
  return Number.isFinite(result) && result > 0 ? [Number(result.toPrecision(12))] : [];
}

function operatorOf(text: string): string | null {
  const [word = ''] = text.trim().split(' ');
  return OPERATORS.get(/^\.{2,}$/.test(word) ? '..' : word) ?? null;
}

function numberOf(text: string, locale: string): number | null {
  const read = PLAIN_NUMBER.test(text) ? readAmount(text, locale) : null;
  return read === null || read.doubtful || (read.unit !== null && !/^[$€£]$/.test(read.unit)) ? null : read.value;
}

function calculated(values: readonly number[], operators: readonly (string | null)[]): number {
  const [first = Number.NaN, ...rest] = values;
  const terms = [first];
  for (const [at, value] of rest.entries()) {
    const last = terms.at(-1) ?? Number.NaN;
    if (operators[at] === '*') terms[terms.length - 1] = last * value;
    else if (operators[at] === '/') terms[terms.length - 1] = last / value;
    else terms.push(operators[at] === '-' ? -value : value);
  }
  return terms.reduce((sum, term) => sum + term, 0);
}
