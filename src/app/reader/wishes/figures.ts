// Figures of a coin in plain words: "market cap of tao", "how many bitcoin are there", "near ath".
import type { Figure } from '../../blocks/figure-text.ts';
import type { Token } from '../tokens.ts';
import { AROUND_MOVES, FROM_RECORD, MOVE_WORDS } from '../words.ts';

/** What people call a figure. The words around it ("circulating", "24h", "trading") mean nothing more. */
const NAMES: readonly (readonly [Figure, RegExp])[] = [
  ['cap', /\b(?:market ?cap(?:italization|italisation)?|mcap|mc(?= (?:of|for) ))\b/],
  ['supply', /\b(?:(?:circulating|total|max|maximum) )?supply\b/],
  [
    'volume',
    /\b(?:(?:24 ?h(?:rs?)?|daily|trading) )*volume\b(?: (?:in |over )?(?:the )?(?:last )?24 ?h(?:rs?|ours?)?\b)?/,
  ],
  [
    'day',
    /\b(?:(?:24 ?h|daily|day'?s?|today'?s) (?:high|low|range|highs? and lows?)|(?:high|low|highs? and lows?|range) (?:of )?(?:today|the day|24 ?h))\b/,
  ],
  ['low', /\b(?:atl|all[- ]time[- ]low|lowest price(?: ever)?)\b/],
  ['high', /\b(?:ath|all[- ]time[- ]high)\b/],
  ['rank', /\brank\b/],
];
/** "how many bitcoin are there": the supply, when nothing else is counted. */
const HOW_MANY =
  /^how many (.+?) (?:(?:coins? |tokens? )?(?:are there|exist|are in circulation|are circulating|in circulation|in existence))(?: now| right now| today)?$/;
/** "how far is tao down from ath". */
const AROUND_RECORD: ReadonlySet<string> = new Set([...MOVE_WORDS, ...AROUND_MOVES, 'far', 'since', 'off', 'below']);
const AROUND = /^(?:big|large|high|low)$/;

/**
 * `explained`: of which coins checked answers say more than the number: all with a profile, or TAO alone. `rest`: the tokens that name what the
 * figure is of.
 */
export type FigureAsked = { figure: Figure; explained: 'profiled' | 'tao' | null; rest: readonly Token[] };

/** The figure that a text asks for; null when it asks for none. */
export function figureAsked(tokens: readonly Token[]): FigureAsked | null {
  const text = tokens.map(({ word }) => word).join(' ');
  const counted = HOW_MANY.exec(text)?.[1];
  if (counted !== undefined)
    return { figure: 'supply', explained: 'tao', rest: tokens.slice(2, 2 + counted.split(' ').length) };
  const [figure, form] = NAMES.find(([, name]) => name.test(text)) ?? [];
  if (figure === undefined || form === undefined) return null;
  const named = new Set(form.exec(text)?.[0].split(' '));
  const explained = /\bmax(?:imum)? supply\b/.test(text)
    ? 'profiled'
    : /\b(?:circulating|total) supply\b|^(?:what|when)\b.*\ball[- ]time[- ]high\b/.test(text)
      ? 'tao'
      : null;
  const isFrom = FROM_RECORD.test(text);
  const isAround = (word: string) => AROUND.test(word) || (isFrom && AROUND_RECORD.has(word));
  return { figure, explained, rest: tokens.filter(({ word }) => !named.has(word) && !isAround(word)) };
}
