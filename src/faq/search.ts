// Answers a question from the FAQ, or says honestly that it is not sure and names the nearest entries.
import { confidenceSignals, rankCandidates, toConfidence } from './confidence.ts';
import { createReader } from './features.ts';
import type { Reader, Reading } from './features.ts';
import { createFaqIndex } from './keyword-index.ts';
import type { Hit } from './keyword-index.ts';
import type { Lexicon } from './language/lexicon.ts';
import { loadLexicon } from './language/lexicon.ts';
import { loadFaqModel } from './model-file.ts';
import type { FaqModel } from './classifier.ts';
import { predict, wordingHash } from './classifier.ts';
import type { FaqEntry } from '../content/schema.ts';
import { normaliseText } from './language/normalise.ts';
import { createSpeller } from './language/spelling.ts';

const SUGGESTIONS = 3;
/** Shorter phrasings ("fees", "is it safe") are no proof of what is meant. */
const MIN_WORDING = 3;

export type FaqResult = {
  /** Null when the bot is not sure enough. */
  readonly answer: FaqEntry | null;
  /** Probability from 0 to 1 that the best entry answers the message. */
  readonly confidence: number;
  /** The three best entries, best first (the answer, when given, is the first); empty when nothing was asked. */
  readonly suggestions: readonly FaqEntry[];
  /** The question's words in lower case without mentions, emoji and links: the form in which gaps are counted. */
  readonly normalised: string;
};

export type FaqSearch = {
  /** Answers any text; pure, and bounded in time for hostile input. */
  ask(text: string): FaqResult;
  /** Autocomplete over questions: at most `limit` entries, the first ones when nothing is typed yet. */
  complete(prefix: string, limit: number): FaqEntry[];
};

type Ranked = { readonly entry: FaqEntry; readonly confidence: number };

/** Entries that `model` has not learned are found by their words alone, and answered only when nearly all of them agree. */
export function createFaqSearch(
  entries: Iterable<FaqEntry>,
  model: FaqModel = loadFaqModel(),
  lexicon: Lexicon = loadLexicon(),
): FaqSearch {
  const byId = new Map(Array.from(entries, (entry) => [entry.id, entry]));
  const index = createFaqIndex([...byId.values()]);
  const reader = createReader(lexicon, createSpeller(model.vocabulary));
  const titles = byTitle(byId.values(), reader);
  const learned = new Set(model.labels);

  function rank(reading: Reading, hits: readonly Hit[]): Ranked[] {
    const prediction = predict(model, reading);
    const candidates = rankCandidates(prediction, (label) => byId.has(model.labels[label] ?? ''));
    const best = toConfidence(model.confidence, confidenceSignals(model, prediction, reading));
    const top = candidates[0]?.probability ?? 1;
    const known = candidates.flatMap(({ label, probability }) => {
      const entry = byId.get(model.labels[label] ?? '');
      return entry === undefined ? [] : [{ entry, confidence: best * (probability / Math.max(top, 1e-9)) }];
    });
    const unlearned = hits
      .filter(({ entry }) => !learned.has(entry.id))
      .map(({ entry, similarity }) => ({ entry, confidence: similarity ** 2 }));
    return [...known, ...unlearned].toSorted((a, b) => b.confidence - a.confidence);
  }

  /** The entry that is asked for word by word, null when the wording is known to be outside the FAQ. */
  function knownWording(reading: Reading): FaqEntry | null | undefined {
    const title = titles.get(reading.words.join(' '));
    const label = model.labels[model.wordings.get(wordingHash(reading)) ?? -1];
    if (title !== undefined || label === undefined) return title;
    if (label.startsWith('none/')) return null;
    return reading.words.length >= MIN_WORDING ? byId.get(label) : undefined;
  }

  function ask(text: string): FaqResult {
    const reading = reader.read(text);
    const normalised = plainWords(text);
    if (reading.words.length === 0) return { answer: null, confidence: 0, suggestions: [], normalised };
    const hits = index.nearest(reading.stems);
    const ranked = rank(reading, hits);
    const known = knownWording(reading);
    const entries = [...new Set([...(known ? [known] : []), ...ranked.map(({ entry }) => entry)])];
    const suggestions = entries.slice(0, SUGGESTIONS);
    if (known === null) return { answer: null, confidence: 0, suggestions, normalised }; // a known question outside the FAQ
    if (known !== undefined) return { answer: known, confidence: 1, suggestions, normalised };
    const confidence = ranked[0]?.confidence ?? 0;
    return { answer: confidence >= model.threshold ? (entries[0] ?? null) : null, confidence, suggestions, normalised };
  }

  return { ask, complete: (prefix, limit) => index.complete(prefix, limit) };
}

/** Words only: punctuation marks and the stand-in for links are no part of a question. */
function plainWords(text: string): string {
  return normaliseText(text)
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && word !== 'urltoken')
    .join(' ');
}

/** Entries by question and alias, as plain words; the first entry that claims a wording keeps it. */
function byTitle(entries: Iterable<FaqEntry>, reader: Reader): Map<string, FaqEntry> {
  const titles = new Map<string, FaqEntry>();
  for (const entry of entries) {
    for (const title of [entry.question, ...entry.aliases]) {
      const key = reader.read(title).words.join(' ');
      if (!titles.has(key)) titles.set(key, entry);
    }
  }
  return titles;
}

/** The same search, built when the first question comes: the model takes 20 MiB and a fifth of a second. */
export function createFaqOnDemand(entries: () => Iterable<FaqEntry>): FaqSearch {
  let search: FaqSearch | null = null;
  const loaded = (): FaqSearch => (search ??= createFaqSearch(entries()));
  return { ask: (text) => loaded().ask(text), complete: (prefix, limit) => loaded().complete(prefix, limit) };
}
