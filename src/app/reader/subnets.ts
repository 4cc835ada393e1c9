// Subnets in a row of tokens: `sn64`, `subnet 64`, `τ64` stand where a coin can; names count only beside the word "subnet".
import type { Token } from './tokens.ts';

const NUMBER = /^(?:sn|τ|(?:subnet|netuid)\s?)[\s-]?([1-9]\d{0,4})$/iu;
const PREFIX = /^(?:sn|subnet|netuid)$/u;

/** The number that a text of the closed forms names ("sn64", "SN 64", "subnet 64", "τ64"); null for anything else, a bare number too. */
export function subnetNumber(text: string): number | null {
  const digits = NUMBER.exec(text.normalize('NFKC').trim())?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The same row with "subnet 64" and "sn 64" as one token "sn64". */
export function joinSubnets(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    if (before !== undefined && PREFIX.test(before.word) && /^[1-9]\d{0,4}$/.test(token.word)) {
      const text = `sn${token.word}`;
      joined[joined.length - 1] = { raw: text, word: text };
    } else joined.push(token);
  }
  return joined;
}
