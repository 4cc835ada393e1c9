// Collects what is wrong in the content files, one line each: path › field: problem — remedy.
import type { z } from 'zod';

export type Problems = {
  /** `field` may be empty when the whole file is meant. */
  readonly add: (path: string, field: string, what: string, remedy: string) => void;
  readonly addIssue: (path: string, issue: z.core.$ZodIssue) => void;
  readonly list: readonly string[];
};

/** An empty list of problems for one run of the loader. */
export function createProblems(): Problems {
  const list: string[] = [];
  const add: Problems['add'] = (path, field, what, remedy) => {
    list.push(`${path}${field === '' ? '' : ` › ${field}`}: ${what} — ${remedy}`);
  };
  const addIssue: Problems['addIssue'] = (path, issue) => {
    const field = fieldName(issue.path);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        add(path, [field, key].filter(Boolean).join('.'), 'unknown key', 'remove it or correct its spelling');
      }
      return;
    }
    const [what, remedy] = describe(issue);
    add(path, field, what, remedy);
  };
  return { add, addIssue, list };
}

/** Schema messages may carry their own remedy after a dash; zod's own messages get one here. */
function describe(issue: z.core.$ZodIssue): [what: string, remedy: string] {
  const [what = '', remedy] = issue.message.split(' — ');
  if (remedy !== undefined) return [what, remedy];
  if (issue.code === 'invalid_type' && what.endsWith('undefined')) return ['is missing', `add it (${issue.expected})`];
  if (issue.code === 'invalid_value') return ['is not a known value', `use one of: ${issue.values.join(', ')}`];
  if (issue.code === 'too_small') return [what, `give at least ${issue.minimum}`];
  if (issue.code === 'too_big') return [what, `give at most ${issue.maximum}`];
  return [what, 'correct the value'];
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, '');
}
