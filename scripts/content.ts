// `npm run content`: checks profiles, FAQ entries and phrasings alone, in a few seconds; all problems at once, each with file, field and remedy.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { ContentError } from '../src/base/errors.ts';
import { loadContent } from '../src/content/load.ts';
import { dueForReview } from '../src/content/review.ts';
import type { Content } from '../src/content/schema.ts';
import { phrasingProblems, readPhrasingInputs } from '../training/phrasing-rules.ts';

const FOLDER = path.join(import.meta.dirname, '../src/content');

/**
 * When a file below `folder` was changed last, epoch ms: by its last commit, or by the file system when it has changes that
 * are not committed or git does not know it. (A fresh clone gives all files the time of the clone.)
 */
export function lastChanges(folder: string): (file: string) => number {
  const committed = new Map<string, number>();
  let time = 0;
  for (const line of git(folder, ['log', '--format=@%ct', '--name-only', '--relative', '--', '.'])) {
    if (line.startsWith('@')) time = Number(line.slice(1)) * 1000;
    else if (!committed.has(line)) committed.set(line, time);
  }
  for (const changed of git(folder, ['diff', '--name-only', '--relative', 'HEAD', '--', '.']))
    committed.delete(changed);
  return (file) => committed.get(file) ?? statSync(path.join(folder, file)).mtimeMs;
}

/** Lines of a git command's output; none where git or a repository is missing. */
function git(folder: string, words: readonly string[]): string[] {
  try {
    const output = execFileSync('git', words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return output.split('\n').filter((line) => line !== '');
  } catch {
    return [];
  }
}

/** One line for each text that is past its review on `today` (YYYY-MM-DD), the longest overdue first. */
export function reviewLines(content: Content, today: string): string[] {
  return dueForReview(content, today).map(
    ({ at, due, days }) => `review due since ${due} (${days} ${days === 1 ? 'day' : 'days'}): ${at}`,
  );
}

/** Prints what is wrong; true when nothing is. */
function check(): boolean {
  const problems: string[] = [];
  try {
    const content = loadContent(FOLDER, lastChanges(FOLDER));
    const { coins, faq } = content;
    const inputs = readPhrasingInputs([...faq.values()]);
    problems.push(...phrasingProblems(inputs));
    const bare = [...faq.keys()].filter((id) => inputs.written.every(({ label }) => label !== id));
    if (problems.length === 0) console.log(`${coins.size} coins and ${faq.size} FAQ entries: no problems`);
    for (const line of reviewLines(content, new Date().toISOString().slice(0, 10))) console.log(line);
    if (bare.length > 0) console.log(`without phrasings, so only found by their own words: ${bare.join(', ')}`);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    problems.push(...error.problems.map((problem) => `src/content/${problem}`));
  }
  for (const problem of problems) console.error(`✖ ${problem}`);
  if (problems.length > 0) console.error(`${problems.length} problem(s)`);
  return problems.length === 0;
}

if (import.meta.main) process.exitCode = check() ? 0 : 1;
