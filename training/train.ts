// Learns the FAQ model from the phrasings and writes src/faq/model.bin (`npm run faq-train`, about two minutes).
import { writeFileSync } from 'node:fs';
import type { Reading } from '../src/faq/features.ts';
import { isFollowUp } from '../src/faq/follow-up.ts';
import { createReader, gramFeatures, wordFeatures } from '../src/faq/features.ts';
import { lexiconForms, parseLexicon } from '../src/faq/language/lexicon.ts';
import { encodeFaqModel, FAQ_MODEL_FILE } from '../src/faq/model-file.ts';
import type { FaqModel } from '../src/faq/classifier.ts';
import { wordingHash } from '../src/faq/classifier.ts';
import { stem } from '../src/faq/language/stem.ts';
import { createSpeller } from '../src/faq/language/spelling.ts';
import { loadContent } from '../src/content/load.ts';
import { askedPhrasings, CONTENT_FOLDER, countVocabulary, distinct } from './data.ts';
import type { Phrasing } from './data.ts';
import type { Inputs } from './inputs.ts';
import { fingerprint, readInputs, TRAINING } from './inputs.ts';
import { otherCoinTwins, termQuestions } from './augment.ts';
import type { Core } from './confidence/calibrate.ts';
import { calibrate, judge } from './confidence/calibrate.ts';
import type { Bucket } from './confidence/kept.ts';
import { keptConfidence, writeKept } from './confidence/kept.ts';
import { judgeUnseen } from './confidence/unseen.ts';
import { countUsage, trainLayer } from './pack.ts';

type Read = Phrasing & { readonly reading: Reading };

function learn(inputs: Inputs): { model: FaqModel; kept: Bucket[] } {
  const asked = termQuestions(inputs.terms);
  const phrasings = distinct([...inputs.titles, ...asked, ...inputs.written, ...askedPhrasings(inputs.asked)]);
  const lines = [...phrasings, ...otherCoinTwins(phrasings, inputs.comparing)];
  const texts = phrasings.map(({ text }) => text);
  const vocabulary = countVocabulary(texts, 2);
  const reader = createReader(parseLexicon(inputs.lexicon), createSpeller(vocabulary));
  const read = lines.map((line) => ({ ...line, reading: reader.read(line.text) }));
  progress(`read ${lines.length} phrasings`);
  const labels = [...new Set(lines.map(({ label }) => label))].toSorted();
  const core = learnCore(read, labels);
  progress(`learned ${labels.length} labels`);
  const unseen = judgeUnseen(read, inputs.asked, (part) => learnCore(part, labels), progress);
  const questions = inputs.questions.map(({ query, accept }) => {
    const { signals, best } = judge(core, reader.read(query));
    return { signals, isRight: accept.includes(best) };
  });
  const confidence = calibrate(unseen.weights, questions, unseen.asked);
  const kept = keptConfidence(confidence, [...questions, ...unseen.asked]);
  progress('calibrated');
  const wordings = knownWordings(read, labels, new Set(asked.map(({ text }) => text)));
  const stems = Object.fromEntries(countVocabulary([...texts, ...lexiconForms()], 1).map((word) => [word, stem(word)]));
  const { threshold } = TRAINING;
  return { model: { ...core, wordings, vocabulary, stems, confidence, threshold, inputs: fingerprint(inputs) }, kept };
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

/** Fewer words of an entry ("fees"), or such as any follow-up has ("is it safe"), are no proof of what is meant, unless they ask for a term. */
const MIN_WORDING = 3;

/** Labels by wording; a wording under two labels proves nothing and is left out. */
function knownWordings(
  lines: readonly Read[],
  labels: readonly string[],
  terms: ReadonlySet<string>,
): Map<number, number> {
  const wordings = new Map<number, number>();
  const disputed = new Set<number>();
  const unproven = new Set<number>();
  for (const { reading, label } of lines) {
    const hash = wordingHash(reading);
    const number = labels.indexOf(label);
    if ((wordings.get(hash) ?? number) !== number) disputed.add(hash);
    wordings.set(hash, number);
    if (!label.startsWith('none/') && (reading.words.length < MIN_WORDING || isFollowUp(reading))) unproven.add(hash);
  }
  const proven = new Set(lines.flatMap(({ text, reading }) => (terms.has(text) ? [wordingHash(reading)] : [])));
  for (const hash of [...disputed, ...unproven.difference(proven)]) wordings.delete(hash);
  return wordings;
}

function progress(text: string): void {
  console.error(`${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${text}`);
}

const entries = [...loadContent(CONTENT_FOLDER).faq.values()];
const { model, kept } = learn(readInputs(entries));
const file = encodeFaqModel(model);
writeFileSync(FAQ_MODEL_FILE, file);
writeKept(file, kept);
progress(`wrote model.bin, ${(file.length / 2 ** 20).toFixed(2)} MiB`);
