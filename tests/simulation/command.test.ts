// `npm run simulate`, `npm run soak` and `npm run faq-eval` with words that they cannot use: they end with 1 and say which, and have judged nothing.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');

it.each([
  ['scripts/simulate.ts', '--seeds x', '--seeds, --from and --workers are whole numbers above 0'],
  ['scripts/simulate.ts', '--seeds 0', '--seeds, --from and --workers are whole numbers above 0'],
  ['scripts/simulate.ts', '--seeds 1 --planted no-lok-up', '--planted is one of post-then-mark, '],
  ['scripts/soak.ts', '--seconds ten', '--seconds is a number above 0'],
  ['training/evaluate.ts', '--erors', 'Usage: npm run faq-eval [-- --errors] [file.jsonl]'],
])('%s %s', async (script, words, said) => {
  const end = promisify(execFile)(process.execPath, [script, ...words.split(' ')], { cwd: ROOT, timeout: 30_000 });
  await expect(end).rejects.toMatchObject({ code: 1, stdout: '' });
  const { stderr } = (await end.catch((error: unknown) => error)) as { stderr: string };
  expect(stderr).toContain(said);
});
