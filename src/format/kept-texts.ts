// Formatted figures and dates of late: a card says one figure up to three times, and many people ask for a coin between two of its prices.
import { LRUCache } from 'lru-cache';
import { atMost } from '../base/cache/at-most.ts';

/** The figures of some 200 cards; 1 MiB at most. */
const MOST_TEXTS = 5000;

const texts = new LRUCache<string, string>(atMost(MOST_TEXTS));

/** The text of a form, made when it is not at hand. `form` must name all that the text depends on besides the figures. */
export function keptText(form: string, figures: readonly number[], make: () => string): string {
  let key = form;
  for (const figure of figures) key += ` ${Object.is(figure, -0) ? '-0' : figure}`; // zeros of both signs are two texts
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = make();
  texts.set(key, text);
  return text;
}
