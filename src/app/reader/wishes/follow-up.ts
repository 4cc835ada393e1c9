// What only means something after an answer: "and in eur?", "and btc?", "what about 30d?", "and the chart?", "vs btc", "again".
import type { Invocation } from '../../card.ts';
import { coinAt, isWellKnown, saysCoin } from '../coins.ts';
import { readAmount } from '../numbers.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { type RangeWord, rangeRemark, rangeWord } from '../times/range-words.ts';
import { currencyWord, FILLERS } from '../words.ts';

const LEAD = /^(?:(?:and|und|et|y|or) |(?:and )?(?:what|how) about |(?:and )?(?:the )?same (?:for|in|with) )/;
/** "in eur" needs no lead. */
const IN = /^in /;
const AGAINST =
  /^(?:and )?(?:(?:vs|versus|against) |compared? (?:it|that|this)? ?(?:to|with|against) |compared (?:to|with) )/;
const AGAIN =
  /^(?:again|once more|one more time|same again|refresh|repeat(?: (?:it|that))?|nochmal|noch einmal|encore|otra vez|de nuevo)(?: please)?$/;
const VIEW =
  /^(?:(?:and|now|und) )?(?:show (?:me )?)?(?:the|its|it's) (chart|graph|price|details|profile|market cap|mcap|volume)(?: please| now)?$/;
const VIEWS: Readonly<Record<string, View>> = {
  chart: 'chart',
  graph: 'chart',
  price: 'price',
  'market cap': 'coin',
  mcap: 'coin',
  volume: 'coin',
  details: 'coin',
  profile: 'coin',
};
/** "90d" alone needs no lead either. */
const RANGE = /^\d{1,3} ?(?:h|d|w|y|days?|weeks?|months?|years?)$/;
const MOST_WORDS = 8;

type View = 'chart' | 'price' | 'coin';

/**
 * What is said anew: `coins` as handed to a command, comma-separated; `against`: coins to be set beside the one before; `amount`: of the coin
 * before; `view`: the same coin in another command; `again`: nothing new. `remark`: how the range was read, where another one was asked for.
 */
export type SaidAnew = {
  coins?: string;
  against?: string;
  currency?: string;
  range?: string;
  amount?: string;
  view?: View;
  again?: true;
  remark?: string;
};

/** What a message changes of the wish before it; null when it does not begin like a follow-up or says anything else. `locale`: for numbers. */
export function saidAnew(tokens: readonly Token[], vocabulary: Vocabulary, locale: string): SaidAnew | null {
  if (tokens.length > MOST_WORDS) return null;
  const line = tokens.map(({ word }) => word).join(' ');
  if (AGAIN.test(line)) return { again: true };
  const view = VIEWS[VIEW.exec(line)?.[1] ?? ''];
  if (view !== undefined) return { view };
  const against = AGAINST.exec(line)?.[0].trim().split(' ').length;
  if (against !== undefined) {
    const coins = coinsIn(tokens.slice(against), vocabulary);
    return coins === null ? null : { against: coins };
  }
  const alone = RANGE.test(line) ? rangeWord(line, vocabulary.now()) : null;
  if (alone !== null) return inRange(line, alone);
  const lead = LEAD.exec(line)?.[0].trim().split(' ').length ?? (IN.test(line) ? 0 : null);
  return lead === null ? null : behindLead(tokens.slice(lead), lead, vocabulary, locale);
}

function behindLead(rest: readonly Token[], lead: number, vocabulary: Vocabulary, locale: string): SaidAnew | null {
  const plain = rest.filter(({ word }) => !FILLERS.has(word));
  const [only, more] = plain;
  if (only === undefined) return null;
  const line = plain.map(({ word }) => word).join(' ');
  const range = rangeWord(line, vocabulary.now());
  if (range !== null && lead > 0) return inRange(line, range);
  const amount = more === undefined && lead > 0 ? readAmount(only.raw, locale) : null;
  if (amount !== null && amount.unit === null && !amount.doubtful && amount.value > 0)
    return { amount: String(amount.value) };
  const currency = more === undefined && !saysCoin(only) ? currencyWord(only.word, vocabulary.currencies) : null;
  if (currency !== null && (!currency.coin || rest[0]?.word === 'in')) return { currency: currency.code };
  const coins = lead === 0 ? null : coinsIn(rest, vocabulary);
  return coins === null ? null : { coins };
}

function inRange(asked: string, found: RangeWord): SaidAnew {
  return { range: found.range, ...(found.exact ? {} : { remark: rangeRemark(asked, found) }) };
}

/** What such a message means where nothing was asked before; `question`: its words. */
export function withoutBefore(anew: SaidAnew, question: string): Invocation {
  const { against, view, range, currency, coins } = anew;
  if (against !== undefined) return { command: 'compare', args: { coins: `id:bittensor,${against}` } };
  if (view !== undefined) return { command: view, args: {} };
  if (range !== undefined) return { command: 'chart', args: { range } };
  if (coins !== undefined) return { command: 'price', args: { coins } };
  return currency === undefined ? { command: 'faq', args: { question } } : { command: 'price', args: { currency } };
}

/** A row of nothing but well-known coins, comma-separated. */
function coinsIn(rest: readonly Token[], vocabulary: Vocabulary): string | null {
  const coins: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const token = rest[at];
    const found = coinAt(rest, at, vocabulary);
    if (found === null && token !== undefined && FILLERS.has(token.word)) continue;
    if (found === null || !isWellKnown(found, vocabulary)) return null;
    coins.push(found.text);
    at += found.length - 1;
  }
  return coins.length === 0 ? null : coins.join(',');
}
