// The modes of the program, as its help and its complaints about what was typed show them.
import { AppError } from './base/errors.ts';

export const MODES = `Usage: node src/main.mjs [mode]. Settings: README.md, or .env.example.
  start                    the bot (without a mode, too)
  demo                     the same with sample data
  ask <question>           one answer; --json, --platform discord or slack, --demo
  backup [file or folder]  a copy of the SQLite database, also while the bot runs
  restore <file>           a backup in the place of the database
  move <postgres://…>      from SQLite to PostgreSQL; move undo goes back
  forget person|place …    what is stored about somebody, shown and removed
  slack-manifest           what a new Slack app is made from
`;

/** How many words each may have after its name. */
const MOST_WORDS: Readonly<Record<string, number>> = {
  start: 0,
  demo: 0,
  ask: Infinity,
  backup: 1,
  restore: 1,
  move: 1,
  forget: 5,
  'slack-manifest': 0,
};

/** The word help alone, or one of its flags anywhere: `npm run demo -- --help`. */
export function isForHelp(words: readonly string[]): boolean {
  return words[0] === 'help' || words.includes('--help') || words.includes('-h');
}

/** A word that is no address with a password, and nothing that a terminal obeys. */
const PLAIN_WORD = /^[\w-]{1,40}$/;

/** Nothing that was typed is dropped silently. The words stay out of the message: one may be an address with a password. @throws AppError */
export function checkWords(mode: string, rest: readonly string[]): void {
  const most = Object.hasOwn(MOST_WORDS, mode) ? MOST_WORDS[mode] : undefined;
  if (most === undefined) {
    const what = PLAIN_WORD.test(mode) ? `There is no mode "${mode}".` : 'That is no mode.';
    throw new AppError('usage', `${what}\n${MODES}`.trimEnd());
  }
  if (rest.length <= most) return;
  const allowed = most === 0 ? 'no words' : most === 1 ? 'one word at most' : `${most} words at most`;
  const given = rest.length === 1 ? '1 was' : `${rest.length} were`;
  throw new AppError('usage', `"${mode}" takes ${allowed}, and ${given} given.\n${MODES}`.trimEnd());
}
