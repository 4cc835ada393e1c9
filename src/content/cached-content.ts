// Content for a start: checked once, then read from a cache for as long as all that it was made of is the same, byte by byte.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Coin, Content, FaqEntry, SharedFact } from './schema.ts';

const HERE = import.meta.dirname;
const ROOT = path.join(HERE, '../..');

export type ContentPlaces = {
  /** Folder of the content files. */
  folder: string;
  /** Beside Node's own cache of compiled files. */
  cache: string;
};

const PLACES: ContentPlaces = { folder: HERE, cache: path.join(ROOT, 'node_modules/.cache/taobot/content.json') };

/** What reads and checks them, and the versions of its packages: what it lets pass today may be wrong tomorrow. */
const READERS = [
  ...readdirSync(HERE)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(HERE, name)),
  path.join(HERE, '../market/fallback/sources.ts'),
  path.join(ROOT, 'package.json'),
];

/**
 * The content of `folder`, which takes a quarter of a second to read and check, or a few milliseconds out of the cache. A cache that is
 * missing, of other files, or damaged is made anew where the folder can be written.
 * @throws ContentError with every problem of every file, when there is one
 */
export async function readContent({ folder, cache }: ContentPlaces = PLACES): Promise<Content> {
  const key = keyOf(folder);
  const cached = fromCache(cache, key);
  if (cached !== null) return cached;
  const { loadContent } = await import('./load.ts'); // brings parsers along that a start with a cache does not need
  const content = loadContent(folder);
  save(cache, key, content);
  return content;
}

/** Changes with the name and the bytes of any file that the content is made of. */
function keyOf(folder: string): string {
  const hash = createHash('sha256');
  const add = (name: string, file: string) => {
    const bytes = bytesOf(file);
    hash.update(`${name}\0${bytes?.length ?? 'none'}\0`);
    if (bytes !== null) hash.update(bytes);
  };
  for (const file of READERS) add(path.relative(ROOT, file), file);
  add('facts.yaml', path.join(folder, 'facts.yaml'));
  for (const room of ['coins', 'faq'])
    for (const name of namesOf(path.join(folder, room))) add(`${room}/${name}`, path.join(folder, room, name));
  return hash.digest('base64url');
}

function bytesOf(file: string): Uint8Array | null {
  try {
    return readFileSync(file);
  } catch {
    return null; // whoever checks the content says what is wrong with it
  }
}

function namesOf(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

type Saved = { coins: readonly Coin[]; faq: readonly FaqEntry[]; facts: readonly SharedFact[] };

/** Two hashes of fixed length, of what the content was made of and of the rest of the file; then the content as JSON. */
function fromCache(file: string, key: string): Content | null {
  try {
    const text = readFileSync(file, 'utf8');
    const json = text.slice(key.length * 2);
    if (!text.startsWith(key + hashOf(json))) return null;
    const { coins, faq, facts } = JSON.parse(json) as Saved;
    return { coins: byId(coins), faq: byId(faq), facts: byId(facts) };
  } catch {
    return null;
  }
}

/** A whole file or none, also when two processes do it at once; a folder that cannot be written only costs the next start its time. */
function save(file: string, key: string, { coins, faq, facts }: Content): void {
  const saved: Saved = { coins: [...coins.values()], faq: [...faq.values()], facts: [...facts.values()] };
  const json = JSON.stringify(saved);
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(draft, key + hashOf(json) + json);
    renameSync(draft, file);
  } catch {
    // a read-only installation
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
