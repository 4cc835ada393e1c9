// The shape of the content files: strict, so that a misspelt key is an error and not a silent gap.
import { z } from 'zod';
import { FALLBACK_IDS } from '../market/fallback/sources.ts';
import { hasHiddenCharacter, isHttpsUrl } from './markdown.ts';
import type { Paragraph } from './prose.ts';

/** Rows of the facts table; a fixed list, so that every renderer and page can find "the founders" of any coin. */
const FACT_IDS = [
  'founded',
  'founders',
  'organisation',
  'live-since',
  'chain',
  'consensus',
  'rewards',
  'block-time',
  'max-supply',
  'halving',
  'smallest-unit',
  'address-format',
  'evm',
] as const;

/** The prose sections of a profile in their order; `heading` gives the exact `##` line for a coin's symbol. */
export const SECTIONS = [
  { id: 'what', heading: (symbol: string) => `What ${symbol} is` },
  { id: 'how-it-works', heading: () => 'How it works' },
  { id: 'use-cases', heading: () => 'Use cases' },
  { id: 'tradeoffs', heading: () => 'Tradeoffs and criticism' },
] as const;

export type SectionId = (typeof SECTIONS)[number]['id'];

/** Longest answer in words: more does not fit a card and is not read in a chat. */
export const MAX_ANSWER_WORDS = 80;

/** Entries with this tag are about the bot itself: it is its own source, so they may name none. */
const OWN_TAG = 'bot';

const Text = z
  .string()
  .min(1)
  .refine((text) => text.trim() === text, 'starts or ends with a space — remove it')
  .refine(
    (text) => !hasHiddenCharacter(text) && !text.includes('\n'),
    'has an invisible or control character — retype the text',
  );
const Id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u, 'is not an id — use lower-case letters, digits and hyphens');
const Day = z
  .string()
  .refine((day) => /^\d{4}-\d{2}-\d{2}$/u.test(day) && isCalendarDay(day), 'is not a date — write YYYY-MM-DD');
const Url = z.string().refine(isHttpsUrl, 'is not an https address — give the full https:// URL');
const LookUpWord = Text.refine(
  (word) => word === word.toLowerCase(),
  'has upper-case letters — write it in lower case',
);
const Tags = z.array(z.string()).min(1);
/** Days after which somebody should look again; left out, the kind of text decides (`review.ts`). */
const ReviewDays = z.number().int().min(90).max(365).optional();

function isCalendarDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

const Source = z.strictObject({ title: Text, url: Url });
export type Source = Readonly<z.infer<typeof Source>>;

/** One row of `facts.yaml`: a fact that more than one text states. `asOf` is the day of the evidence. */
export const SharedFact = z.strictObject({
  id: Id,
  value: Text.regex(/^[^*_`[\]{}<>\\]+$/u, 'has characters that mean something in Markdown — write plain text'),
  /** Other ways to say the same, for example "21 million" beside "21,000,000 TAO". */
  forms: z.array(Text).default([]),
  /** Phrases (regular expressions with one `<value>`) in which any other value would contradict the fact. */
  also: z
    .array(Text.refine(isWatchedPhrase, 'is not a phrase to watch — write a regular expression with one <value>'))
    .default([]),
  asOf: Day,
  source: Source,
});
export type SharedFact = Readonly<z.infer<typeof SharedFact>>;

function isWatchedPhrase(phrase: string): boolean {
  try {
    return phrase.split('<value>').length === 2 && new RegExp(phrase, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

const Fact = z.strictObject({ id: z.enum(FACT_IDS), label: Text, value: Text, asOf: Day, sources: Tags });

const CoinQuestion = z.strictObject({ question: Text, answer: Text, asOf: Day, sources: Tags });

/** Front matter of `coins/<coingecko-id>.md`. */
export const CoinFrontMatter = z.strictObject({
  name: Text,
  symbol: Text.regex(/^[A-Z0-9]{2,12}$/u, 'is not a ticker — use 2 to 12 capital letters or digits'),
  sign: Text.optional(),
  aliases: z.array(LookUpWord).default([]),
  category: Text,
  tagline: Text.max(160, 'is longer than 160 characters — shorten it'),
  order: z.number().int().positive(),
  facts: z.array(Fact).min(1),
  maxSupply: z.number().positive().nullable(),
  sources: z.record(z.string().regex(/^[A-Za-z0-9-]+$/u), Source),
  related: z.array(Id).default([]),
  track: z.array(Source).min(1),
  faq: z.array(Id).default([]),
  questions: z.array(CoinQuestion).default([]),
  symbols: z.partialRecord(z.enum(FALLBACK_IDS), Text),
  reviewed: Day,
  reviewDays: ReviewDays,
});
export type CoinFrontMatter = z.infer<typeof CoinFrontMatter>;

/** Front matter of `faq/<id>.md`. */
export const FaqFrontMatter = z
  .strictObject({
    question: Text,
    aliases: z.array(Text).min(2).max(4),
    /** Questions for this entry may name another coin (comparing, bridging, paying with it); for all others that makes them foreign. */
    comparesCoins: z.literal(true, 'is not true — write true, or leave the line out').optional(),
    tags: z.array(LookUpWord).min(1),
    asOf: Day,
    sources: z.array(Source).max(4),
    related: z.array(Id).min(2).max(3),
    /** The last look at the entry, when that was after `asOf` and brought no newer evidence. */
    reviewed: Day.optional(),
    reviewDays: ReviewDays,
  })
  .refine(({ sources, tags }) => sources.length > 0 || tags.includes(OWN_TAG), {
    path: ['sources'],
    error: 'names no source — give at least 1',
  });
export type FaqFrontMatter = z.infer<typeof FaqFrontMatter>;

/** A prose section of a profile. */
export type Section = { readonly id: SectionId; readonly title: string; readonly paragraphs: readonly Paragraph[] };

/** A question kept inside a coin's profile; `sources` are tags of the coin's own source list. */
type CoinQuestion = {
  readonly question: string;
  readonly answer: readonly Paragraph[];
  readonly asOf: string;
  readonly sources: readonly string[];
};

/** A checked coin profile. `id` is the CoinGecko id, dates are YYYY-MM-DD, `maxSupply` is in whole coins. */
export type Coin = Readonly<Omit<CoinFrontMatter, 'questions'>> & {
  readonly id: string;
  readonly questions: readonly CoinQuestion[];
  readonly sections: readonly Section[];
};

/** A checked FAQ entry. `asOf` is the day of the evidence (YYYY-MM-DD), not of the writing. */
export type FaqEntry = Readonly<FaqFrontMatter> & { readonly id: string; readonly answer: readonly Paragraph[] };

/** Everything the bot knows by heart: coins in listing order by CoinGecko id, FAQ entries and shared facts by id. */
export type Content = {
  readonly coins: ReadonlyMap<string, Coin>;
  readonly faq: ReadonlyMap<string, FaqEntry>;
  /** Already put into the texts; kept to check them. */
  readonly facts: ReadonlyMap<string, SharedFact>;
};
