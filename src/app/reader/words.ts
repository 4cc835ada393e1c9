// Closed vocabularies: words that mean something before any coin does – currencies, fillers, words of wishes.
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
  'change changed changes move moved moving movement gained drop dropped dropping fall fell falling rise risen rising rose up down performance performed pumped pumping dumped dumping crashed tanked'.split(
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

/** "dropped since ath": the record says how far. */
export const FROM_RECORD = /\b(?:since|from|off|below) (?:the |its |it's )?(?:ath|all[- ]time[- ]high)\b/;

/** How many words stand before what moved, where a line asks how something did; null where it does not ask so. */
export function wordsBeforeMoved(words: readonly string[]): number | null {
  const text = words.join(' ');
  if (FROM_RECORD.test(text)) return null;
  const before = WHAT_HAPPENED.exec(text)?.[0];
  if (before !== undefined) return before.trim().split(' ').length;
  return HOW_IT_DID.test(text) || words.some((word) => MOVE_WORDS.has(word)) ? 0 : null;
}
