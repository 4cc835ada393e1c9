// What models say about lines that they have not seen: the only honest ground to learn confidence from.
import { mulberry32 } from '../../src/base/hash.ts';
import type { Reading } from '../../src/faq/features.ts';
import type { Phrasing } from '../data.ts';
import { TRAINING } from '../inputs.ts';
import type { LabelledQuestion } from '../score.ts';
import type { Core, Judged } from './calibrate.ts';
import { judge } from './calibrate.ts';
import { fitLogistic } from './logistic.ts';

type Line = Phrasing & { readonly reading: Reading };

/**
 * Each part of the lines is judged by a model of the other parts.
 * @param asked people's questions: those among the lines are judged for the last calibration instead
 * @param learn a model of some of the lines
 * @returns weights by signal, learned from the phrasings, and the judged questions
 */
export function judgeUnseen(
  lines: readonly Line[],
  asked: readonly LabelledQuestion[],
  learn: (part: readonly Line[]) => Core,
  progress: (text: string) => void,
): { weights: number[]; asked: Judged[] } {
  const random = mulberry32(7);
  const folds = lines.map(() => Math.floor(random() * TRAINING.folds));
  const accepted = new Map(asked.map(({ query, accept }) => [query, accept]));
  const phrasings: (Judged & { readonly importance: number })[] = [];
  const questions: Judged[] = [];
  for (let fold = 0; fold < TRAINING.folds; fold++) {
    const core = learn(lines.filter((_, at) => folds[at] !== fold));
    for (const { text, reading, label } of lines.filter((_, at) => folds[at] === fold)) {
      const { signals, best } = judge(core, reading);
      const accept = accepted.get(text);
      if (accept !== undefined) questions.push({ signals, isRight: accept.includes(best) });
      else phrasings.push({ signals, isRight: best === label, importance: importance(label) });
    }
    progress(`fold ${fold + 1} of ${TRAINING.folds}`);
  }
  const weights = fitLogistic(
    phrasings.map(({ signals }) => signals),
    phrasings.map(({ isRight }) => isRight),
    1,
    phrasings.map((line) => line.importance),
  );
  return { weights, asked: questions };
}

/**
 * The entries' lines count less than those to be refused: many of them are harder than what members ask, and would teach
 * needless doubt in the entry instead of an eye for what is foreign.
 */
function importance(label: string): number {
  return label.startsWith('none/') ? 1 : TRAINING.entryImportance;
}
