// `npm run faq-check` as the pipeline runs it, in a copy of the project whose phrasings can be changed.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');
const copy = mkdtempSync(path.join(tmpdir(), 'faq-check-'));
for (const part of ['src', 'training', 'package.json'])
  cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true });
symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const check = () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['training/check.ts'], {
    cwd: copy,
    encoding: 'utf8',
  });
  return { status, text: `${stdout}${stderr}` };
};

it('a stale model ends with exit code 1, the kind of file that was changed, and the remedy', () => {
  appendFileSync(path.join(copy, 'training/phrasings/block-time.txt'), 'how often does one block follow another\n');
  const { status, text } = check();
  expect(status).toBe(1);
  expect(text).toMatch(
    /^src\/faq\/model\.bin is stale\. Changed since it was learned: .*phrasings \(training\/phrasings\)/u,
  );
  expect(text).toContain('Remedy: npm run faq-train');
});
