// YAML of a content file as plain values, with bounds: a file that would blow up is a problem with its name, not a start that hangs.
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { Problems } from './problems.ts';

/**
 * Most values of one file, those behind an alias counted again wherever it stands. Aliases are shared when they are read, but everything
 * after that walks and copies: twenty lines that double would be a million values. The largest shipped file has some 300.
 */
const MOST_VALUES = 10_000;
/** Levels inside each other, aliases followed. Shipped files have four. */
const DEEPEST = 100;

/** The value of `text`, {} when it is unusable; what is wrong is added to `problems`, which name `at`, the file. */
export function readYaml(text: string, at: string, problems: Problems): unknown {
  const parsed = parse(text);
  if ('problem' in parsed) {
    problems.add(at, 'front matter', parsed.problem, 'correct the YAML');
    return {};
  }
  const count = countValues(parsed.value, new Map(), DEEPEST);
  if (count <= MOST_VALUES) return parsed.value;
  const what = Number.isFinite(count)
    ? `holds more than ${MOST_VALUES} values`
    : `is nested more than ${DEEPEST} deep, or holds itself`;
  problems.add(at, 'front matter', what, 'write out what the aliases (*) stand for');
  return {};
}

function parse(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: load(text, { schema: CORE_SCHEMA }) }; // dates stay text; nesting is at most 100 deep
  } catch (error) {
    const problem = error instanceof YAMLException ? error.message.split('\n')[0] : String(error);
    return { problem: problem ?? 'is not YAML' };
  }
}

/** Values of `value` as a walk without memory would meet them, each looked at once; infinite where one holds itself, or below `levels`. */
function countValues(value: unknown, known: Map<object, number>, levels: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  if (levels === 0) return Number.POSITIVE_INFINITY;
  const counted = known.get(value);
  if (counted !== undefined) return counted;
  known.set(value, Number.POSITIVE_INFINITY); // until it is counted: met again inside itself
  let count = 1;
  for (const inner of Object.values(value)) count += countValues(inner, known, levels - 1);
  known.set(value, count);
  return count;
}
