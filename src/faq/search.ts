// Answers a question from the FAQ, or says honestly that it is not sure and names the nearest entries.
import { atOnce, type Pieces } from '../base/turns.ts';
import { confidenceSignals, rankCandidates, toConfidence } from './confidence.ts';
import { createReader } from './features.ts';
import type { Reader, Reading } from './features.ts';
import { isFollowUp } from './follow-up.ts';
import { faqIndexInPieces } from './keyword-index.ts';
import type { Hit } from './keyword-index.ts';
import type { Lexicon } from './language/lexicon.ts';
import { lexiconInPieces } from './language/lexicon.ts';
import { loadFaqModel } from './model-file.ts';
import type { FaqModel } from './classifier.ts';
import { predict, wordingHash } from './classifier.ts';
import type { FaqEntry } from '../content/schema.ts';
import type { ForeignLanguage } from './language/detect.ts';
import { detectLanguage } from './language/detect.ts';
import { readForeign } from './language/foreign.ts';
import type { Glossary } from './language/glossary.ts';
import { loadGlossary } from './language/glossary.ts';
import { normaliseText } from './language/normalise.ts';
import { createSpeller } from './language/spelling.ts';
import { askingSentences, pastedCode } from './sentences.ts';

const SUGGESTIONS = 3;
/** Entries less likely than this are not suggested: none is better than three absurd ones. On the question sets it leaves four of five refused messages from outside without any, and costs two in a hundred of the useful ones. */
const SUGGESTION_FLOOR = 0.02;
/** Tags of an entry that stand for its topic: the first ones name it, later ones its neighbours. */
const TOPIC_TAGS = 2;
/** What links a follow-up to the answer before it, and says nothing once the topic is named. */
const LINKS = new Set(['and', 'so', 'but', 'ok', 'then', 'it']);
/** A follow-up is known to be ours, so less confidence will do. */
const FOLLOW_UP_THRESHOLD = 0.75;
/** "Was ist Bittensor", "bittensor nedir" in English: a question for one thing is whole with its one word. */
const WHAT_IS = /^what is (?:an? )?(\S+)$/u;
/** Concepts that any shop or bank has, too: alone they do not make a message in another language one of ours. */
const GENERAL =
  /^(?:[xq]-.*|buy|sell|cost|fee|price|send|exchange|withdraw|count|per-day|tax|risk|scam|reward|start|choose|create-subnet|site|help|hardware|register|recover|supply|profit|split|wallet|key|own-wallet|track|popular|block)$/u;
/** Names of the whole, which say nothing about the question. */
const OURS = /^(?:[xq]-.*|tao|bittensor)$/u;
/** Words that must survive of a message in another language before it is answered. */
const MIN_SURVIVORS = 2;
/** Unknown words beside each known one from which such a message says something else. */
const MOST_UNREAD = 0.5;

export type FaqResult = {
  /** Null when the bot is not sure enough. */
  readonly answer: FaqEntry | null;
  /** What a second question of the same message asked, when the bot is sure of that, too. */
  readonly also: FaqEntry | null;
  /** Probability from 0 to 1 that the best entry answers the message. */
  readonly confidence: number;
  /** Up to three entries, best first (the answer, when given, is the first); empty when none is near or nothing was asked. */
  readonly suggestions: readonly FaqEntry[];
  /** The question's words in lower case without mentions, emoji and links: the form in which gaps are counted. */
  readonly normalised: string;
  /** Set when the message is written in another language than English. */
  readonly language: ForeignLanguage | null;
};

export type FaqSearch = {
  /**
   * Answers any text; pure, and bounded in time for hostile input.
   * @param previous the entry that the asker was answered with before: what a message without a topic goes on from
   */
  ask(text: string, previous?: FaqEntry): FaqResult;
  /** Autocomplete over questions: at most `limit` entries, the first ones when nothing is typed yet. */
  complete(prefix: string, limit: number): FaqEntry[];
};

type Ranked = { readonly entry: FaqEntry; readonly confidence: number };
/** What one text says by itself. */
type Judged = Pick<FaqResult, 'answer' | 'confidence' | 'suggestions'>;

const NOTHING: Judged = { answer: null, confidence: 0, suggestions: [] };

/** Entries that `model` has not learned are found by their words alone, and answered only when nearly all of them agree. */
export function createFaqSearch(
  entries: Iterable<FaqEntry>,
  model: FaqModel = loadFaqModel(),
  lexicon?: Lexicon,
): FaqSearch {
  return atOnce(faqSearchInPieces(entries, model, lexicon));
}

/** The same in pieces. */
export function* faqSearchInPieces(entries: Iterable<FaqEntry>, model: FaqModel, given?: Lexicon): Pieces<FaqSearch> {
  const byId = new Map(Array.from(entries, (entry) => [entry.id, entry]));
  const index = yield* faqIndexInPieces([...byId.values()]);
  const speller = createSpeller(model.vocabulary);
  yield;
  const lexicon = given ?? (yield* lexiconInPieces());
  const reader = createReader(lexicon, speller);
  const titles = yield* byTitle(byId.values(), reader);
  const learned = new Set(model.labels);
  let readGlossary: Glossary | null = null;
  const glossary = (): Glossary => (readGlossary ??= loadGlossary());

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
    return label.startsWith('none/') ? null : byId.get(label);
  }

  function judge(reading: Reading): Judged {
    if (reading.words.length === 0) return NOTHING;
    const ranked = rank(reading, index.nearest(reading.stems));
    const known = knownWording(reading);
    const first = known ? [{ entry: known, confidence: 1 }] : [];
    const near = [...first, ...ranked].filter(({ confidence }) => confidence >= SUGGESTION_FLOOR);
    const suggestions = [...new Set(near.map(({ entry }) => entry))].slice(0, SUGGESTIONS);
    if (known === null) return { answer: null, confidence: 0, suggestions }; // a known question outside the FAQ
    const { confidence } = first[0] ?? ranked[0] ?? NOTHING;
    return { answer: confidence >= model.threshold ? (suggestions[0] ?? null) : null, confidence, suggestions };
  }

  /** An English message as a whole; pasted code is read when nothing else in it names a topic. */
  function judgeWhole(text: string): Judged {
    const reading = reader.read(text);
    const code = hasTopic(reading) ? '' : pastedCode(text);
    if (code === '') return judge(reading);
    const whole = reader.read(`${plainWords(text)} ${code}`);
    return hasTopic(whole) ? judge(whole) : judge(reading);
  }

  /** A message of several sentences: those that ask are also scored on their own. The first answer counts, the next is offered. */
  function judgeSentences(text: string): Judged & { readonly also: FaqEntry | null } {
    const whole = judgeWhole(text);
    const answers = askingSentences(text).flatMap((sentence) => {
      const reading = reader.read(sentence);
      const judged = isFollowUp(reading) ? NOTHING : judge(reading);
      return judged.answer === null ? [] : [judged];
    });
    const distinct = new Map(answers.map((judged) => [judged.answer, judged]));
    const [first, second] = distinct.values();
    const best = whole.answer === null || second !== undefined ? (first ?? whole) : whole;
    return { ...best, also: second?.answer ?? null };
  }

  /** "And how long does it take?": asked about the first tags of the entry before, and never answered with that entry again. */
  function judgeFollowUp(reading: Reading, previous: FaqEntry | undefined): Judged {
    if (previous === undefined) return NOTHING;
    const topic = previous.tags.slice(0, TOPIC_TAGS).join(' ');
    const judged = judge(reader.read(`${topic} ${reading.words.filter((word) => !LINKS.has(word)).join(' ')}`));
    const suggestions = judged.suggestions.filter((entry) => entry !== previous);
    const answer = judged.confidence >= FOLLOW_UP_THRESHOLD ? (judged.suggestions[0] ?? null) : null;
    return { ...judged, answer: answer === previous ? null : answer, suggestions };
  }

  /** What survives of a message in another language: the words that we know and that are not its everyday words. */
  function judgeForeign(text: string, language: ForeignLanguage): Judged {
    if (knownWording(reader.read(text)) === null) return NOTHING;
    const { words, unread } = readForeign(glossary().translate(normaliseText(text)), language, speller.knows);
    const survivors = reader.read(words.join(' '));
    const known = knownWording(survivors);
    if (known === null) return NOTHING;
    const isWhole = unread === 0 && (known !== undefined || WHAT_IS.test(words.join(' ')));
    const { concepts } = survivors;
    const isAnybodys = concepts.every((name) => GENERAL.test(name)) || concepts.every((name) => OURS.test(name));
    if (isAnybodys && !isWhole) return NOTHING;
    const judged = judge(survivors);
    const isRead = isWhole || (words.length >= MIN_SURVIVORS && unread <= words.length * MOST_UNREAD);
    return isRead ? judged : { ...judged, answer: null, confidence: judged.confidence / 2 };
  }

  function ask(text: string, previous?: FaqEntry): FaqResult {
    const language = detectLanguage(text);
    const normalised = plainWords(text);
    if (language !== null) return { ...judgeForeign(text, language), also: null, normalised, language };
    const reading = reader.read(text);
    const isTopicless = isFollowUp(reading) && pastedCode(text) === '' && !knownWording(reading);
    const judged = isTopicless ? { ...judgeFollowUp(reading, previous), also: null } : judgeSentences(text);
    return { ...judged, normalised, language };
  }

  return { ask, complete: (prefix, limit) => index.complete(prefix, limit) };
}

/** False when no word of a message belongs to our domain. */
function hasTopic({ concepts }: Reading): boolean {
  return concepts.some((name) => !/^[xq]-/u.test(name));
}

/** Words only: punctuation marks and the stand-in for links are no part of a question. */
function plainWords(text: string): string {
  return normaliseText(text)
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && word !== 'urltoken')
    .join(' ');
}

/** Entries by question and alias, as plain words; the first entry that claims a wording keeps it. */
function* byTitle(entries: Iterable<FaqEntry>, reader: Reader): Pieces<Map<string, FaqEntry>> {
  const titles = new Map<string, FaqEntry>();
  for (const entry of entries) {
    for (const title of [entry.question, ...entry.aliases]) {
      const key = reader.read(title).words.join(' ');
      if (!titles.has(key)) titles.set(key, entry);
    }
    yield;
  }
  return titles;
}
