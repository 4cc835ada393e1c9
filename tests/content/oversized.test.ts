// Content files that would blow up: each is a problem that names the file, at once, and the others are checked all the same.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { COIN, faqFile, problemsIn } from './files.ts';

let folder = '';
const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'content-'));
  for (const room of ['coins', 'faq']) mkdirSync(path.join(folder, room));
  write('coins/alpha-coin.md', COIN);
  write('faq/one.md', faqFile('one', 'two'));
  write('faq/two.md', faqFile('two', 'one'));
  write('faq/three.md', faqFile('three', 'one').replace(', three]', ', two]'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const problemsOf = (): readonly string[] => problemsIn(folder);

/** Lines of which each holds the one before `width` times. */
const laughs = (lines: number, width: number) =>
  Array.from({ length: lines }, (_, at) => {
    const held = at === 0 ? 'ha' : `*a${at - 1}`;
    return `a${at}: &a${at} [${Array.from({ length: width }, () => held).join(', ')}]`;
  }).join('\n');
const inFrontMatter = (yaml: string) => COIN.replace('order: 1', `order: 1\n${yaml}`);

it.each([
  ['aliases that double', laughs(40, 2)],
  ['a billion laughs', laughs(9, 10)],
  ['aliases as merged keys', `${laughs(30, 2)}\nm: { <<: { x: *a29 } }`],
])('%s are refused before anything walks them', (_, yaml) => {
  write('coins/alpha-coin.md', inFrontMatter(yaml));
  expect(problemsOf()).toContainEqual(
    expect.stringMatching(/^coins\/alpha-coin\.md › front matter: holds more than 10000 values — /),
  );
});

it('an alias inside what it names, nesting, and a list without end of the shared facts', () => {
  write('coins/alpha-coin.md', inFrontMatter('loop: &loop [*loop]'));
  write('faq/one.md', faqFile('one', 'two').replace('tags: [test]', `tags: ${'['.repeat(5000)}${']'.repeat(5000)}`));
  write('facts.yaml', laughs(40, 2));
  const problems = problemsOf();
  for (const start of ['coins/alpha-coin.md › front matter: is nested', 'faq/one.md › front matter: ', 'facts.yaml'])
    expect(
      problems.some((problem) => problem.startsWith(start)),
      start,
    ).toBe(true);
});

it.each([
  ['quotes in quotes', '>'.repeat(20_000)],
  ['stars', '*a'.repeat(6_000)],
  ['endless prose', 'word '.repeat(7_000)],
  ['lists in lists', Array.from({ length: 150 }, (_, at) => `${' '.repeat(at * 2)}- a`).join('\n')],
])('a body of %s is refused as too long, or as what it is, with the name of its file', (_, body) => {
  write('faq/one.md', faqFile('one', 'two', body));
  expect(problemsOf()).toContainEqual(expect.stringMatching(/^faq\/one\.md/));
});

it('a chain of aliases that is deeper than the stack: keys that are numbers are walked from the last to the first', () => {
  const deep = Array.from({ length: 140 }, (_, at) => {
    const inner = at === 0 ? 'x' : `*d${at - 1}`;
    return `${999 - at}: &d${at} ${'['.repeat(90)}${inner}${']'.repeat(90)}`;
  });
  write('coins/alpha-coin.md', inFrontMatter(deep.join('\n')));
  expect(problemsOf()).toContainEqual(expect.stringMatching(/^coins\/alpha-coin\.md › front matter: is nested /));
});

it('one source under two names is what aliases are for', () => {
  const source = '{ title: Source A, url: "https://example.org/a" }';
  const named = COIN.replace(`A: ${source}`, `A: &a ${source}`).replace('track:', 'track:\n  - *a');
  write('coins/alpha-coin.md', named);
  expect(problemsOf()).toEqual([]);
});
