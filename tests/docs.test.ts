// The docs say what the code does: generated tables are up to date, links lead somewhere, and nothing names a machine.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { generated } from '../scripts/docs.ts';

const ROOT = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

it('README tables and .env.example equal the code (npm run docs writes them)', () => {
  for (const [file, text] of Object.entries(generated(read))) expect(read(file), file).toBe(text);
});

it('relative links in the docs exist', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'SECURITY.md',
    'PRIVACY.md',
    ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.join('docs', name)),
  ];
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)/g)]
      .map((match) => path.join(path.dirname(page), match[1] ?? ''))
      .filter((target) => !existsSync(path.join(ROOT, target)))
      .map((target) => `${page} → ${target}`),
  );
  expect(broken).toEqual([]);
});

it('every script of package.json that a page names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'PRIVACY.md'];
  const docs = readdirSync(path.join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  const named = [...pages, ...docs.map((name) => `docs/${name}`)].flatMap((page) =>
    [...read(page).matchAll(/npm run (?:-s )?([a-z-]+)/g)].map((match) => match[1] ?? ''),
  );
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

it('the files that SECURITY.md names exist', () => {
  const named = [...read('SECURITY.md').matchAll(/`((?:src|docs)\/[\w./-]+)`/g)].map((match) => match[1] ?? '');
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

it('the rooms and files that the architecture names exist', () => {
  const files = ['src', 'tests', 'scripts', 'docs'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  const planned =
    /^\| (?:`base\/bounded|`market\/coin-dir|`chain\/subt|`store\/feedback\.ts|`wiring\/gauges|`web\/pages\/style).*?\|/gm;
  const text = read('docs/architecture.md').replaceAll(planned, '|');
  const named = [...text.matchAll(/`((?:[a-z-]+\/)*[a-z-]+\.(?:ts|css|mjs)|(?:[a-z-]+\/)+[a-z-]+)`/g)].map(
    (match) => match[1] ?? '',
  );
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((name) => !files.some((file) => `/${file}`.endsWith(`/${name}`)))).toEqual([]);
});

/** Pages that name tests, with what may stand before or behind a name there. */
const exists = (name: string) =>
  [name, `${name}.test.ts`, `${name}.ts`, `${name}.txt`].some((file) => existsSync(path.join(ROOT, file)));

it('the tests that the docs name exist', () => {
  const pages = readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name));
  const missing = [...pages, 'README.md', 'CONTRIBUTING.md', 'SECURITY.md'].flatMap((page) =>
    [...read(page).matchAll(/(?<![\w/])(tests\/[\w./-]*\w)/g)]
      .map((match) => match[1] ?? '')
      .filter((name) => !exists(name))
      .map((name) => `${page}: ${name}`),
  );
  expect(missing).toEqual([]);
});

it('so do those of the safety lines of alerts', () => {
  const [, table = ''] = /## Safety lines of alerts([^]*?)(?=\n## |$)/.exec(read('docs/performance.md')) ?? [];
  const named = [...table.matchAll(/^\|.*\|([^|]*)\|$/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !exists(name) && !exists(`tests/alerts/${name}`))).toEqual([]);
});
