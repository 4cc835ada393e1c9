// Closed vocabularies: words that mean something before any coin does – currencies, time ranges, fillers, words of wishes.
import { DAY as DAY_MS } from '../../base/clock.ts';
import { type Range, RANGE_LENGTHS, RANGES } from '../../base/ranges.ts';
import { moneyWord } from './money-words.ts';
import { PRICE_PHRASES } from './tokens.ts';

/** Stablecoins that people write for the dollar or euro in a pair ("TAO/USDT"). */
const PEGGED: Readonly<Record<string, string>> = {
  usdt: 'usd',
  usdc: 'usd',
  busd: 'usd',
  fdusd: 'usd',
  dai: 'usd',
  eurc: 'eur',
};
/** What such a coin stands for ("usdt" → "usd"); undefined for any other word. */
export const peggedTo = (word: string): string | undefined => (Object.hasOwn(PEGGED, word) ? PEGGED[word] : undefined);

/** Says that a stablecoin was taken for the money that it stands for; none where it was not. */
export function peggedRemark(word: string): string[] {
  const code = peggedTo(word);
  return code === undefined ? [] : [`I read ${word.toUpperCase()} as ${code === 'eur' ? 'euros' : 'US dollars'}.`];
}

/** Signs of coins. */
export const COIN_SIGNS: Readonly<Record<string, string>> = { '₿': 'btc', τ: 'tao' };
/** Currency codes that are large coins first: in a list they are coins, after "in" or "to" currencies. */
const COIN_CODES = new Set(['btc', 'eth', 'ltc', 'bch', 'bnb', 'eos', 'xrp', 'xlm', 'link', 'dot', 'yfi', 'sol']);

/**
 * Parts of a coin that are amounts, no coins: `perCoin` of them are one. RAO: https://docs.learnbittensor.org/glossary,
 * wei: https://ethereum.org/glossary, lamport: https://solana.com/docs/references/terminology
 */
export const COIN_UNITS: Readonly<Record<string, { coin: string; perCoin: number }>> = {
  rao: { coin: 'bittensor', perCoin: 1e9 },
  gwei: { coin: 'ethereum', perCoin: 1e9 },
  wei: { coin: 'ethereum', perCoin: 1e18 },
  lamport: { coin: 'solana', perCoin: 1e9 },
  lamports: { coin: 'solana', perCoin: 1e9 },
};

/** `code` as the market knows it; `coin`: it is also a large coin. */
export type Currency = { code: string; coin: boolean };

/** The currency of a code, sign, word or name ("swiss francs"); null when there is none. `known`: the codes that the market can quote in. */
export function currencyWord(word: string, known: ReadonlySet<string>): Currency | null {
  const code = moneyWord(word) ?? (known.has(word) ? word : undefined);
  return code === undefined || !known.has(code) ? null : { code, coin: COIN_CODES.has(code) };
}

/** The currency that the second half of a pair stands for ("usdt" → "usd"). */
export function pairCurrency(word: string, known: ReadonlySet<string>): string | null {
  return peggedTo(word) ?? currencyWord(word, known)?.code ?? null;
}

const DAY = 1;
const UNITS: Readonly<Record<string, number>> = {
  h: DAY / 24,
  hr: DAY / 24,
  hrs: DAY / 24,
  hour: DAY / 24,
  hours: DAY / 24,
  d: DAY,
  day: DAY,
  days: DAY,
  w: 7,
  wk: 7,
  week: 7,
  weeks: 7,
  m: 30,
  mo: 30,
  mon: 30,
  month: 30,
  months: 30,
  q: 90,
  quarter: 90,
  quarters: 90,
  y: 365,
  yr: 365,
  year: 365,
  years: 365,
  stunde: DAY / 24,
  stunden: DAY / 24,
  tag: DAY,
  tage: DAY,
  tagen: DAY,
  woche: 7,
  wochen: 7,
  monat: 30,
  monate: 30,
  monaten: 30,
  jahr: 365,
  jahre: 365,
  heure: DAY / 24,
  heures: DAY / 24,
  jour: DAY,
  jours: DAY,
  semaine: 7,
  semaines: 7,
  mois: 30,
  an: 365,
  ans: 365,
};
/** Words that are a range by themselves. */
const NAMED: Readonly<Record<string, Range>> = {
  today: '24h',
  daily: '24h',
  weekly: '7d',
  monthly: '30d',
  quarterly: '90d',
  yearly: '1y',
  annual: '1y',
};
/** Single days are asked for, but only ranges are kept. */
const PAST_DAYS = new Set(['yesterday', 'gestern', 'hier', 'ayer', 'ontem', 'вчера']);
const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
/** Days of the last week. */
const PAST_DAY = new RegExp(
  `^(?:(?:over )?(?:the )?(?:last|past|this) weekend|since (?:last )?(?:${WEEKDAY}|weekend)|last ${WEEKDAY})$`,
);
/** A start that lies somewhere in the past; no clock is at hand here, so the longest range shows it. */
const LONG_SINCE =
  /^since (?:the (?:start|beginning) of (?:the|this) year|new year|(?:last )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?: 20\d\d)?|20\d\d)$/;
const WHOLE = new Set(['max', 'all', 'all time', 'alltime', 'all-time', 'ytd', 'year to date', 'ever']);
const COUNTS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, six: 6, twelve: 12 };

/** "yesterday", "last weekend". */
export const isPastDay = (text: string): boolean => PAST_DAYS.has(text) || PAST_DAY.test(text);

/** A time range: the nearest one that is offered, and whether it is exactly what was asked. */
export type RangeWord = { range: Range; exact: boolean };

/** Reads "24h", "1w", "30 days", "3 months", "max", "year"; null for anything else. */
export function rangeWord(text: string): RangeWord | null {
  const plain = text.replace(
    /^(?:(?:the |der |die |den |das |le |la |les )?(?:last|past|this|letzte[nrs]?|dernier|derniers|dernière)) /,
    '',
  );
  if (text.endsWith(' ago')) return rangeWord(text.slice(0, -' ago'.length));
  if (PAST_DAYS.has(plain) || PAST_DAY.test(text)) return { range: '7d', exact: false };
  if (WHOLE.has(plain) || LONG_SINCE.test(text) || text === 'this year') return { range: '1y', exact: false };
  const named = Object.hasOwn(NAMED, plain) ? NAMED[plain] : undefined;
  if (named !== undefined) return { range: named, exact: true };
  const match = /^(?:(\d{1,4}|a|an|one|two|three|four|six|twelve)[\s-]?)?([a-z]+)$/.exec(plain);
  const unit = match?.[2] === undefined || !Object.hasOwn(UNITS, match[2]) ? undefined : UNITS[match[2]];
  if (unit === undefined || match === null) return null;
  const count =
    match[1] === undefined ? ((match[2] ?? '').length < 3 ? null : 1) : (COUNTS[match[1]] ?? Number(match[1]));
  return count === null || count === 0 ? null : nearestRange(count * unit);
}

const daysOf = (range: Range): number => RANGE_LENGTHS[range].ms / DAY_MS;

function nearestRange(days: number): RangeWord {
  const distance = (range: Range): number => Math.abs(Math.log(daysOf(range) / days));
  const range = RANGES.reduce((nearest, one) => (distance(one) < distance(nearest) ? one : nearest));
  const asked = daysOf(range);
  return { range, exact: Math.abs(days - asked) <= (range === '1y' ? 5 : 1) * (asked > 1 ? 1 : 0) };
}

/** Words that carry nothing in a command, in English, German and French; the bot's own name among them. */
export const FILLERS: ReadonlySet<string> = new Set(
  `to in into of for at on the a an and & plus vs vs. versus with against = -> → => | - – — please pls plz thx from by as over during
  since worth me my is are what what's whats s it its it's this that now right rn atm tho btw currently current today live latest show give get tell check see
  let know can could you would i want need hey hi hello ok so just also there's there here taobot
  und auf zu nach von vom für mit wie was ist sind der die das den dem ein eine einen mir zeig zeige bitte um hallo
  y et e en em de del el los las du des le la les l' un une pour avec est c'est il quel quelle svp bonjour cuál cual por favor es`
    .trim()
    .split(/\s+/),
);

/** Words that turn a coin into a question for its price. */
export const PRICE_WORDS: ReadonlySet<string> = new Set(
  `price prices pricing quote kurs preis preise prix cours precio precios kostet kosten coûte coute coûtent vaut valent vale cuesta cotización
  preço preco custa costa prezzo prezzi koers kost prijs cena kosztuje fiyat fiyatı fiyati harga giá цена курс стоит ціна коштує
  ${PRICE_PHRASES.join(' ')} سعر कीमत`
    .trim()
    .split(/\s+/),
);
/** Everyday words that do so only beside a coin that nobody could mean otherwise: "is tao up", not "core value". */
export const WEAK_PRICE_WORDS: ReadonlySet<string> = new Set(
  'worth cost costs value rate trading priced doing up down change performance wert steht stehen now today live currently jetzt heute maintenant'.split(
    ' ',
  ),
);
/** Names of figures that tokens are called, too: alone they are the figure, after "$" the token. */
export const FIGURE_WORDS: ReadonlySet<string> = new Set(['ath', 'atl', 'mcap', 'rank', 'supply', 'volume']);
export const CHART_WORDS: ReadonlySet<string> = new Set(
  'chart charts graph graphs plot candles history graphique diagramm verlauf'.split(' '),
);
export const COMPARE_WORDS: ReadonlySet<string> = new Set(
  'compare comparison cmp vs vs. versus against vergleiche vergleich gegen contre comparer'.split(' '),
);
/** How a price moved, and what stands around these words. */
export const MOVE_WORDS: ReadonlySet<string> = new Set(
  'change changed changes move moved moving movement gained drop dropped dropping fall fell falling rise risen rising rose up down performance performed'.split(
    ' ',
  ),
);
export const AROUND_MOVES: ReadonlySet<string> = new Set(
  'did does has have had been do done go going gone went how much percent percentage %'.split(' '),
);

/** "what did tao do this week": how it moved. */
const HOW_IT_DID = /^(?:how|what) (?:did|has) .+ (?:do|done)(?: |$)/;
/** "what happened to tao today"; to one's own is another question. */
const WHAT_HAPPENED =
  /^what(?:'?s| is| was| has)?(?: just)? (?:happened|happening|going on|up) (?:to|with) (?!.*\b(?:my|our|the)\b)/;

/** How many words stand before what moved, where a line asks how something did; null where it does not ask so. */
export function wordsBeforeMoved(words: readonly string[]): number | null {
  const text = words.join(' ');
  const before = WHAT_HAPPENED.exec(text)?.[0];
  if (before !== undefined) return before.trim().split(' ').length;
  return HOW_IT_DID.test(text) || words.some((word) => MOVE_WORDS.has(word)) ? 0 : null;
}
