// What sort of question was asked ("how much", "where"): all that is kept of a question whose answer was wrong.

/** `picked`: the entry was chosen from a list. */
export const QUESTION_KINDS = [
  'how much',
  'how long',
  'how',
  'what',
  'when',
  'where',
  'which',
  'who',
  'why',
  'can',
  'picked',
  'other',
] as const;

export type QuestionKind = (typeof QUESTION_KINDS)[number];

const ASKING: readonly (readonly [RegExp, QuestionKind])[] = [
  [/\bhow (?:much|many)\b/u, 'how much'],
  [/\bhow (?:long|often|fast)\b/u, 'how long'],
  [/\b(how|what|when|where|which|who|why)\b/u, 'other'],
  [/\b(?:can|could|may|do|does|did|is|are|should|will)\b/u, 'can'],
];

/** By the first word that asks. `normalised`: see `FaqResult`; words of other languages are of the kind "other". */
export function questionKind(normalised: string): QuestionKind {
  for (const [pattern, kind] of ASKING) {
    const found = pattern.exec(normalised);
    if (found !== null) return QUESTION_KINDS.find((known) => known === found[1]) ?? kind;
  }
  return 'other';
}
