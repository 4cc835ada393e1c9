// Names of currencies in English, German, French and Spanish: "swiss francs", "yen japonés", "€", "quid".
import type { Token } from './tokens.ts';

/** Nouns of money, by what the row is called below; without accents. */
const NOUNS = {
  dollar: 'dollar dollars dolar dolares доллар доллара долларов',
  pound: 'pound pounds pfund livre livres libra libras',
  franc: 'franc francs franken franco francos',
  yen: 'yen yens yenes',
  yuan: 'yuan yuans yuanes renminbi',
  rupee: 'rupee rupees rupie rupien roupie roupies rupia rupias',
  won: 'won',
  real: 'real reais reales',
  lira: 'lira liras lire lires',
  ruble: 'ruble rubles rouble roubles rubel rublo rublos рубль рубля рублей',
  zloty: 'zloty zlotys zloties',
  rand: 'rand rands',
  baht: 'baht bahts',
  crown: 'crown crowns krona kronor krone kroner kronen couronne couronnes corona coronas koruna',
  peso: 'peso pesos',
  shekel: 'shekel shekels',
  forint: 'forint forints',
  ringgit: 'ringgit ringgits',
  dirham: 'dirham dirhams',
} as const;

/** [code, noun, whose it is]. The bearers stand before or behind the noun; without accents. */
const NAMED: readonly (readonly [string, keyof typeof NOUNS, string])[] = [
  ['usd', 'dollar', 'us u.s usa american amerikanische amerikanischen americain americains americanos estadounidenses'],
  ['cad', 'dollar', 'canadian kanadische kanadischen canadien canadiens canadienses'],
  ['aud', 'dollar', 'australian aussie australische australischen australien australiens australianos'],
  ['nzd', 'dollar', 'kiwi neuseeland neozelandeses'],
  ['sgd', 'dollar', 'singapore singapur singapour'],
  ['hkd', 'dollar', 'hongkong'],
  ['twd', 'dollar', 'taiwan taiwanese'],
  ['gbp', 'pound', 'british english uk gb sterling britische britischen esterlina esterlinas britannique britanniques'],
  ['chf', 'franc', 'swiss schweizer suisse suisses suizo suizos'],
  ['jpy', 'yen', 'japanese japanische japanischen japonais japones japoneses'],
  ['cny', 'yuan', 'chinese chinesische chinesischen chinois chinos'],
  ['inr', 'rupee', 'indian indische indischen indienne indiennes indias'],
  ['pkr', 'rupee', 'pakistani pakistanische pakistanischen'],
  ['lkr', 'rupee', 'lankan'],
  ['krw', 'won', 'korean south-korean koreanische koreanischen coreen coreens coreanos'],
  ['brl', 'real', 'brazilian brasilianische brasilianischen bresilien bresiliens brasilenos'],
  ['try', 'lira', 'turkish turkische turkischen turque turques turcas'],
  ['rub', 'ruble', 'russian russische russischen russe russes rusos'],
  ['pln', 'zloty', 'polish polnische polnischen polonais polacos'],
  ['zar', 'rand', 'african sudafrikanische'],
  ['thb', 'baht', 'thai'],
  ['sek', 'crown', 'swedish schwedische schwedischen suedoise suedoises suecas'],
  ['nok', 'crown', 'norwegian norwegische norwegischen norvegienne norvegiennes noruegas'],
  ['dkk', 'crown', 'danish danische danischen danoise danoises danesas'],
  ['czk', 'crown', 'czech tschechische tschechischen tcheque tcheques checas'],
  ['mxn', 'peso', 'mexican mexikanische mexikanischen mexicain mexicains mexicanos'],
  ['ars', 'peso', 'argentine argentinian argentinische argentinischen argentin argentins argentinos'],
  ['clp', 'peso', 'chilean chilenische chilenischen chilien chiliens chilenos'],
  ['php', 'peso', 'philippine filipino'],
  ['ils', 'shekel', 'israeli'],
  ['huf', 'forint', 'hungarian'],
  ['myr', 'ringgit', 'malaysian'],
  ['aed', 'dirham', 'uae emirati'],
];

/** Signs, and names of one word. Nouns that several countries use for their own money (peso, crown, dinar) are left out. */
const SINGLE = `$=usd us$=usd buck=usd bucks=usd €=eur euro=eur euros=eur евро=eur £=gbp sterling=gbp quid=gbp ¥=jpy rmb=cny ₹=inr ₩=krw ₺=try ₽=rub
  naira=ngn nairas=ngn rupiah=idr hryvnia=uah hryvnias=uah гривня=uah гривень=uah taka=bdt satoshi=sats satoshis=sats sat=sats`;
/** Nouns that mean one currency by themselves, unless somebody says whose. "libra", "livre" and "lire" are other words, too. */
const ALONE: Readonly<Partial<Record<keyof typeof NOUNS, string>>> = {
  dollar: 'usd',
  pound: 'gbp',
  franc: 'chf',
  yen: 'jpy',
  yuan: 'cny',
  rupee: 'inr',
  won: 'krw',
  real: 'brl',
  lira: 'try',
  ruble: 'rub',
  zloty: 'pln',
  rand: 'zar',
  baht: 'thb',
  shekel: 'ils',
  forint: 'huf',
  ringgit: 'myr',
};
const NOT_ALONE = new Set(['libra', 'livre', 'lire', 'lires', 'franco']);
/** Whose money in two words: "new zealand dollars", "south african rand". */
const TWO_WORDS: Readonly<Record<string, string>> = {
  'new zealand': 'kiwi',
  'hong kong': 'hongkong',
  'united states': 'us',
  'south african': 'african',
  'south korean': 'korean',
  'sri lankan': 'lankan',
};
const MOST_WORDS = 3;

const MONEY: ReadonlyMap<string, string> = new Map(moneyNames());
/** The first words of names of several words: most words of a line begin none. */
const FIRST_WORDS: ReadonlySet<string> = new Set(
  MONEY.keys()
    .filter((name) => name.includes(' '))
    .map((name) => name.slice(0, name.indexOf(' '))),
);

function* moneyNames(): Generator<[string, string]> {
  for (const pair of SINGLE.trim().split(/\s+/)) yield pair.split('=') as [string, string];
  for (const [noun, code] of Object.entries(ALONE))
    for (const word of NOUNS[noun as keyof typeof NOUNS].split(' ')) if (!NOT_ALONE.has(word)) yield [word, code];
  for (const [code, noun, whose] of NAMED)
    for (const one of NOUNS[noun].split(' '))
      for (const owner of whose.split(' ')) {
        for (const name of [`${owner} ${one}`, `${one} ${owner}`, `${owner}-${one}`]) yield [name, code];
        for (const [long, short] of Object.entries(TWO_WORDS)) if (short === owner) yield [`${long} ${one}`, code];
      }
}

/** The code that a sign or name stands for, lower case; undefined when it is none. `text`: lower case, with or without accents. */
export function moneyWord(text: string): string | undefined {
  return MONEY.get(text) ?? (isAscii(text) ? undefined : MONEY.get(withoutAccents(text)));
}

function isAscii(text: string): boolean {
  return !/[^ -~]/.test(text);
}

function withoutAccents(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '');
}

/** The same row with the name of a currency ("swiss francs") as one token of its code. `known`: the codes that the market can quote in. */
export function joinCurrencies(tokens: readonly Token[], known: ReadonlySet<string>): Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const name = nameAt(tokens, at, known);
    const token = tokens[at];
    if (name !== null) joined.push({ raw: name.code, word: name.code });
    else if (token !== undefined) joined.push(token);
    at += (name?.length ?? 1) - 1;
  }
  return joined;
}

function nameAt(
  tokens: readonly Token[],
  from: number,
  known: ReadonlySet<string>,
): { code: string; length: number } | null {
  const first = tokens[from]?.word ?? '';
  if (!FIRST_WORDS.has(first) && (isAscii(first) || !FIRST_WORDS.has(withoutAccents(first)))) return null;
  for (let length = Math.min(MOST_WORDS, tokens.length - from); length >= 2; length--) {
    const words = tokens.slice(from, from + length).map(({ word }) => word);
    const code = moneyWord(words.join(' '));
    if (code !== undefined && known.has(code)) return { code, length };
  }
  return null;
}
