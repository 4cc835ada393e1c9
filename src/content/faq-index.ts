// A plain word index over the entries: serves autocomplete, entries that the model has not learned yet, and explanations.
import MiniSearch from 'minisearch';
import { isWord } from './faq-lexicon.ts';
import { normaliseText } from './faq-normalise.ts';
import type { FaqEntry } from './schema.ts';
import { stem } from './faq-stem.ts';

/** How many entries the inverted index hands on to anything slower. */
const MAX_CANDIDATES = 50;
/** Terms of a query that are looked up; long messages say the same with their first rare words. */
const MAX_TERMS = 32;

export type Hit = {
  readonly entry: FaqEntry;
  /** 0 (no word in common) to 1 (same words as the question or an alias), rare words counting more. */
  readonly similarity: number;
  /** Stems that message and entry have in common. */
  readonly shared: readonly string[];
};

export type FaqIndex = {
  /** Entries nearest to these stems by words alone, best first. */
  nearest(stems: readonly string[]): Hit[];
  /** Entries whose question continues what was typed, best first. */
  complete(prefix: string, limit: number): FaqEntry[];
};

export function createFaqIndex(entries: readonly FaqEntry[]): FaqIndex {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const search = new MiniSearch<FaqEntry>({
    fields: ['question', 'aliases', 'tags', 'answer'],
    extractField: (entry, field) => (field === 'id' ? entry.id : fieldText(entry, field)),
    tokenize: toWords,
    processTerm: stem,
    searchOptions: { boost: { question: 3, aliases: 3, tags: 2 } },
  });
  search.addAll(entries);
  const rarity = countRarity(entries);
  const titles = new Map<string, string[][]>();
  const titleStems = (entry: FaqEntry) => {
    const known = titles.get(entry.id);
    if (known !== undefined) return known;
    const made = [entry.question, ...entry.aliases].map((title) => toWords(title).map(stem));
    titles.set(entry.id, made);
    return made;
  };
  function nearest(stems: readonly string[]): Hit[] {
    const terms = [...new Set(stems)].slice(0, MAX_TERMS);
    const found = search.search(terms.join(' '), { tokenize: (text) => text.split(' '), processTerm: (term) => term });
    const hits = found.slice(0, MAX_CANDIDATES).flatMap(({ id, terms: shared }) => {
      const entry = byId.get(id as string);
      return entry === undefined ? [] : [{ entry, shared, similarity: closest(terms, titleStems(entry), rarity) }];
    });
    return hits.toSorted((a, b) => b.similarity - a.similarity);
  }
  return { nearest, complete: (prefix, limit) => complete(search, byId, prefix, limit) };
}

function fieldText(entry: FaqEntry, field: string): string {
  if (field === 'question') return entry.question;
  if (field === 'aliases') return entry.aliases.join(' . ');
  if (field === 'tags') return entry.tags.join(' . ');
  return entry.answer
    .flat()
    .map((span) => (typeof span === 'string' ? span : 'text' in span ? span.text : ''))
    .join(' ');
}

function toWords(text: string): string[] {
  return normaliseText(text).split(' ').filter(isWord);
}

/** Inverse document frequency of stems over questions and aliases. */
function countRarity(entries: readonly FaqEntry[]): (stem: string) => number {
  const counts = new Map<string, number>();
  for (const { question, aliases } of entries) {
    for (const word of new Set(toWords([question, ...aliases].join(' . ')).map(stem)))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return (word) => Math.log(1 + (entries.length + 1) / (counts.get(word) ?? 0.5));
}

/** Weighted overlap (shared over all words) with the nearest title. */
function closest(
  terms: readonly string[],
  titles: readonly (readonly string[])[],
  rarity: (stem: string) => number,
): number {
  const weigh = (words: Iterable<string>) => [...words].reduce((sum, word) => sum + rarity(word), 0);
  const asked = new Set(terms);
  return Math.max(
    0,
    ...titles.map((title) => {
      const words = new Set(title);
      return weigh(words.intersection(asked)) / Math.max(1e-9, weigh(words.union(asked)));
    }),
  );
}

function complete(
  search: MiniSearch<FaqEntry>,
  byId: ReadonlyMap<string, FaqEntry>,
  prefix: string,
  limit: number,
): FaqEntry[] {
  const typed = prefix.slice(0, 100).trim().toLowerCase();
  if (typed === '') return [...byId.values()].slice(0, limit);
  const starting = [...byId.values()].filter(({ question }) => question.toLowerCase().startsWith(typed));
  const found = search.search(typed, {
    fields: ['question', 'aliases', 'tags'],
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    combineWith: 'AND',
  });
  const matching = found.flatMap(({ id }) => byId.get(id as string) ?? []);
  return [...new Set([...starting, ...matching])].slice(0, limit);
}
