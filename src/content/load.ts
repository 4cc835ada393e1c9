// Reads and checks all content files at start; a bot that would say something unsourced does not start.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { ContentError } from '../base/errors.ts';
import { checkNeighbours } from './cross-checks.ts';
import { parseMarkdown, splitFrontMatter } from './markdown.ts';
import type { MarkdownSection, Report } from './markdown.ts';
import { createProblems } from './problems.ts';
import type { Problems } from './problems.ts';
import { CoinFrontMatter, FaqFrontMatter, SECTIONS, SharedFact } from './schema.ts';
import type { Coin, Content, FaqEntry, Section } from './schema.ts';
import { createFactFiller, FACTS_FILE } from './shared-facts.ts';
import type { FactFiller } from './shared-facts.ts';
import { readYaml } from './yaml.ts';

/** What reading a file needs: where problems go and what the shared facts are. */
type Tools = { readonly problems: Problems; readonly facts: FactFiller };

/**
 * Loads `facts.yaml`, `coins/*.md` and `faq/*.md` below `folder` (an absolute path).
 * @param changedAt when a file (relative to the folder) was changed last, epoch ms: of two files in conflict the later one is named
 * @throws ContentError with every problem of every file, when there is one.
 */
export function loadContent(
  folder: string,
  changedAt: (file: string) => number = (file) => statSync(path.join(folder, file)).mtimeMs,
): Content {
  const problems = createProblems();
  const facts = byId(readFacts(folder, problems));
  const tools = { problems, facts: createFactFiller(facts, problems) };
  const coins = readFolder(folder, 'coins', tools, parseCoin);
  const faq = readFolder(folder, 'faq', tools, parseFaqEntry);
  tools.facts.reportUnused();
  const content = { coins: byId(coins.items.toSorted((a, b) => a.order - b.order)), faq: byId(faq.items), facts };
  checkNeighbours(content, { coins: coins.ids, faq: faq.ids, changedAt }, problems);
  if (problems.list.length > 0) throw new ContentError(problems.list);
  return content;
}

/** The shared facts; a folder without the file has none. */
function readFacts(folder: string, problems: Problems): SharedFact[] {
  const file = path.join(folder, FACTS_FILE);
  if (!existsSync(file)) return [];
  const rows = readYaml(readFileSync(file, 'utf8'), FACTS_FILE, problems);
  if (!Array.isArray(rows)) problems.add(FACTS_FILE, '', 'is not a list', 'start each fact with "- id:"');
  const facts = (Array.isArray(rows) ? rows : []).flatMap((row: unknown, index): SharedFact[] => {
    const parsed = SharedFact.safeParse(row);
    if (parsed.success) return [parsed.data];
    for (const issue of parsed.error.issues) problems.addIssue(FACTS_FILE, { ...issue, path: [index, ...issue.path] });
    return [];
  });
  for (const [index, { id }] of facts.entries())
    if (facts.findIndex((other) => other.id === id) < index)
      problems.add(FACTS_FILE, id, 'is there twice', 'merge the two facts');
  return facts;
}

/** Longest content file in characters, twice the longest that is shipped: the time that odd Markdown takes grows with its square. */
const LONGEST_FILE = 32_000;

type ParseFile<T> = (id: string, file: string, at: string, tools: Tools) => T | undefined;

/** Readable items plus the ids of all files, so that a broken file does not make every link to it a problem, too. */
function readFolder<T>(folder: string, room: string, tools: Tools, parseFile: ParseFile<T>) {
  const ids = new Set<string>();
  const items: T[] = [];
  for (const name of fileNames(path.join(folder, room), room, tools.problems)) {
    const id = name.replace(/\.md$/u, '');
    const file = readFileSync(path.join(folder, room, name), 'utf8');
    const item = parseFile(id, file, `${room}/${name}`, tools);
    ids.add(id);
    if (item !== undefined) items.push(item);
  }
  return { ids, items };
}

function fileNames(folder: string, room: string, problems: Problems): string[] {
  try {
    const names = readdirSync(folder).toSorted();
    for (const name of names.filter((other) => !/^[a-z0-9-]+\.md$/u.test(other))) {
      problems.add(`${room}/${name}`, '', 'is not a content file', 'name it <id>.md in lower case, or remove it');
    }
    return names.filter((name) => /^[a-z0-9-]+\.md$/u.test(name));
  } catch {
    problems.add(room, '', 'the folder cannot be read', 'create it or check its permissions');
    return [];
  }
}

function parseCoin(id: string, file: string, at: string, tools: Tools): Coin | undefined {
  const { problems } = tools;
  const read = readFile(file, at, tools, CoinFrontMatter);
  if (read === undefined) return undefined;
  const { frontMatter, body } = read;
  const questions = frontMatter.questions.map((question, index) => ({
    ...question,
    answer: prose(question.answer, at, `questions[${index}].answer`, problems),
  }));
  const sections = toSections(parseMarkdown(body, reporter(problems, at, 'body')), frontMatter.symbol, at, problems);
  return { ...frontMatter, id, questions, sections };
}

function parseFaqEntry(id: string, file: string, at: string, tools: Tools): FaqEntry | undefined {
  const read = readFile(file, at, tools, FaqFrontMatter);
  return read && { ...read.frontMatter, id, answer: prose(read.body, at, 'body', tools.problems) };
}

/** Front matter by schema plus the raw body, facts put into both; when the front matter is unusable the body is still checked. */
function readFile<S extends z.ZodType>(file: string, at: string, { problems, facts }: Tools, schema: S) {
  if (file.length > LONGEST_FILE) {
    problems.add(at, '', `is longer than ${LONGEST_FILE} characters`, 'shorten it');
    return undefined;
  }
  const parts = splitFrontMatter(file);
  if (parts === undefined) {
    problems.add(at, '', 'has no front matter', 'start the file with a --- block');
    return undefined;
  }
  const parsed = schema.safeParse(facts.fillAll(readYaml(parts.frontMatter, at, problems), at));
  const body = facts.fill(parts.body, at, 'body');
  if (parsed.success) return { frontMatter: parsed.data, body };
  for (const issue of parsed.error.issues) problems.addIssue(at, issue);
  parseMarkdown(body, reporter(problems, at, 'body'));
  return undefined;
}

/** Prose without headings, as in answers. */
function prose(markdown: string, at: string, field: string, problems: Problems) {
  const sections = parseMarkdown(markdown, reporter(problems, at, field));
  for (const { title } of sections.slice(1)) problems.add(at, field, `has a heading "${title}"`, 'remove the heading');
  if (sections.every(({ paragraphs }) => paragraphs.length === 0))
    problems.add(at, field, 'is empty', 'write the answer');
  return sections.flatMap(({ paragraphs }) => paragraphs);
}

/** The four sections of a profile; missing, misnamed, misplaced and empty ones are problems. */
function toSections(found: readonly MarkdownSection[], symbol: string, at: string, problems: Problems): Section[] {
  if (found[0]?.paragraphs.length)
    problems.add(at, 'body', 'has text before the first heading', 'move it into a section');
  const titles = found.slice(1).map(({ title }) => title);
  const wanted = SECTIONS.map(({ heading }) => heading(symbol));
  if (titles.join('\n') !== wanted.join('\n')) {
    problems.add(
      at,
      'body',
      `sections are "${titles.join('", "')}"`,
      `use exactly "${wanted.join('", "')}" in this order`,
    );
  }
  return SECTIONS.map(({ id, heading }) => {
    const title = heading(symbol);
    const section = found.find((other) => other.title === title);
    if (section?.paragraphs.length === 0) problems.add(at, title, 'is empty', 'write the section');
    return { id, title, paragraphs: section?.paragraphs ?? [] };
  });
}

function reporter(problems: Problems, at: string, field: string): Report {
  return (what, remedy) => problems.add(at, field, what, remedy);
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
