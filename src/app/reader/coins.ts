// Coins in a row of tokens: the longest name first, then a ticker; what a bare word may mean.
import { CHART_WORDS, COIN_UNITS, currencyWord, FIGURE_WORDS, FILLERS, PRICE_WORDS } from './words.ts';
import type { Token } from './tokens.ts';
import type { NamedCoin, Vocabulary } from './vocabulary.ts';

/** A coin found at a place of the row. `text`: what to hand to a command; `length`: tokens that it took. */
export type FoundCoin = NamedCoin & { text: string; length: number };

/** No coin's name has more words than this. */
const MOST_WORDS = 5;
/** Words that stand between two things in a command: only a large coin's name may hold one. */
const BETWEEN = new Set(['to', 'in', 'into', 'vs', 'and', 'for', 'of']);
/** A part of a name of several words; signs and dots alone are none ("tao $"). */
const LETTER = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
/** A bare word means a coin only when the coin is profiled or among so many of the largest. */
const WELL_KNOWN = 300;
/** Shorter names of coins are a mistake away from everyday words ("stocks"). */
const SHORTEST_MISTYPED = 7;
/** What is left of a ticker whose last letter was held down. */
const SHORTEST_STRETCHED = 3;
/** Beside an everyday word ("not today", "one year") it counts only when it is among so many. */
const UNMISTAKABLE = 50;

/**
 * The coin whose name starts at `from`. A name of several words beats a ticker; `$TICKER` and `id:…` always mean a coin.
 * @param taken tokens that something else has used already
 */
export function coinAt(
  tokens: readonly Token[],
  from: number,
  vocabulary: Vocabulary,
  taken: ReadonlySet<number> = new Set(),
): FoundCoin | null {
  const [token] = tokens.slice(from, from + 1);
  if (token === undefined || taken.has(from) || isFiller(token)) return null;
  for (let length = wordsFrom(tokens, from, taken); length >= 2; length--) {
    const span = tokens.slice(from, from + length);
    if (isFiller(span.at(-1))) continue;
    const found = vocabulary.coin(span.map(({ raw }) => raw).join(' '));
    if (found === null) continue;
    const doubtful = span.some(({ word }) => BETWEEN.has(word)) || span.every((part) => standsAlone(part, vocabulary));
    if (doubtful && !isWellKnown(found, vocabulary)) continue;
    return { ...found, text: `id:${found.coin.id}`, length };
  }
  return wordCoin(token, vocabulary);
}

/** How many words from here on can belong to one name. */
function wordsFrom(tokens: readonly Token[], from: number, taken: ReadonlySet<number>): number {
  const most = Math.min(MOST_WORDS, tokens.length - from);
  let length = 0;
  while (length < most && !taken.has(from + length) && LETTER.test(tokens[from + length]?.raw ?? '')) length++;
  return length;
}

/** Currencies and well-known coins: a token whose name is made of nothing else ("TAO/EUR") must not come between people and these. */
function standsAlone(token: Token, vocabulary: Vocabulary): boolean {
  if (currencyWord(token.word, vocabulary.currencies) !== null) return true;
  const found = wordCoin(token, vocabulary);
  return found !== null && isWellKnown(found, vocabulary);
}

/** A single token as a coin: `$tao`, `id:bittensor`, `τ`, a ticker, name or id; "tao's", too. */
export function wordCoin({ raw }: Token, vocabulary: Vocabulary): FoundCoin | null {
  const plain = raw.replace(/^[$#](?=\p{L})/u, '');
  const [ending = ''] = /['’]s$/iu.exec(plain) ?? /(?<=\p{L}{5})s$/iu.exec(plain) ?? []; // "bitcoin's", "bitcoins"
  const stem = ending === '' ? null : vocabulary.coin(plain.slice(0, -ending.length));
  const whole = vocabulary.coin(plain);
  const sure = (coin: NamedCoin | null) => coin !== null && isWellKnown(coin, vocabulary);
  const isStem = sure(stem) ? ending.length > 1 || !sure(whole) : whole === null && ending.length > 1 && stem !== null;
  const text = isStem ? plain.slice(0, -ending.length) : plain;
  const found = isStem ? stem : whole;
  return found === null ? null : { ...found, text: saysCoin({ raw, word: raw.toLowerCase() }) ? raw : text, length: 1 };
}

/** `$TICKER` and `id:…` say that a coin is meant, whatever else the word could be. */
export function saysCoin({ raw }: Token): boolean {
  return /^(?:\$\p{L}|id:\S)/iu.test(raw);
}

const SHOW = new Set('show give me let see zeig zeige mir montre-moi please'.split(' '));

/** The coin that a message of nothing but its name means, also after "show me": profiled, well known, or written with "$". */
export function bareCoin(typed: readonly Token[], vocabulary: Vocabulary): string | null {
  const asked = typed.findIndex(({ word }) => !SHOW.has(word));
  const tokens = typed.slice(Math.max(0, asked));
  const [first] = tokens;
  if (first === undefined || tokens.length > 5) return null;
  if (tokens.length === 1 && saysCoin(first)) return wordCoin(first, vocabulary)?.text ?? null;
  if (tokens.length === 1 && FIGURE_WORDS.has(first.word)) return null;
  const found = coinAt(tokens, 0, vocabulary);
  if (found === null || found.length !== tokens.length) return null;
  return isWellKnown(found, vocabulary) || isNamesake(found, vocabulary) ? found.text : null;
}

/** "Friendly Tao": our own remarks name the coins that share the ticker of one with a profile, so their names mean them. */
function isNamesake({ coin, length }: FoundCoin, vocabulary: Vocabulary): boolean {
  const holder = length < 2 ? null : vocabulary.coin(coin.symbol);
  return holder !== null && holder.coin.id !== coin.id && vocabulary.profiled(holder.coin.id);
}

/** "etherium" alone: one of the largest coins, mistyped; null where the word is one of its own. */
export function mistypedCoin(tokens: readonly Token[], vocabulary: Vocabulary): ReturnType<Vocabulary['mistyped']> {
  const [only, more] = tokens;
  if (only === undefined || more !== undefined) return null;
  const stretched = stretchedCoin(only.word, vocabulary);
  if (stretched !== null || only.word.length < SHORTEST_MISTYPED) return stretched;
  return vocabulary.topical(only.word) ? null : vocabulary.mistyped(only.word);
}

/** "taoo", "nearrr": a profiled coin with its last letter held down; null where the word is one of its own. */
export function stretchedCoin(word: string, vocabulary: Vocabulary): ReturnType<Vocabulary['mistyped']> {
  const stem = word.replace(/(.)\1+$/u, '$1');
  if (stem === word || stem.length < SHORTEST_STRETCHED || vocabulary.topical(word)) return null;
  const [itself, meant] = [vocabulary.coin(word), vocabulary.coin(stem)];
  if (meant === null || !vocabulary.profiled(meant.coin.id)) return null;
  return itself !== null && isWellKnown(itself, vocabulary) ? null : meant.coin;
}

/** True when a word alone, without any command, means this coin. */
export function isWellKnown({ coin }: NamedCoin, vocabulary: Vocabulary): boolean {
  return vocabulary.profiled(coin.id) || (coin.rank !== null && coin.rank <= WELL_KNOWN);
}

/** True when hardly any other word is meant: profiled, or among so many of the largest. */
export function isUnmistakable({ coin }: NamedCoin, vocabulary: Vocabulary): boolean {
  return vocabulary.profiled(coin.id) || (coin.rank !== null && coin.rank <= UNMISTAKABLE);
}

/** "graph price", "what is the graph": the coin that is called like a chart as its id, where its price or what it is, and nothing else, is asked for. */
export function withoutChartName(tokens: readonly Token[], vocabulary: Vocabulary): readonly Token[] {
  const at = tokens.findIndex(({ word }) => CHART_WORDS.has(word));
  const [token, next] = [tokens[at], tokens[at + 1]];
  const isAsked = next === undefined ? /^what(?:'?s|$)/.test(tokens[0]?.word ?? '') : PRICE_WORDS.has(next.word);
  const coin = token === undefined || !isAsked ? null : wordCoin(token, vocabulary);
  const isOther = ({ word }: Token, index: number) =>
    index !== at &&
    ![FILLERS, PRICE_WORDS].some((set) => set.has(word)) &&
    currencyWord(word, vocabulary.currencies) === null;
  if (coin === null || !isUnmistakable(coin, vocabulary) || tokens.some(isOther)) return tokens;
  const id = `id:${coin.coin.id}`;
  return tokens.with(at, { raw: id, word: id });
}

/** True for "graph of tao" behind "price": a chart of that, no list with the coin that is called so. */
export function isChartOf([first, ...rest]: readonly Token[], { currencies }: Vocabulary): boolean {
  if (first === undefined || !CHART_WORDS.has(first.word)) return false;
  return rest.some(({ word }) => !FILLERS.has(word) && currencyWord(word, currencies) === null);
}

/** True when every coin of the arguments is well known, written as a coin ("$wow"), or a currency: words without a slash must not become coins by luck. */
export function surelyCoins(args: Readonly<Record<string, string>>, vocabulary: Vocabulary): boolean {
  const named = [args['coin'], args['from'], args['to'], ...(args['coins'] ?? '').split(',')];
  return named.every((text) => {
    if (text === undefined || text === '' || saysCoin({ raw: text, word: text.toLowerCase() })) return true;
    if (currencyWord(text.toLowerCase(), vocabulary.currencies) !== null || Object.hasOwn(COIN_UNITS, text))
      return true;
    const found = vocabulary.coin(text);
    return found !== null && isWellKnown(found, vocabulary);
  });
}

/** Our own labels in a text ("TAO · Bittensor · #16", as autocomplete and menus show them) become the ids of those very coins. */
export function withoutLabels(line: string, vocabulary: Vocabulary): string {
  if (!line.includes(' · ')) return line;
  return line
    .replaceAll(/([^\s,]+) · ([^·,]{1,100}?) · #\d{1,6}/gu, (label, symbol: string, name: string) =>
      labelledId(symbol, name, vocabulary, label),
    )
    .replaceAll(/([^\s,]+) · ([^·,]{1,100})/gu, (label, symbol: string, name: string) =>
      labelledId(symbol, name, vocabulary, label),
    );
}

function labelledId(symbol: string, name: string, vocabulary: Vocabulary, label: string): string {
  const found = vocabulary.coin(name.trim());
  const coins = found === null ? [] : [found.coin, ...found.others];
  const coin = coins.find((one) => one.symbol.toLowerCase() === symbol.toLowerCase());
  return coin === undefined ? label : `id:${coin.id}`;
}

/** The coin in whose longer name this word stands: "USD" in "USD Coin" is no currency, "coin" no option. `taken`: tokens that something else has used. */
export function nameAround(
  tokens: readonly Token[],
  index: number,
  vocabulary: Vocabulary,
  taken: ReadonlySet<number> = new Set(),
): FoundCoin | null {
  for (const from of [index, index - 1, index - 2]) {
    const found = from < 0 ? null : coinAt(tokens, from, vocabulary, taken);
    if (found !== null && found.length > 1 && from + found.length > index) return found;
  }
  return null;
}

function isFiller(token: Token | undefined): boolean {
  return token !== undefined && !saysCoin(token) && FILLERS.has(token.word);
}
