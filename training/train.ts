// Learns the FAQ model from the phrasings and writes src/faq/model.bin (`npm run faq-train`, one to two minutes when nothing else runs).
import { writeFileSync } from 'node:fs';
import { mulberry32 } from '../src/base/hash.ts';
import type { Reading } from '../src/faq/features.ts';
import { createReader, gramFeatures, wordFeatures } from '../src/faq/features.ts';
import { lexiconForms, parseLexicon } from '../src/faq/language/lexicon.ts';
import { encodeFaqModel, FAQ_MODEL_FILE } from '../src/faq/model-file.ts';
import type { FaqModel } from '../src/faq/classifier.ts';
import { wordingHash } from '../src/faq/classifier.ts';
import { stem } from '../src/faq/language/stem.ts';
import { createSpeller } from '../src/faq/language/spelling.ts';
import { loadContent } from '../src/content/load.ts';
import { CONTENT_FOLDER, countVocabulary, distinct } from './data.ts';
import type { Phrasing } from './data.ts';
import type { Inputs } from './inputs.ts';
import { fingerprint, readInputs, TRAINING } from './inputs.ts';
import { otherCoinTwins } from './augment.ts';
import type { Core } from './confidence/calibrate.ts';
import { calibrate, judge } from './confidence/calibrate.ts';
import { fitLogistic } from './confidence/logistic.ts';
import { countUsage, trainLayer } from './pack.ts';

type Read = Phrasing & { readonly reading: Reading };

function learn(inputs: Inputs): FaqModel {
  const phrasings = distinct([...inputs.titles, ...inputs.written]);
  const lines = [...phrasings, ...otherCoinTwins(phrasings, inputs.comparing)];
  const texts = phrasings.map(({ text }) => text);
  const vocabulary = countVocabulary(texts, 2);
  const reader = createReader(parseLexicon(inputs.lexicon), createSpeller(vocabulary));
  const read = lines.map((line) => ({ ...line, reading: reader.read(line.text) }));
  progress(`read ${lines.length} phrasings`);
  const labels = [...new Set(lines.map(({ label }) => label))].toSorted();
  const core = learnCore(read, labels);
  progress(`learned ${labels.length} labels`);
  const confidence = calibrate(core, learnConfidence(read, labels), inputs.questions, reader);
  progress('calibrated');
  const wordings = knownWordings(read, labels);
  const stems = Object.fromEntries(countVocabulary([...texts, ...lexiconForms()], 1).map((word) => [word, stem(word)]));
  return {
    ...core,
    wordings,
    vocabulary,
    stems,
    confidence,
    threshold: TRAINING.threshold,
    inputs: fingerprint(inputs),
  };
}

function learnCore(lines: readonly Read[], labels: readonly string[]): Core {
  const numbers = lines.map(({ label }) => labels.indexOf(label));
  const options = { ...TRAINING.fit, labels: labels.length };
  const features = lines.map(({ reading }) => wordFeatures(reading));
  const words = trainLayer(features, numbers, options);
  const grams = trainLayer(
    lines.map(({ reading }) => gramFeatures(reading)),
    numbers,
    options,
  );
  return { labels, words, grams, usage: countUsage(words.dictionary, features, numbers, labels.length) };
}

/** Labels by wording; a wording under two labels proves nothing and is left out. */
function knownWordings(lines: readonly Read[], labels: readonly string[]): Map<number, number> {
  const wordings = new Map<number, number>();
  const disputed = new Set<number>();
  for (const { reading, label } of lines) {
    const hash = wordingHash(reading);
    const number = labels.indexOf(label);
    if ((wordings.get(hash) ?? number) !== number) disputed.add(hash);
    wordings.set(hash, number);
  }
  for (const hash of disputed) wordings.delete(hash);
  return wordings;
}

/**
 * Weights of the confidence signals, from predictions for lines that the predicting model has not seen. The entries' lines
 * count less than those to be refused: many of them are harder than what members ask, and would teach needless doubt in
 * the entry instead of an eye for what is foreign.
 */
function learnConfidence(lines: readonly Read[], labels: readonly string[]): number[] {
  const random = mulberry32(7);
  const folds = lines.map(() => Math.floor(random() * TRAINING.folds));
  const rows: number[][] = [];
  const isRight: boolean[] = [];
  const importance: number[] = [];
  for (let fold = 0; fold < TRAINING.folds; fold++) {
    const core = learnCore(
      lines.filter((_, at) => folds[at] !== fold),
      labels,
    );
    for (const { reading, label } of lines.filter((_, at) => folds[at] === fold)) {
      const { signals, best } = judge(core, reading);
      rows.push(signals);
      isRight.push(best === label);
      importance.push(label.startsWith('none/') ? 1 : TRAINING.entryImportance);
    }
    progress(`fold ${fold + 1} of ${TRAINING.folds}`);
  }
  return fitLogistic(rows, isRight, 1, importance);
}

function progress(text: string): void {
  console.error(`${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${text}`);
}

const entries = [...loadContent(CONTENT_FOLDER).faq.values()];
const file = encodeFaqModel(learn(readInputs(entries)));
writeFileSync(FAQ_MODEL_FILE, file);
progress(`wrote model.bin, ${(file.length / 2 ** 20).toFixed(2)} MiB`);
