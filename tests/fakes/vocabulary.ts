// Vocabularies for the reader of text: none at all, and the real readers over any index.
import path from 'node:path';
import { type Vocabulary, vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import type { Services } from '../../src/app/services.ts';
import type { CoinIndex } from '../../src/content/coin-search/coin-index.ts';
import { loadContent } from '../../src/content/load.ts';
import { scheduleReader } from '../../src/digests/schedule/read-schedule.ts';
import { builtinCoins } from '../../src/market/directory/builtin-coins.ts';
import { CURRENCIES } from '../../src/market/currencies.ts';
import { createSampleSubnets } from '../../src/sample/subnets.ts';

export const NO_WORDS: Vocabulary = {
  now: () => Date.parse('2026-11-23T12:00:00Z'),
  currencies: new Set(),
  home: 'usd',
  coin: () => null,
  largest: () => [],
  profiled: () => false,
  topical: () => false,
  mistyped: () => null,
  subnet: () => false,
  onlySubnet: () => null,
  time: () => null,
  zone: () => null,
  days: () => null,
};

/** The real currencies and schedule readers over any index. */
export function vocabularyOver(index: CoinIndex): Vocabulary {
  const { coins, faq } = loadContent(path.join(import.meta.dirname, '../../src/content'));
  const services = {
    market: { currencies: () => CURRENCIES, directory: builtinCoins },
    content: { index: () => index, coins, faq },
    subnets: createSampleSubnets(() => 0),
    digests: { reads: scheduleReader },
    defaults: { currency: 'usd' },
    now: NO_WORDS.now,
  };
  return vocabularyOf(services as unknown as Services);
}
