// What a model is learned from: the constants of the training, and fingerprints of all its inputs by kind, to tell whether a model is current.
import { createHash } from 'node:crypto';
import type { FaqEntry } from '../src/content/schema.ts';
import { createReader, gramFeatures, wordFeatures } from '../src/faq/features.ts';
import { parseLexicon, readLexicon } from '../src/faq/language/lexicon.ts';
import { createSpeller } from '../src/faq/language/spelling.ts';
import { OTHER_COINS, readTerms, TERM_QUESTIONS, TWIN_SHARE } from './augment.ts';
import type { Phrasing } from './data.ts';
import { countVocabulary, readTitles, readWrittenPhrasings } from './data.ts';
import type { LabelledQuestion } from './score.ts';
import { LEARNED_SETS, QUESTION_SETS, readQuestions } from './score.ts';

/** What the training was tuned to: see where each is used. */
export const TRAINING = {
  /** Parts into which the phrasings are cut, so that confidence is learned from lines that the model has not seen. */
  folds: 3,
  fit: { epochs: 8, rate: 0.5, decay: 1e-5, seed: 1 },
  /** Confidence from which to answer: two thirds would maximise (right + rightly refused − 2 × wrong); above it because a wrong answer costs trust: see decision 8. */
  threshold: 0.81,
  /** What an entry's line counts beside a line that is to be refused, when confidence is learned. */
  entryImportance: 0.35,
};

/** Everything that a model is learned from. */
export type Inputs = {
  /** Questions and aliases of the entries. */
  readonly titles: readonly Phrasing[];
  /** `training/phrasings`. */
  readonly written: readonly Phrasing[];
  /** Terms that an entry explains: `training/terms.txt`. */
  readonly terms: readonly Phrasing[];
  /** Entries whose phrasings may name another coin. */
  readonly comparing: ReadonlySet<string>;
  /** The lexicon's file as text. */
  readonly lexicon: string;
  /** Question sets that only the last calibration fits. */
  readonly questions: readonly LabelledQuestion[];
  /** Question sets that are learned like phrasings, and fitted by the last calibration with models that have not seen them. */
  readonly asked: readonly LabelledQuestion[];
};

/** Fingerprints by kind of input; the kind says where to look. */
export type Fingerprints = Readonly<Record<string, string>>;

/** The inputs as they are in the files now. */
export function readInputs(entries: readonly FaqEntry[]): Inputs {
  return {
    titles: readTitles(entries),
    written: readWrittenPhrasings(),
    terms: readTerms(),
    comparing: new Set(entries.filter(({ comparesCoins }) => comparesCoins).map(({ id }) => id)),
    lexicon: readLexicon(),
    questions: QUESTION_SETS.flatMap(readQuestions),
    asked: LEARNED_SETS.flatMap(readQuestions),
  };
}

const QUESTIONS = 'question sets (training/questions)';
const READING = 'reading of messages (src/faq/features.ts, src/faq/language)';

/** Answers, tags, dates and sources are no input: they can change without training. */
export function fingerprint(inputs: Inputs): Fingerprints {
  return {
    'questions and aliases (src/content/faq)': hash(inputs.titles),
    'comparesCoins (src/content/faq)': hash([...inputs.comparing].toSorted()),
    'phrasings (training/phrasings)': hash(inputs.written),
    'terms (training/terms.txt)': hash(inputs.terms),
    'lexicon (src/faq/language/lexicon.txt)': hash(inputs.lexicon),
    [QUESTIONS]: hash([inputs.questions, inputs.asked]),
    'constants (training/inputs.ts, training/augment.ts)': hash([TRAINING, OTHER_COINS, TWIN_SHARE, TERM_QUESTIONS]),
    [READING]: hash(readingSample(inputs.questions)),
  };
}

/** Kinds of input that differ, also those that only one side knows. */
export function changedInputs(learned: Fingerprints, now: Fingerprints): string[] {
  const kinds = [...new Set([...Object.keys(now), ...Object.keys(learned)])];
  const changed = kinds.filter((kind) => learned[kind] !== now[kind]);
  // The sample is taken from the question sets: when those are others, nothing is known about the reading.
  return changed.includes(QUESTIONS) ? changed.filter((kind) => kind !== READING) : changed;
}

/** What is made of real messages, with no lexicon and no other words than theirs: only changes when the code does. */
function readingSample(questions: readonly LabelledQuestion[]): unknown {
  const texts = questions.map(({ query }) => query);
  const reader = createReader(parseLexicon(''), createSpeller(countVocabulary(texts, 2)));
  return texts.map((text) => {
    const reading = reader.read(text);
    return [wordFeatures(reading), gramFeatures(reading)];
  });
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
