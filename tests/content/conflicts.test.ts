// Two files that claim the same: the one that was changed last is named, whatever the alphabet says.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastChanges } from '../../scripts/content.ts';
import { ContentError } from '../../src/base/errors.ts';
import { loadContent } from '../../src/content/load.ts';

const SHIPPED = path.join(import.meta.dirname, '../../src/content');
const AT = Date.parse('2026-11-01T00:00:00Z');
const NEW = 'coins/aaa-coin.md';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'content-'));
  cpSync(SHIPPED, folder, { recursive: true });
  for (const file of ['coins/near.md', 'coins/the-graph.md']) touch(file, AT);
  const coin = readFileSync(path.join(folder, 'coins/near.md'), 'utf8');
  writeFileSync(path.join(folder, NEW), coin.replace(/^name: .*$/mu, 'name: Aaa Coin'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function touch(file: string, at: number): void {
  utimesSync(path.join(folder, file), at / 1000, at / 1000);
}

/** Problems with the place in the list and with questions. */
function conflicts(changedAt?: (file: string) => number): string[] {
  try {
    loadContent(folder, changedAt);
  } catch (error) {
    if (error instanceof ContentError) return error.problems.filter((problem) => /place|question "/u.test(problem));
    throw error;
  }
  return [];
}

it('a new coin that takes a place and questions of an older one is at fault', () => {
  const found = conflicts();
  expect(found).toContainEqual(
    expect.stringMatching(
      /^coins\/aaa-coin\.md › order: place "2" is taken by coins\/near\.md › order — take .+ \d+$/u,
    ),
  );
  expect(found.length).toBeGreaterThan(1);
  expect(found.filter((problem) => !problem.startsWith(NEW))).toEqual([]);
});

it('an old coin that was moved to a taken place is at fault', () => {
  touch(NEW, AT - 1000);
  expect(conflicts()).toContainEqual(
    expect.stringMatching(/^coins\/near\.md › order: place "2" is taken by coins\/aaa-/u),
  );
});

it('of files of the same age the later one in the alphabet is named', () => {
  expect(conflicts(() => 0)).toContainEqual(expect.stringMatching(/^coins\/near\.md › order/u));
});

describe('git knows better than the file system', () => {
  const git = (words: readonly string[], day = '2026-10-01') =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words], {
      cwd: folder,
      stdio: 'pipe',
      env: { PATH: process.env['PATH'], GIT_COMMITTER_DATE: `${day}T00:00:00Z` },
    });

  it('a file has the time of its commit, changed and new ones that of the file system', () => {
    git(['init', '-q']);
    for (const [file, day] of [
      ['coins/near.md', '2026-10-01'],
      ['coins/the-graph.md', '2026-10-02'],
    ] as const) {
      git(['add', file]);
      git(['commit', '-q', '-m', file], day);
    }
    const committed = lastChanges(folder);
    expect(committed('coins/near.md')).toBe(Date.parse('2026-10-01T00:00:00Z'));
    expect(committed('coins/the-graph.md')).toBe(Date.parse('2026-10-02T00:00:00Z'));
    touch(NEW, AT + 1000);
    expect(committed(NEW)).toBe(AT + 1000);
    writeFileSync(path.join(folder, 'coins/near.md'), 'edited');
    touch('coins/near.md', AT + 2000);
    expect(lastChanges(folder)('coins/near.md')).toBe(AT + 2000);
  });

  it('without a repository the file system is asked', () => {
    expect(lastChanges(folder)('coins/near.md')).toBe(AT);
  });
});
