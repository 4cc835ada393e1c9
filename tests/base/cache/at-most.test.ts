// Large caches cost nothing while they are empty, and hold as many entries as they say; none in the source makes its tables beforehand.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LRUCache } from 'lru-cache';
import { expect, it } from 'vitest';
import { atMost } from '../../../src/base/cache/at-most.ts';

const SOURCE = path.join(import.meta.dirname, '../../../src');
/** Entries from which tables made beforehand take more than 30 kB. */
const LARGE = 1000;

it('holds so many entries, and forgets the one longest unused', () => {
  const cache = new LRUCache<string, number>(atMost(3));
  for (const [at, key] of ['a', 'b', 'c'].entries()) cache.set(key, at);
  cache.get('a');
  cache.set('d', 3);
  expect([...cache.keys()].toSorted()).toEqual(['a', 'c', 'd']);
  for (let at = 0; at < 100; at++) cache.set(`more ${at}`, at);
  expect(cache.size).toBe(3);
});

it('makes no tables beforehand: the bound is a million, the cache holds one entry', () => {
  const caches = Array.from({ length: 100 }, () => new LRUCache<string, string>(atMost(1_000_000)));
  for (const cache of caches) cache.set('one', 'entry');
  expect(caches.every((cache) => cache.max === 0 && cache.get('one') === 'entry')).toBe(true);
});

it(`no cache in the source with ${LARGE} entries or more has tables beforehand`, () => {
  const files = globSync('**/*.ts', { cwd: SOURCE }).map(
    (file) => [file, readFileSync(path.join(SOURCE, file), 'utf8')] as const,
  );
  const number = (text: string) => Number(text.replaceAll('_', ''));
  const constants = new Map(
    files.flatMap(([file, text]) =>
      Array.from(
        text.matchAll(/^(?:export )?const (\w+) = ([\d_]+);/gmu),
        ([, name = '', value = '']) => [`${file} ${name}`, number(value)] as const,
      ),
    ),
  );
  const bounds = files.flatMap(([file, text]) =>
    Array.from(text.matchAll(/new LRUCache\b[^(]*\(\{\s*max: (\w+)/gu), ([, bound = '']) => ({
      file,
      bound,
      entries: /^\d/u.test(bound) ? number(bound) : (constants.get(`${file} ${bound}`) ?? Infinity),
    })),
  );
  expect(bounds.length).toBeGreaterThan(3);
  expect(bounds.filter(({ entries }) => entries >= LARGE)).toEqual([]);
});
