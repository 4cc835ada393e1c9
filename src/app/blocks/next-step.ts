// Lists of alerts and digests: their pages, and how a change of one of them is typed.
import type { Block, Button } from '../card.ts';
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

export const PAGE = { type: 'number', description: 'Page of the list', hidden: true } as const satisfies ArgSpec;

/** More lines than this do not fit one message on every platform. */
const PAGE_LINES = 20;

/** A part of a list; a page that is not there any more is the last one. `first`: how many stand before it; `command` turns the pages. */
export function pageOf<T>(
  all: readonly T[],
  wanted: number,
  { command, args = {} }: { command: string; args?: Record<string, string> },
): { first: number; items: readonly T[]; turn: readonly Block[] } {
  const pages = Math.max(1, Math.ceil(all.length / PAGE_LINES));
  const page = Math.min(Math.max(1, Math.floor(wanted)), pages);
  const first = (page - 1) * PAGE_LINES;
  const to = (label: string, other: number): Button[] =>
    other < 1 || other > pages ? [] : [{ label, invocation: { command, args: { ...args, page: String(other) } } }];
  const buttons = [...to('Previous', page - 1), ...to('Next', page + 1)];
  const last = Math.min(first + PAGE_LINES, all.length);
  return {
    first,
    items: all.slice(first, last),
    turn:
      buttons.length === 0
        ? []
        : [
            { kind: 'note', spans: [`${first + 1}–${last} of ${all.length}`] },
            { kind: 'buttons', buttons },
          ],
  };
}
