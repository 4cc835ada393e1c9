// What only means something after an answer: "and in eur?", "and btc?", "what about 30d?".
import { coinAt, isWellKnown, saysCoin } from '../coins.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { currencyWord, FILLERS, rangeWord } from '../words.ts';

const LEAD = /^(?:(?:and|und|et|y|or) |(?:and )?(?:what|how) about |(?:and )?(?:the )?same (?:for|in|with) )/;
/** "in eur" needs no lead. */
const IN = /^in /;
/** "90d" alone needs no lead either. */
const RANGE = /^\d{1,3} ?(?:h|d|w|y|days?|weeks?|months?|years?)$/;
const MOST_WORDS = 8;

/** What is said anew: `coins` as handed to a command, comma-separated. */
export type SaidAnew = { coins?: string; currency?: string; range?: string };

/** What a message changes of the wish before it; null when it does not begin like a follow-up or says anything else. */
export function saidAnew(tokens: readonly Token[], vocabulary: Vocabulary): SaidAnew | null {
  const line = tokens.map(({ word }) => word).join(' ');
  const alone = RANGE.test(line) ? rangeWord(line) : null;
  if (alone !== null) return { range: alone.range };
  const lead = LEAD.exec(line)?.[0].trim().split(' ').length ?? (IN.test(line) ? 0 : null);
  if (lead === null || tokens.length > MOST_WORDS) return null;
  const rest = tokens.slice(lead);
  const plain = rest.filter(({ word }) => !FILLERS.has(word));
  const [only, more] = plain;
  if (only === undefined) return null;
  const range = rangeWord(plain.map(({ word }) => word).join(' '));
  if (range !== null && lead > 0) return { range: range.range };
  const currency = more === undefined && !saysCoin(only) ? currencyWord(only.word, vocabulary.currencies) : null;
  if (currency !== null && (!currency.coin || rest[0]?.word === 'in')) return { currency: currency.code };
  return lead === 0 ? null : coinsIn(rest, vocabulary);
}

/** A row of nothing but well-known coins. */
function coinsIn(rest: readonly Token[], vocabulary: Vocabulary): SaidAnew | null {
  const coins: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const token = rest[at];
    const found = coinAt(rest, at, vocabulary);
    if (found === null && token !== undefined && FILLERS.has(token.word)) continue;
    if (found === null || !isWellKnown(found, vocabulary)) return null;
    coins.push(found.text);
    at += found.length - 1;
  }
  return coins.length === 0 ? null : { coins: coins.join(',') };
}
