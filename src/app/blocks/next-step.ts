// Lists that somebody was led to who wants to change one of them: how that is typed.
import type { Block } from '../card.ts';
import type { ArgSpec } from '../command.ts';
import { withCode } from '../error-card.ts';

export const NEXT_STEP = {
  type: 'choice',
  description: 'What the asker wants to do with one of them',
  choices: ['delete', 'pause', 'resume'],
  hidden: true,
} as const satisfies ArgSpec;

/** Nothing stands under an empty list. `group`: of the commands; `length`: of the list. */
export function nextStep(group: string, verb: string | undefined, length: number): Block[] {
  if (verb === undefined || length === 0) return [];
  return [{ kind: 'note', spans: withCode(`Type \`/${group} ${verb} 1\`, with its number from this list.`) }];
}
