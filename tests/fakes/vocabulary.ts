// Vocabularies for the reader of text: none at all, and the real index over the world of 18,000 coins.
import path from 'node:path';
import { type Vocabulary, vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import type { Services } from '../../src/app/services.ts';
import { type CoinIndex, createCoinIndex } from '../../src/content/coin-search/coin-index.ts';
import type { CoinInput } from '../../src/content/coin-search/coin-keys.ts';
import { loadContent } from '../../src/content/load.ts';
import { scheduleReader } from '../../src/digests/schedule/read-schedule.ts';
import { CURRENCIES } from '../../src/market/currencies.ts';
import { createSampleSubnets } from '../../src/sample/subnets.ts';
import { coinWorld } from './coin-world.ts';

export const NO_WORDS: Vocabulary = {
  currencies: new Set(),
  home: 'usd',
  coin: () => null,
  profiled: () => false,
  subnet: () => false,
  time: () => null,
  zone: () => null,
  days: () => false,
};

/** The real index, currencies and schedule readers; `more` coins come on top of the world's. */
export function worldVocabulary(more: readonly CoinInput[] = []): Vocabulary {
  const { coins } = loadContent(path.join(import.meta.dirname, '../../src/content'));
  const listed = coinWorld().filter(({ id }) => !coins.has(id));
  const profiled = [...coins.values()].map(({ id, symbol, name, aliases }) => ({
    id,
    symbol,
    name,
    aliases,
    rank: 40,
    profiled: true,
  }));
  const byRank = [...listed, ...more].toSorted((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
  return vocabularyOver(createCoinIndex([...profiled, ...byRank]));
}

/** The same over any index. */
export function vocabularyOver(index: CoinIndex): Vocabulary {
  const { coins, faq } = loadContent(path.join(import.meta.dirname, '../../src/content'));
  const services = {
    market: { currencies: () => CURRENCIES },
    content: { index: () => index, coins, faq },
    subnets: createSampleSubnets(),
    digests: { reads: scheduleReader },
    defaults: { currency: 'usd' },
  };
  return vocabularyOf(services as unknown as Services);
}
