// The coins of the world that are there for what their names and tickers collide with.
import {
  BRIDGED,
  CHAINS,
  LONG_IDS,
  LONG_NAMES,
  MEME_FORMS,
  MEMES,
  NAMESAKES,
  ODD_TICKERS,
  SCRIPTS,
  WORDS,
} from './table.ts';

/** `id` only where the name does not give one. */
export type NamedCoin = { readonly symbol: string; readonly name: string; readonly id?: string };

const WORD_FORMS = ['*', '* Coin', '* Protocol', '*', '* Finance', 'The * Token'] as const;

export function collidingCoins(): NamedCoin[] {
  return [
    ...Object.values(WORDS).flatMap((group) => group.map(wordCoin)),
    ...[...NAMESAKES, ...LONG_NAMES].map(([symbol, name]) => ({ symbol, name })),
    ...SCRIPTS.map(([symbol, name, id]) => ({ symbol, name, id })),
    ...ODD_TICKERS.map((symbol, at) => ({ symbol, name: `Odd ${symbol}`, id: `odd-ticker-${at}` })),
    ...LONG_IDS.map((id, at) => ({ symbol: `fund${at}`, name: `Fund ${at} of Real World Assets`, id })),
    ...BRIDGED.flatMap(([symbol, count]) => CHAINS.slice(0, count).map((chain) => bridged(symbol, chain))),
    ...MEMES.flatMap((meme, at) => memeCoins(meme, at)),
  ];
}

/** Some words are the whole name of their coin, too, and with it the id. */
function wordCoin(word: string, at: number): NamedCoin {
  const form = WORD_FORMS[at % WORD_FORMS.length] ?? '*';
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  return { symbol: word, name: form.replace('*', capital) };
}

function bridged(symbol: string, chain: string): NamedCoin {
  return { symbol, name: `${chain} Bridged ${symbol.toUpperCase()} (${chain})` };
}

/** Between four and all of the forms, all with the meme's own ticker. */
function memeCoins(meme: string, at: number): NamedCoin[] {
  const count = 4 + ((at * 5) % (MEME_FORMS.length - 3));
  return MEME_FORMS.slice(0, count).map((form) => ({ symbol: meme.toLowerCase(), name: form.replace('*', meme) }));
}
