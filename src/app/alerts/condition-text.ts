// Conditions of alerts as people write them: "above 300", "-5% 1h", "hits $400", "ath", "cost below 800".
import type { AlertWish } from '../../alerts/alerts.ts';
import type { Window } from '../../alerts/condition/condition.ts';
import type { Vocabulary } from '../reader/vocabulary.ts';
import { readAmount } from '../reader/numbers.ts';
import { plainDigits } from '../input/plain-digits.ts';
import { COIN_SIGNS, currencyWord, peggedTo } from '../reader/words.ts';
import { isAbove, isBelow, isFall, isRise } from './price-verbs.ts';

/** `currency`: the code that stood at the number, or null. `left`: words that nobody understood. */
export type ReadCondition = { condition: AlertWish['condition']; currency: string | null; left: readonly string[] };

const FILLERS =
  /^(?:a|an|the|is|it|its|price|of|at|to|by|in|within|than|when|if|once|goes?|gets?|hits?|reach(?:es)?|touch(?:es)?|cross(?:es)?|breaks?|pass(?:es)?|costs?|worth|swings?|off|out|sets?|makes?|trades?|in|its|au|de|auf|von|bei|wenn|der|kurs|le|el|la|o|do|del|por|passe|llega|a|moves?|changes?|or|and|again|percent|per|cent|equals?|=|,|any|new|registers|launches|appears|next|line|for|be|being|becomes?|has|been|happens?|comes?|there|s|llegue|llegar|alcance|alcanza|alcanzar|toque|está|esté|este|los|las|en|un|una|al|para|chegar|chegue|chega|atingir|atinja|atinge|estiver|ficar|fique|bater|os|as|da|em|um|uma|будет|станет|достигнет|дойд[её]т|до|на|за|в|цена|курс|atteint|atteindra|est|erreicht|liegt|ist|den|wert|preis)$/;
const WINDOWS: Readonly<Partial<Record<string, Window>>> = {
  '1h': '1h',
  hour: '1h',
  hourly: '1h',
  '60m': '1h',
  '24h': '24h',
  '1d': '24h',
  day: '24h',
  daily: '24h',
  today: '24h',
  '7d': '7d',
  '1w': '7d',
  week: '7d',
  weekly: '7d',
  hora: '1h',
  час: '1h',
  stunde: '1h',
  heure: '1h',
  día: '24h',
  dia: '24h',
  день: '24h',
  tag: '24h',
  jour: '24h',
  semana: '7d',
  неделю: '7d',
  woche: '7d',
  semaine: '7d',
};
/** Whole phrases, looked for before single words. */
const PHRASES: readonly [RegExp, 'ath' | 'removal' | 'removed' | 'emission' | 'new'][] = [
  [/\b(?:ath|all[- ]time[- ]highs?|new highs?|record highs?|new record)\b/, 'ath'],
  [
    /\b(?:(?:next|about) (?:in line|for removal|to (?:go|(?:be|get) (?:removed|deregistered|pruned|kicked)))|removal|at risk|deregistration|prune target)\b/,
    'removal',
  ],
  [/\b(?:is removed|gets removed|removed|deregistered|pruned)\b/, 'removed'],
  [/\b(?:emissions?)(?: (?:is )?(?:switched )?(?:on or off|on|off|changes?))?\b/, 'emission'],
  [/\bnew subnets?\b|^new$/, 'new'],
];
const HALVING = /\bhalving\b/;
const HALVING_MARK = /(?<![\d.,])(?:90|99|100) ?(?:%|percent\b|per cent\b)?(?![\d.,])/;
const DONE = /^(?:done|over|complete[ds]?|reached|passed|way|happen(?:s|ed)?)$/;
const COST =
  /\b(?:(?:cost|price) of (?:a|registering a)(?: new)? subnet|(?:(?:new )?subnet )?(?:registration )?cost|(?:subnet )?registration price)\b/;
const PERCENT = /([+\-±]?)\s*(\d[\d.,]*)\s*(?:%|percent\b|per cent\b)/;

/** What leads a way from the present price, not a price: "drops by 100", "um 50". "De" does so in French alone. */
const LEADS_WAY = /^(?:by|um|на|another)$/;
const WAY_IN_FRENCH = /^de$/;

/** Whether an amount is how far a price is to go: "drops by 100", "loses 50 eur", "is up $20". */
export function isWay(text: string, locale: string): boolean {
  const words = plainDigits(text).normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  const isChange = (word: string) => isRise(word) || isFall(word);
  return words.some((word, at) => {
    if (readAmount(word, locale) === null) return false;
    if (at === 0) return words.some(isChange) && !words.some((one) => isAbove(one) || isBelow(one)); // "50 dollar steigt"
    const before = words[at - 1] ?? '';
    return LEADS_WAY.test(before) || isChange(before) || (locale.startsWith('fr') && WAY_IN_FRENCH.test(before));
  });
}

/** Null when it names no condition. `locale` decides how numbers are read. */
export function readCondition(
  text: string,
  vocabulary: Pick<Vocabulary, 'currencies'>,
  locale: string,
): ReadCondition | null {
  const line = plainDigits(text)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('−', '-')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
  return readHalving(line) ?? readMove(line, locale) ?? readPrice(line, vocabulary, locale) ?? readPhrase(line);
}

/** "halving", "next halving 99%", "halving is done": told at each of its marks, whichever is named. */
function readHalving(line: string): ReadCondition | null {
  if (!HALVING.test(line)) return null;
  const rest = line.replace(HALVING, ' ').replace(HALVING_MARK, ' ');
  const words = rest.split(' ').filter((word) => !isAbove(word) && !DONE.test(word));
  return { condition: { kind: 'halving' }, currency: null, left: leftOf(words) };
}

function readPhrase(line: string): ReadCondition | null {
  const found = PHRASES.find(([pattern]) => pattern.test(line));
  if (found === undefined) return null;
  return { condition: { kind: found[1] }, currency: null, left: leftOf(line.replace(found[0], ' ').split(' ')) };
}

/** "+5% 24h", "-5% in 1h", "moves 10 % in a week", "drops 3%". Without a window it is a day. */
function readMove(line: string, locale: string): ReadCondition | null {
  const match = PERCENT.exec(line);
  if (match === null) return null;
  const percent = readAmount(match[2] ?? '', locale)?.value ?? 0;
  if (!(percent > 0)) return null;
  const words = line
    .replace(match[0], ' ')
    .replaceAll(
      /\b(\d+) (h|d|w|hours?|days?|weeks?)\b/g,
      (_, count: string, unit: string) => `${count}${unit[0] ?? ''}`,
    )
    .split(' ')
    .filter(Boolean);
  const window = words.map((word) => WINDOWS[word]).find((found) => found !== undefined) ?? '24h';
  const sign = match[1];
  const direction = sign === '+' || words.some(isRise) ? 'up' : sign === '-' || words.some(isFall) ? 'down' : 'either';
  const rest = words.filter((word) => WINDOWS[word] === undefined && !isRise(word) && !isFall(word));
  return { condition: { kind: 'move', percent, direction, window }, currency: null, left: leftOf(rest) };
}

/** "above 300", "< 200", "hits $400", "at 0.1 tao", "cost below 800". */
function readPrice(line: string, { currencies }: Pick<Vocabulary, 'currencies'>, locale: string): ReadCondition | null {
  const isCost = COST.test(line);
  const words = (isCost ? line.replace(COST, ' ') : line)
    .replace(/([<>]=?)(?=\S)/g, '$1 ')
    .split(' ')
    .filter(Boolean);
  const at = words.findIndex((word) => readAmount(word, locale) !== null);
  const amount = at < 0 ? null : readAmount(words[at] ?? '', locale);
  if (amount === null || !(amount.value > 0) || isWay(line, locale)) return null;
  // "300 eur", "300 in eur", and in whatever comes between: "above 300 always in eur"
  const led = words.findIndex((word, index) => word === 'in' && currencyOf(words[index + 1], currencies) !== null);
  const behind = led < 0 ? at + 1 : led + 1;
  const after = currencyOf(words[behind], currencies);
  const currency = currencyOf(amount.unit ?? undefined, currencies) ?? after;
  if (amount.unit !== null && currency === null) return null;
  const rest = words.filter((_, index) => index !== at && !(after !== null && (index === behind || index === led)));
  const up = rest.some((word) => isAbove(word) || isRise(word));
  const down = rest.some((word) => isBelow(word) || isFall(word));
  if (up && down) return null;
  const kind = isCost ? 'cost' : up ? 'above' : down ? 'below' : 'reaches';
  if (isCost && up) return null;
  const left = leftOf(rest.filter((word) => ![isAbove, isBelow, isRise, isFall].some((is) => is(word))));
  return { condition: { kind, price: amount.value }, currency, left };
}

/** A currency's code; "tao" for prices of subnets. */
function currencyOf(word: string | undefined, currencies: ReadonlySet<string>): string | null {
  if (word === undefined) return null;
  if (word === 'tao' || COIN_SIGNS[word] === 'tao') return 'tao';
  return currencyWord(COIN_SIGNS[word] ?? peggedTo(word) ?? word, currencies)?.code ?? null;
}

function leftOf(words: readonly string[]): string[] {
  return words.filter((word) => word !== '' && !FILLERS.test(word));
}
