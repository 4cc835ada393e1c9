// Content out of the cache is what reading and checking would give; anything else than an untouched cache of the same files is not believed.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { ContentError } from '../../../src/base/errors.ts';
import { readContent } from '../../../src/content/cached-content.ts';
import { loadContent } from '../../../src/content/load.ts';

const SHIPPED = path.join(import.meta.dirname, '../../../src/content');
const root = mkdtempSync(path.join(tmpdir(), 'content-cache-'));
const places = { folder: path.join(root, 'content'), cache: path.join(root, 'cache/content.json') };
const fileOf = (name: string) => path.join(places.folder, name);
const edit = (name: string, from: string, to: string) =>
  writeFileSync(fileOf(name), readFileSync(fileOf(name), 'utf8').replace(from, to));

beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  for (const name of ['coins', 'faq', 'facts.yaml'])
    cpSync(path.join(SHIPPED, name), fileOf(name), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Marks what is in the cache, hash included, so that it is seen where content came from. */
async function markedCache(): Promise<void> {
  await readContent(places);
  const { createHash } = await import('node:crypto');
  const text = readFileSync(places.cache, 'utf8');
  const json = text.slice(86).replace(/"name":"Bittensor[^"]*"/u, '"name":"From the cache"');
  writeFileSync(places.cache, text.slice(0, 43) + createHash('sha256').update(json).digest('base64url') + json);
}
const nameOf = async () => (await readContent(places)).coins.get('bittensor')?.name;

it('gives the same content, first and later', async () => {
  const checked = loadContent(places.folder);
  expect(await readContent(places)).toStrictEqual(checked);
  expect(existsSync(places.cache)).toBe(true);
  expect(await readContent(places)).toStrictEqual(checked);
  await markedCache();
  expect(await nameOf()).toBe('From the cache');
});

it('an edited, a new and a missing file take effect at once', async () => {
  await markedCache();
  edit('coins/bittensor.md', 'name: Bittensor', 'name: Bittensor Two');
  expect(await nameOf()).toBe('Bittensor Two');
  await markedCache();
  edit('coins/bittensor.md', 'name: Bittensor Two', 'name: Bittensor Six'); // as long as before
  expect(await nameOf()).toBe('Bittensor Six');
  await markedCache();
  edit('facts.yaml', '', '# a remark\n');
  expect(await nameOf()).toBe('Bittensor Six');
  await markedCache();
  writeFileSync(fileOf('faq/Wrong Name.md'), '');
  await expect(readContent(places)).rejects.toThrow(/Wrong Name\.md.*is not a content file/u);
  rmSync(fileOf('faq/Wrong Name.md'));
  rmSync(fileOf('coins/near.md'));
  await expect(readContent(places)).rejects.toThrow(ContentError);
});

it('a broken file has its clear error, each time', async () => {
  await markedCache();
  edit('faq/halving.md', 'question:', 'qestion:');
  for (let time = 0; time < 2; time++) await expect(readContent(places)).rejects.toThrow(/faq\/halving\.md.*qestion/su);
});

it.each([
  ['missing', (file: string) => rmSync(file)],
  ['empty', (file: string) => writeFileSync(file, '')],
  ['cut short', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, -9))],
  ['changed', (file: string) => writeFileSync(file, readFileSync(file, 'utf8').replace('From the', 'Not in a'))],
  ['of another version', (file: string) => writeFileSync(file, `x${readFileSync(file, 'utf8').slice(1)}`)],
])('a cache that is %s is not believed, and made anew', async (_, harm) => {
  await markedCache();
  harm(places.cache);
  expect(await nameOf()).toBe('Bittensor');
  await markedCache();
  expect(await nameOf()).toBe('From the cache');
});

it('a folder that cannot be written costs nothing but time', async () => {
  writeFileSync(path.join(root, 'cache'), 'a file where the folder should be');
  expect(await nameOf()).toBe('Bittensor');
});
