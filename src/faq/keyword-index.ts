// A plain word index over the entries: serves autocomplete and entries that the model has not learned yet.
import MiniSearch from 'minisearch';
import type { Pieces } from '../base/turns.ts';
import { STOP_WORDS } from './features.ts';
import { isWord } from './language/lexicon.ts';
import { normaliseText } from './language/normalise.ts';
import type { FaqEntry } from '../content/schema.ts';
import { stem } from './language/stem.ts';

/** How many entries the inverted index hands on to anything slower. */
const MAX_CANDIDATES = 50;
/** Terms of a message that are looked up. */
const MAX_TERMS = 32;
/** Places of words that are looked at, the rarest words first: common words find nothing that rare ones do not. */
const MAX_PLACES = 8_000;

export type Hit = {
  readonly entry: FaqEntry;
  /** 0 (no word in common) to 1 (same words as the question or an alias), rare words counting more. */
  readonly similarity: number;
};

export type FaqIndex = {
  /** Entries nearest to these stems by words alone, best first. */
  nearest(stems: readonly string[]): Hit[];
  /** Entries whose question continues what was typed, best first. */
  complete(prefix: string, limit: number): FaqEntry[];
};

type Row = { readonly entry: FaqEntry; readonly titles: readonly ReadonlySet<string>[] };

/** How much a word counts by where it stands in an entry. */
const TITLE_WEIGHT = 3;
const TAG_WEIGHT = 2;
const ANSWER_WEIGHT = 1;

/** Entries read in one piece: a millisecond or two. */
const ENTRIES = 5;

export function* faqIndexInPieces(entries: readonly FaqEntry[]): Pieces<FaqIndex> {
  const rows: Row[] = [];
  const postings: Postings = new Map();
  const search = new MiniSearch<FaqEntry>({ fields: ['question', 'aliases', 'tags'] });
  for (const [at, entry] of entries.entries()) {
    const row = { entry, titles: titlesOf(entry).map(toStems) };
    rows.push(row);
    addPostings(postings, row, at);
    search.add(entry);
    if (at % ENTRIES === 0) yield;
  }
  const rarity = countRarity(rows);
  function nearest(stems: readonly string[]): Hit[] {
    const asked = new Set(stems.slice(0, MAX_TERMS));
    const hits = mostShared(asked, postings, rarity, rows.length).flatMap((at) => {
      const row = rows[at];
      return row === undefined ? [] : [{ entry: row.entry, similarity: closest(asked, row.titles, rarity) }];
    });
    return hits.toSorted((a, b) => b.similarity - a.similarity);
  }
  return { nearest, complete: (prefix, limit) => complete(entries, search, prefix, limit) };
}

function titlesOf(entry: FaqEntry): string[] {
  return [entry.question, ...entry.aliases];
}

function toStems(text: string): Set<string> {
  return new Set(normaliseText(text).split(' ').filter(isWord).map(stem));
}

/** By stem: the rows that hold it, each with its weight. */
type Postings = Map<string, Map<number, number>>;

function addPostings(postings: Postings, { entry, titles }: Row, at: number): void {
  function add(words: Iterable<string>, weight: number): void {
    for (const word of words) {
      const places = postings.get(word) ?? new Map<number, number>();
      if (!places.has(at)) places.set(at, weight);
      postings.set(word, places);
    }
  }
  for (const title of titles) add(title, TITLE_WEIGHT);
  add(toStems(entry.tags.join(' . ')), TAG_WEIGHT);
  const answer = entry.answer.flat().map((span) => (typeof span === 'string' ? span : 'text' in span ? span.text : ''));
  add(toStems(answer.join(' ')), ANSWER_WEIGHT);
}

/** Inverse document frequency of stems over titles. */
function countRarity(rows: readonly Row[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const { titles } of rows) {
    for (const word of new Set(titles.flatMap((title) => [...title]))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return (word) => Math.log(1 + (rows.length + 1) / (counts.get(word) ?? 0.5));
}

function mostShared(
  asked: ReadonlySet<string>,
  postings: ReadonlyMap<string, ReadonlyMap<number, number>>,
  rarity: (word: string) => number,
  size: number,
): number[] {
  const scores = new Float64Array(size);
  const lists = [...asked].flatMap((word) => {
    const places = postings.get(word);
    return places === undefined ? [] : [{ places, weight: rarity(word) }];
  });
  let looked = 0;
  for (const { places, weight } of lists.toSorted((a, b) => a.places.size - b.places.size)) {
    if (looked > 0 && looked + places.size > MAX_PLACES) break;
    looked += places.size;
    for (const [at, place] of places) scores[at] = (scores[at] as number) + weight * place;
  }
  const found = Array.from(scores.keys()).filter((at) => (scores[at] as number) > 0);
  return found.toSorted((a, b) => (scores[b] as number) - (scores[a] as number)).slice(0, MAX_CANDIDATES);
}

/** Weighted overlap (shared over all words, function words aside) with the nearest title. */
function closest(
  asked: ReadonlySet<string>,
  titles: readonly ReadonlySet<string>[],
  rarity: (word: string) => number,
): number {
  const weigh = (words: Iterable<string>) =>
    [...words].reduce((sum, word) => (STOP_WORDS.has(word) ? sum : sum + rarity(word)), 0);
  const overlaps = titles.map((title) => weigh(title.intersection(asked)) / Math.max(1e-9, weigh(title.union(asked))));
  return Math.max(0, ...overlaps);
}

function complete(
  entries: readonly FaqEntry[],
  search: MiniSearch<FaqEntry>,
  prefix: string,
  limit: number,
): FaqEntry[] {
  const typed = prefix.slice(0, 100).trim().toLowerCase();
  if (typed === '') return entries.slice(0, limit);
  const starting = entries.filter(({ question }) => question.toLowerCase().startsWith(typed));
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const options = {
    boost: { question: 3, tags: 2 },
    prefix: true,
    fuzzy: (term: string) => (term.length > 4 ? 0.2 : false),
  };
  const strict = search.search(typed, { ...options, combineWith: 'AND' });
  const found = strict.length > 0 ? strict : search.search(typed, options);
  return [...new Set([...starting, ...found.flatMap(({ id }) => byId.get(id as string) ?? [])])].slice(0, limit);
}
