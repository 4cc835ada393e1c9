// Answers a question from the FAQ, or says honestly that it is not sure and names the nearest entries.
import { confidenceSignals, rankCandidates, toConfidence } from './faq-confidence.ts';
import { createReader } from './faq-features.ts';
import type { Reading } from './faq-features.ts';
import { createFaqIndex } from './faq-index.ts';
import type { Hit } from './faq-index.ts';
import type { Lexicon } from './faq-lexicon.ts';
import { isWord, loadLexicon } from './faq-lexicon.ts';
import { loadFaqModel } from './faq-model-file.ts';
import type { FaqModel } from './faq-model.ts';
import { predict } from './faq-model.ts';
import { normaliseText } from './faq-normalise.ts';
import type { FaqEntry } from './schema.ts';
import { createSpeller } from './faq-spelling.ts';

const SUGGESTIONS = 3;

export type FaqResult = {
  /** Null when the bot is not sure enough. */
  readonly answer: FaqEntry | null;
  /** Probability from 0 to 1 that the best entry answers the message. */
  readonly confidence: number;
  /** The three best entries, best first (the answer, when given, is the first); empty when nothing was asked. */
  readonly suggestions: readonly FaqEntry[];
  /** Why this entry, in short phrases for people. */
  readonly why: readonly string[];
};

export type FaqSearch = {
  /** Answers any text; pure, and bounded in time for hostile input. */
  ask(text: string): FaqResult;
  /** Autocomplete over questions: at most `limit` entries, the first ones when nothing is typed yet. */
  complete(prefix: string, limit: number): FaqEntry[];
  byId(id: string): FaqEntry | undefined;
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
  const exact = exactQuestions(byId.values());
  const learned = new Set(model.labels);

  function rank(reading: Reading, hits: readonly Hit[]): Ranked[] {
    const prediction = predict(model, reading);
    const candidates = rankCandidates(prediction, (label) => byId.has(model.labels[label] ?? ''));
    const best = toConfidence(model.confidence, confidenceSignals(model, prediction, reading, lexicon));
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

  function ask(text: string): FaqResult {
    const reading = reader.read(text);
    if (reading.words.length === 0) return { answer: null, confidence: 0, suggestions: [], why: ['no words in it'] };
    const hits = index.nearest(reading.stems);
    const ranked = rank(reading, hits);
    const same = exact.get(reading.words.join(' '));
    if (same !== undefined) {
      const others = ranked.map(({ entry }) => entry).filter((entry) => entry !== same);
      return {
        answer: same,
        confidence: 1,
        suggestions: [same, ...others].slice(0, SUGGESTIONS),
        why: ['the same question'],
      };
    }
    const confidence = ranked[0]?.confidence ?? 0;
    const suggestions = ranked.slice(0, SUGGESTIONS).map(({ entry }) => entry);
    const answer = confidence >= model.threshold ? (suggestions[0] ?? null) : null;
    return { answer, confidence, suggestions, why: explain(reading, hits, suggestions[0], lexicon) };
  }

  return { ask, complete: (prefix, limit) => index.complete(prefix, limit), byId: (id) => byId.get(id) };
}

/** Questions and aliases as plain words; the first entry that claims a wording keeps it. */
function exactQuestions(entries: Iterable<FaqEntry>): Map<string, FaqEntry> {
  const exact = new Map<string, FaqEntry>();
  for (const entry of entries) {
    for (const title of [entry.question, ...entry.aliases]) {
      const key = normaliseText(title).split(' ').filter(isWord).join(' ');
      if (!exact.has(key)) exact.set(key, entry);
    }
  }
  return exact;
}

function explain(reading: Reading, hits: readonly Hit[], best: FaqEntry | undefined, lexicon: Lexicon): string[] {
  const shared = hits.find(({ entry }) => entry === best)?.shared ?? [];
  const names = reading.concepts.map((concept) => lexicon.names[concept] ?? '');
  const topics = names.filter((name) => !/^[xq]-/u.test(name));
  const warnings = names.filter((name) => name.startsWith('x-')).map((name) => name.slice(2));
  return [
    ...(shared.length > 0 ? [`words in common: ${shared.slice(0, 8).join(', ')}`] : []),
    ...(topics.length > 0 ? [`topics: ${topics.slice(0, 6).join(', ')}`] : []),
    ...(warnings.length > 0 ? [`perhaps about something else: ${warnings.join(', ')}`] : []),
  ];
}
