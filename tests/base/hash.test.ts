// Hashes and seeded numbers: reference values, because saved files and recorded pictures depend on them.
import { expect, it } from 'vitest';
import { drawnId, fnv1a, mulberry32, realRandom } from '../../src/base/hash.ts';

it.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('FNV-1a of %j', (text, hash) => expect(fnv1a(text)).toBe(hash));

it('a seed always gives the same numbers, spread over [0, 1)', () => {
  const random = mulberry32(1);
  expect([random(), random(), random()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  const numbers = Array.from({ length: 1000 }, mulberry32(7));
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(numbers.reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(0.5, 1);
});

it('lots are from 0 to below 1, and an id takes one for each of its letters', () => {
  const lots = Array.from({ length: 1000 }, realRandom);
  expect(lots.every((lot) => lot >= 0 && lot < 1)).toBe(true);
  expect(new Set(lots).size).toBe(1000);
  expect([drawnId(4, () => 0), drawnId(4, () => 1 - 2 ** -53)]).toEqual(['2222', 'zzzz']);
  expect(drawnId(8, realRandom)).toMatch(/^[2-9a-hjkmnp-z]{8}$/);
});
