// The words that the text grammar must know: currencies of the market and coins of the index.
import type { Vocabulary } from './parse-text.ts';
import type { Services } from '../services.ts';

export function vocabularyOf(services: Services): Vocabulary {
  return {
    isCurrency: (word) => services.market.currencies().includes(word),
    isCoin: (text) => text.length <= 60 && services.content.index().resolve(text).kind === 'exact',
    isZone: (word) =>
      word.length <= 40 &&
      services.digests.zones(word, 5).some((zone) => zone.toLowerCase().split('/').at(-1) === word.toLowerCase()),
  };
}
