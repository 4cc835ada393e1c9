// Whether the name of a subnet is a name and nothing else: owners choose it, and it must not change what other people's words mean.
import type { Services } from '../../services.ts';
import { COUNTS } from '../numerals/number-names.ts';
import { rangeWord } from '../times/range-words.ts';
import {
  CHART_WORDS,
  COIN_UNITS,
  COMPARE_WORDS,
  currencyWord,
  FILLERS,
  PRICE_WORDS,
  WEAK_PRICE_WORDS,
} from '../words.ts';

type Faq = Services['content']['faq'];

/** `every`: the words of its questions; `subjects`: those that stand in more than one entry. */
type FaqWords = { every: ReadonlySet<string>; subjects: ReadonlySet<string> };

/** What else is said of prices, lists and the bot itself. */
const EVERYDAY = new Set(
  `who how why when where which do does did i we you your our us last past next previous first all any every everything half
  cent cents coin coins token tokens cap alert alerts digest digests`.split(/\s+/),
);
/** A name that begins so is a sentence. */
const SENTENCE =
  /^(?:who|what|how|why|when|where|which|is|are|am|do|does|did|can|could|will|would|should|i|we|you|my|your|our)\b/iu;

/** True when a word of the name belongs to nothing else that people ask about. `now`: epoch ms. */
export function isOwnName(name: string, { faq, currencies, now }: Said): boolean {
  if (rangeWord(name.toLowerCase(), now) !== null) return false;
  const { subjects } = wordsOfFaq(faq);
  return wordsOf(name).some((word) => !subjects.has(word) && !isSaid(word, currencies, now));
}

/** What people speak of beside subnets. */
type Said = { faq: Faq; currencies: ReadonlySet<string>; now: number };

/** "Who runs Bittensor": whoever writes that asks, whatever is called so. */
export function isSentence(name: string): boolean {
  return SENTENCE.test(name.trim());
}

function isSaid(word: string, currencies: ReadonlySet<string>, now: number): boolean {
  return (
    /^\d+$/.test(word) ||
    SETS.some((words) => words.has(word)) ||
    Object.hasOwn(COIN_UNITS, word) ||
    currencyWord(word, currencies) !== null ||
    rangeWord(word, now) !== null
  );
}

const SETS: readonly { has(word: string): boolean }[] = [
  EVERYDAY,
  FILLERS,
  PRICE_WORDS,
  WEAK_PRICE_WORDS,
  CHART_WORDS,
  COMPARE_WORDS,
  COUNTS,
];

const faqWords = new WeakMap<Faq, FaqWords>();

export function wordsOfFaq(faq: Faq): FaqWords {
  const known = faqWords.get(faq);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const { question, aliases, tags } of faq.values())
    for (const word of new Set(wordsOf([question, ...aliases, ...tags].join(' '))))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = {
    every: new Set(counts.keys()),
    subjects: new Set([...counts].flatMap(([word, count]) => (count > 1 ? [word] : []))),
  };
  faqWords.set(faq, words);
  return words;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
