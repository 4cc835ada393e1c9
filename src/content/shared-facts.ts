// Facts that several texts state: kept once in facts.yaml, put in for `{{fact:id}}` at start, and watched for texts that contradict them.
import type { Problems } from './problems.ts';
import type { SharedFact } from './schema.ts';

/** Puts facts into texts while files are read. `at` and `field` say where a problem stands. */
export type FactFiller = {
  /** The text with facts put in; an unknown id is a problem. */
  readonly fill: (text: string, at: string, field: string) => string;
  /** The same for every string inside `value`, which is what YAML gives: texts, numbers, lists and mappings. */
  readonly fillAll: (value: unknown, at: string, field?: string) => unknown;
  /** Adds a problem for each fact that no text has asked for. */
  readonly reportUnused: () => void;
};

/** Where the shared facts are kept, below the content folder. */
export const FACTS_FILE = 'facts.yaml';

const MARK = /\{\{fact:([^{}]*)\}\}/gu;

export function createFactFiller(facts: ReadonlyMap<string, SharedFact>, problems: Problems): FactFiller {
  const used = new Set<string>();
  const fill: FactFiller['fill'] = (text, at, field) =>
    text.replace(MARK, (_, id: string) => {
      const fact = facts.get(id);
      if (fact === undefined) {
        problems.add(at, field, `there is no fact "${id}"`, `correct the id or add the fact to ${FACTS_FILE}`);
        return id;
      }
      used.add(id);
      return fact.value;
    });
  const fillAll: FactFiller['fillAll'] = (value, at, field = '') => {
    if (typeof value === 'string') return fill(value, at, field);
    if (Array.isArray(value)) return value.map((item, index) => fillAll(item, at, `${field}[${index}]`));
    if (typeof value !== 'object' || value === null) return value;
    const filled = Object.entries(value).map(([key, item]) => [
      key,
      fillAll(item, at, field === '' ? key : `${field}.${key}`),
    ]);
    return Object.fromEntries(filled);
  };
  return {
    fill,
    fillAll,
    reportUnused: () => {
      for (const id of facts.keys())
        if (!used.has(id)) problems.add(FACTS_FILE, id, 'is never used', `write {{fact:${id}}} in a text or remove it`);
    },
  };
}

/** Stands in a watched phrase for "some value": a date, a number, or a number in words. */
const VALUE_SLOT = '<value>';

const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';
const WORDS = ['half a', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const VALUE = `(?:\\d{1,2} (?:${MONTHS}) \\d{4}|\\d[\\d,]*(?:\\.\\d+)?(?: million|M\\b)?|\\b(?:${WORDS.join('|')})\\b)`;

export type Contradiction = { readonly at: string; readonly fact: string; readonly says: string };

/** Texts that give another value where a fact's `also` phrases expect its own; `at` names the text. */
export function findContradictions(
  facts: Iterable<SharedFact>,
  texts: readonly { readonly at: string; readonly text: string }[],
): Contradiction[] {
  return Array.from(facts).flatMap((fact) => {
    const right = valuesOf(fact);
    return texts.flatMap(({ at, text }) =>
      watched(fact, text)
        .filter(({ value }) => !right.has(normalise(value)))
        .map(({ says }) => ({ at, fact: fact.id, says })),
    );
  });
}

/** The `also` phrases of a fact that occur in none of the texts: they watch nothing. */
export function idlePhrases(fact: SharedFact, texts: readonly string[]): string[] {
  return fact.also.filter((phrase) => !texts.some((text) => watched({ ...fact, also: [phrase] }, text).length > 0));
}

function watched(fact: SharedFact, text: string): { value: string; says: string }[] {
  return fact.also.flatMap((phrase) => {
    const pattern = new RegExp(phrase.replace(VALUE_SLOT, `(?<value>${VALUE})`), 'giu');
    return Array.from(text.matchAll(pattern), (match) => ({ value: match.groups?.['value'] ?? '', says: match[0] }));
  });
}

/** Every value that stands in the fact or in its other forms. */
function valuesOf({ value, forms }: SharedFact): Set<string> {
  const found = [value, ...forms].flatMap((text) => text.match(new RegExp(VALUE, 'giu')) ?? []);
  return new Set(found.map(normalise));
}

/** "21 million", "21M" and "21,000,000" are one value, so are "four" and "4"; dates compare as written. */
function normalise(value: string): string {
  const text = value.toLowerCase().replaceAll(',', '');
  const word = WORDS.indexOf(text);
  if (word >= 0) return String(word === 0 ? 0.5 : word);
  const [, digits, scale] = /^([\d.]+)( million|m)?$/u.exec(text) ?? [];
  return digits === undefined ? text : String(Number(digits) * (scale === undefined ? 1 : 1e6));
}
