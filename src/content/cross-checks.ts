// Checks what no single file can know: unique questions and names, links between files, cited sources.
import type { Paragraph } from './prose.ts';
import type { Problems } from './problems.ts';
import { fillAnswer } from './fill-placeholders.ts';
import { PLACEHOLDER_NAMES } from './placeholders.ts';
import { MAX_ANSWER_WORDS } from './schema.ts';
import type { Coin, Content, FaqEntry } from './schema.ts';

const WORDS_OF_A_PLACEHOLDER = 9; // "$250.28 (CoinGecko, updated 42 s ago)" and longer: the filled answer has to fit, too
const ALL_KNOWN = new Map(PLACEHOLDER_NAMES.map((name) => [name, 'x '.repeat(WORDS_OF_A_PLACEHOLDER)]));

/** What is known of all files, also of those that could not be read. */
export type KnownFiles = {
  /** Ids. */
  readonly coins: ReadonlySet<string>;
  readonly faq: ReadonlySet<string>;
  /** Epoch ms of a file's last change: of two files in conflict the later one gets the blame. */
  changedAt(file: string): number;
};

/** Adds every problem between files to `problems`. Files that could not be read are not in `content`. */
export function checkNeighbours(content: Content, known: KnownFiles, problems: Problems): void {
  const check = { problems, changedAt: (file: string) => known.changedAt(file) };
  checkUnique(check, 'question', questionsOf(content), 'word one of them differently');
  checkUnique(check, 'look-up word', lookUpWordsOf(content), 'word one of them differently');
  checkUnique(check, 'place', placesOf(content), `take the next free one, ${nextPlace(content)}`);
  for (const coin of content.coins.values()) checkCoin(coin, known, problems);
  for (const entry of content.faq.values()) checkFaqEntry(entry, known, problems);
}

type Claim = { readonly text: string; readonly at: string; readonly field: string };

type UniqueCheck = Pick<KnownFiles, 'changedAt'> & { readonly problems: Problems };

/** Whoever said it first keeps it; claims of one age stay in the order given. */
function checkUnique(
  { problems, changedAt }: UniqueCheck,
  kind: string,
  claims: readonly Claim[],
  remedy: string,
): void {
  const ages = new Map(claims.map(({ at }) => [at, changedAt(at)]));
  const owners = new Map<string, string>();
  for (const { text, at, field } of claims.toSorted((a, b) => (ages.get(a.at) ?? 0) - (ages.get(b.at) ?? 0))) {
    const key = fold(text);
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, `${at} › ${field}`);
    else problems.add(at, field, `${kind} "${text}" is taken by ${owner}`, remedy);
  }
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function questionsOf({ coins, faq }: Content): Claim[] {
  const inCoins = [...coins.values()].flatMap((coin) =>
    coin.questions.map(({ question }, index) => ({ text: question, at: pathOf(coin), field: `questions[${index}]` })),
  );
  const inFaq = [...faq.values()].flatMap((entry) => [
    { text: entry.question, at: faqPath(entry), field: 'question' },
    ...entry.aliases.map((text, index) => ({ text, at: faqPath(entry), field: `aliases[${index}]` })),
  ]);
  return [...inFaq, ...inCoins];
}

/** Id, symbol and name of one coin may be the same word; its aliases may not repeat them. */
function lookUpWordsOf({ coins }: Content): Claim[] {
  return [...coins.values()].flatMap((coin) => {
    const at = pathOf(coin);
    const names = new Map([coin.name, coin.symbol, coin.id].map((text) => [fold(text), text]));
    return [
      ...Array.from(names.values(), (text) => ({ text, at, field: 'id, symbol or name' })),
      ...coin.aliases.map((text, index) => ({ text, at, field: `aliases[${index}]` })),
    ];
  });
}

function placesOf({ coins }: Content): Claim[] {
  return Array.from(coins.values(), (coin) => ({ text: String(coin.order), at: pathOf(coin), field: 'order' }));
}

function nextPlace({ coins }: Content): number {
  return Math.max(0, ...Array.from(coins.values(), ({ order }) => order)) + 1;
}

function checkCoin(coin: Coin, known: KnownFiles, problems: Problems): void {
  const at = pathOf(coin);
  checkLinks(problems, at, 'related', coin.related, known.coins, coin.id);
  checkLinks(problems, at, 'faq', coin.faq, known.faq);
  if (new Set(coin.facts.map(({ id }) => id)).size < coin.facts.length) {
    problems.add(at, 'facts', 'has the same fact id twice', 'merge the two rows');
  }
  coin.questions.forEach(({ answer }, index) => checkLength(problems, at, `questions[${index}].answer`, answer));
  checkTags(coin, problems);
}

/** Every tag used must be listed as a source, every source listed must be used. */
function checkTags(coin: Coin, problems: Problems): void {
  const at = pathOf(coin);
  const used: [field: string, tag: string][] = [
    ...coin.facts.flatMap(({ id, sources }) => sources.map((tag): [string, string] => [`facts.${id}`, tag])),
    ...coin.questions.flatMap(({ sources, answer }, index) =>
      [...sources, ...citedTags(answer)].map((tag): [string, string] => [`questions[${index}]`, tag]),
    ),
    ...coin.sections.flatMap(({ title, paragraphs }) =>
      citedTags(paragraphs).map((tag): [string, string] => [title, tag]),
    ),
  ];
  for (const [field, tag] of used) {
    if (!Object.hasOwn(coin.sources, tag))
      problems.add(at, field, `source tag ${tag} does not exist`, 'add it to sources');
  }
  const usedTags = new Set(used.map(([, tag]) => tag));
  for (const tag of Object.keys(coin.sources)) {
    if (!usedTags.has(tag)) problems.add(at, `sources.${tag}`, 'is never used', 'cite it or remove it');
  }
}

function checkFaqEntry(entry: FaqEntry, known: KnownFiles, problems: Problems): void {
  const at = faqPath(entry);
  checkLinks(problems, at, 'related', entry.related, known.faq, entry.id);
  checkLength(problems, at, 'body', entry.answer);
  for (const tag of citedTags(entry.answer))
    problems.add(at, 'body', `cites [^${tag}]`, 'list the source in the front matter');
}

function checkLinks(
  problems: Problems,
  at: string,
  field: string,
  ids: readonly string[],
  known: ReadonlySet<string>,
  self?: string,
): void {
  ids.forEach((id, index) => {
    if (id === self) problems.add(at, `${field}[${index}]`, 'points at itself', 'name another one');
    else if (!known.has(id))
      problems.add(at, `${field}[${index}]`, `"${id}" does not exist`, 'correct the id or add the file');
    if (ids.indexOf(id) < index) problems.add(at, `${field}[${index}]`, `"${id}" is listed twice`, 'remove one');
  });
}

function checkLength(problems: Problems, at: string, field: string, paragraphs: readonly Paragraph[]): void {
  const words = Math.max(countWords(fillAnswer(paragraphs, ALL_KNOWN)), countWords(fillAnswer(paragraphs, new Map())));
  if (words > MAX_ANSWER_WORDS) problems.add(at, field, `has ${words} words`, `cut it to ${MAX_ANSWER_WORDS}`);
}

function countWords(paragraphs: readonly Paragraph[]): number {
  const texts = paragraphs.map((spans) =>
    spans
      .map((span) => {
        if (typeof span === 'string') return span;
        return span.kind === 'cite' || span.kind === 'placeholder' ? '' : span.text;
      })
      .join(''),
  );
  return texts
    .join(' ')
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function citedTags(paragraphs: readonly Paragraph[]): string[] {
  return paragraphs.flat().flatMap((span) => (typeof span === 'object' && span.kind === 'cite' ? [span.tag] : []));
}

function pathOf(coin: Coin): string {
  return `coins/${coin.id}.md`;
}

function faqPath(entry: FaqEntry): string {
  return `faq/${entry.id}.md`;
}
