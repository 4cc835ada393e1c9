// What was understood of a text: the command with its arguments, words that nobody used, and remarks on how something was read.
import type { Token } from './tokens.ts';
import { FILLERS } from './words.ts';
import { headOf } from '../../base/visible-text.ts';

/**
 * `args`: raw arguments of the command. `unknown`: words that were handed over as the name of a coin although no coin is called so. `left`: words
 * that nothing used. `remarks`: sentences for the answer ("Read as 1,500.").
 */
export type Reading = { args: Record<string, string>; unknown: string[]; left: string[]; remarks: string[] };

/** A row of tokens whose parts are taken one after the other; what remains is left over. */
export type Row = {
  tokens: readonly Token[];
  taken: Set<number>;
  take(from: number, length?: number): void;
  /** Indexes of tokens that nothing has used yet. */
  free(): number[];
  /** Words that nothing has used and that carry a meaning. */
  left(): string[];
};

export function rowOf(tokens: readonly Token[]): Row {
  const taken = new Set<number>();
  const free = (): number[] => tokens.flatMap((_, index) => (taken.has(index) ? [] : [index]));
  return {
    tokens,
    taken,
    take(from, length = 1) {
      for (let index = from; index < from + length; index++) taken.add(index);
    },
    free,
    left: () => free().flatMap((index) => (FILLERS.has(tokens[index]?.word ?? '') ? [] : [tokens[index]?.raw ?? ''])),
  };
}

/** A channel or a person as the platforms write them: to people they have names, which we do not know. */
const MENTIONED = /^(?:<[#@][!&]?\w+>|#\d{15,})$/;

/** "“dollars”, “banana”" – at most three words, each cut. */
export function quoted(words: readonly string[]): string {
  const shown = words.slice(0, 3).map((word) => (MENTIONED.test(word) ? 'your mention' : `"${headOf(word, 30)}"`));
  return `${shown.join(', ')}${words.length > 3 ? ` and ${words.length - 3} more` : ''}`;
}
