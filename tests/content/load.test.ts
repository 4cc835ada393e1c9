// The loader reports every planted problem of every file in one error, each with path, field and remedy.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import { COIN, faqFile as faq, problemsIn } from './files.ts';

let folder = '';
const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'content-'));
  mkdirSync(path.join(folder, 'coins'));
  mkdirSync(path.join(folder, 'faq'));
  write('coins/alpha-coin.md', COIN);
  write('faq/one.md', faq('one', 'two'));
  write('faq/two.md', faq('two', 'one'));
  write('faq/three.md', faq('three', 'one').replace(', three]', ', two]'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const problemsOf = (): readonly string[] => problemsIn(folder);

it('sound files become structured prose', () => {
  const { coins, faq: entries } = loadContent(folder);
  const coin = coins.get('alpha-coin');
  expect(coin?.sections).toEqual([
    { id: 'what', title: 'What ALP is', paragraphs: [['One sentence.', { kind: 'cite', tag: 'A' }]] },
    {
      id: 'how-it-works',
      title: 'How it works',
      paragraphs: [['It works by ', { kind: 'code', text: 'code' }, ': ', { kind: 'placeholder', name: 'price' }, '.']],
    },
    { id: 'use-cases', title: 'Use cases', paragraphs: [['• First'], ['• ', { kind: 'bold', text: 'Second' }]] },
    {
      id: 'tradeoffs',
      title: 'Tradeoffs and criticism',
      paragraphs: [['See ', { kind: 'link', text: 'the site', href: 'https://example.org' }, '.']],
    },
  ]);
  expect(coin?.questions[0]?.answer).toEqual([['It is ', { kind: 'bold', text: 'fine' }, '.']]);
  expect(coin?.aliases).toEqual([]);
  expect([...entries.keys()]).toEqual(['one', 'three', 'two']);
});

it('every planted problem is reported at once', () => {
  write(
    'coins/alpha-coin.md',
    COIN.replace('order: 1', 'order: 1\ncolour: red')
      .replace('maxSupply: 21000000', 'maxSupply: many')
      .replace('value: "2020", asOf: 2026-01-31, sources: [A]', 'value: "2020", asOf: 2026-02-30, sources: []')
      .replace('url: "https://example.org" }', 'url: "http://example.org" }')
      .replace('reviewed: 2026-11-22\n', ''),
  );
  write(
    'coins/beta-coin.md',
    COIN.replace('name: Alpha', 'name: Beta')
      .replace('ALP', 'BET')
      .replace('tagline:', 'aliases: [bet]\nrelated: [beta-coin, gone]\ntagline:')
      .replace(
        'title: Source A, url: "https://example.org/a" }',
        'title: A, url: "https://example.org/a" }\n  B: { title: B, url: "https://example.org/b" }',
      )
      .replace('sentence.[^A]', 'sentence.[^Z]')
      .replace('faq: [one]', 'faq: [none]')
      .replace('## Use cases', '## Uses'),
  );
  write('coins/Notes.txt', 'x');
  write(
    'faq/one.md',
    faq('one', 'two', `# Title\n\n${'word '.repeat(81)}\n\n> quote\n\n*soft* <br> [x](javascript:alert(1))`),
  );
  write('faq/two.md', faq('two', 'one', '{{prise}}, \u202Eleft and {{broken').replace('First two?', 'First  ONE!'));
  write('faq/three.md', 'no front matter');
  write('faq/four.md', faq('four', 'one', '').replace('tags: [test]', 'tags: [test\n'));
  write('faq/five.md', faq('five', 'one', 'Cited.[^A]').replace('Second five?', 'Hid\u200bden?'));
  const problems = problemsOf();
  const wanted = [
    /^coins\/alpha-coin\.md › colour: unknown key — /,
    /^coins\/alpha-coin\.md › maxSupply: .+ — /,
    /^coins\/alpha-coin\.md › facts\[0\]\.asOf: is not a date — write YYYY-MM-DD/,
    /^coins\/alpha-coin\.md › facts\[0\]\.sources: .+ — give at least 1/,
    /^coins\/alpha-coin\.md › track\[0\]\.url: is not an https address — /,
    /^coins\/alpha-coin\.md › reviewed: is missing — add it/,
    /^coins\/Notes\.txt: is not a content file — /,
    /^coins\/beta-coin\.md › body: sections are "What ALP is".+ — use exactly "What BET is"/,
    /^coins\/beta-coin\.md › aliases\[0\]: look-up word "bet" is taken/,
    /^coins\/beta-coin\.md › related\[0\]: points at itself — /,
    /^coins\/beta-coin\.md › related\[1\]: "gone" does not exist — /,
    /^coins\/beta-coin\.md › faq\[0\]: "none" does not exist — /,
    /^coins\/beta-coin\.md › sources\.B: is never used — /,
    /^faq\/one\.md › body: heading is not allowed/,
    /^faq\/one\.md › body: has \d+ words — cut it to 80/,
    /^faq\/one\.md › body: blockquote is not allowed/,
    /^faq\/one\.md › body: em is not allowed/,
    /^faq\/one\.md › body: html is not allowed/,
    /^faq\/one\.md › body: link to "javascript:alert\(1\)" is not https — /,
    /^faq\/two\.md › body: unknown placeholder \{\{prise\}\} — /,
    /^faq\/two\.md › body: has an invisible or control character — /,
    /^faq\/two\.md › body: unfinished placeholder/,
    /^faq\/two\.md › aliases\[0\]: question "First {2}ONE!" is taken by faq\/one\.md › aliases\[0\] — /,
    /^faq\/three\.md: has no front matter — /,
    /^faq\/four\.md › front matter: .+ — correct the YAML/,
    /^faq\/five\.md › aliases\[1\]: has an invisible or control character — /,
  ];
  const notOnce = wanted.filter((pattern) => problems.filter((problem) => pattern.test(problem)).length !== 1);
  expect(notOnce).toEqual([]);
  // Only the first-line problems of an unreadable file: links to it are not reported as missing.
  expect(problems.filter((problem) => problem.includes('"three" does not exist'))).toEqual([]);
});

it('list items keep their bullets or numbers', () => {
  write('faq/one.md', faq('one', 'two', '3. First\n4. **Second**\n\nThen.\n\n- Third'));
  expect(loadContent(folder).faq.get('one')?.answer).toEqual([
    ['3. First'],
    ['4. ', { kind: 'bold', text: 'Second' }],
    ['Then.'],
    ['• Third'],
  ]);
});

it('an entry names a source; only one about the bot itself may go without', () => {
  const bare = faq('one', 'two').replace(/sources:\n.+\n/u, 'sources: []\n');
  write('faq/one.md', bare);
  expect(problemsOf()).toEqual(['faq/one.md › sources: names no source — give at least 1']);
  write('faq/one.md', bare.replace('tags: [test]', 'tags: [bot]'));
  expect(loadContent(folder).faq.get('one')?.sources).toEqual([]);
});

it('a missing folder is a problem, not a crash', () => {
  rmSync(path.join(folder, 'faq'), { recursive: true });
  expect(problemsOf()[0]).toMatch(/^faq: the folder cannot be read — /);
});

it('front matter of code and foreign names does nothing', () => {
  write('faq/five.md', faq('five', 'one').replace('tags:', "run: !!js/function 'function () {}'\ntags:"));
  write('faq/six.md', faq('six', 'one').replace('tags:', '__proto__: { admin: true }\ntags:'));
  const problems = problemsOf();
  for (const file of ['five', 'six'])
    expect(
      problems.some((problem) => problem.startsWith(`faq/${file}.md`)),
      file,
    ).toBe(true);
  expect('admin' in {}).toBe(false);
});
