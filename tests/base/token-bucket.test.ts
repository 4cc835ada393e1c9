// A burst, then the refill; one key's debt is not another's, and the number of keys is bounded.
import { expect, it } from 'vitest';
import { createTokenBucket } from '../../src/base/token-bucket.ts';

function stage(limits: { burst: number; refillMs: number; mostKeys: number }) {
  const clock = { at: 0 };
  const bucket = createTokenBucket({ ...limits, monotonic: () => clock.at });
  const take = (key: string, at: number): number => {
    clock.at = at;
    return bucket.take(key);
  };
  return { take, size: () => bucket.size };
}

it('grants a burst, then one per refill, and says exactly how long to wait', () => {
  const bucket = stage({ burst: 3, refillMs: 100, mostKeys: 10 });
  expect([bucket.take('a', 1000), bucket.take('a', 1000), bucket.take('a', 1000)]).toEqual([0, 0, 0]);
  expect(bucket.take('a', 1000)).toBe(100);
  expect(bucket.take('a', 1099)).toBe(1);
  expect(bucket.take('a', 1100)).toBe(0);
  expect(bucket.take('a', 1100)).toBe(100);
  expect(bucket.take('b', 1100)).toBe(0);
});

it('a refusal costs nothing, and rest fills the bucket no further than the burst', () => {
  const bucket = stage({ burst: 2, refillMs: 100, mostKeys: 10 });
  for (let index = 0; index < 50; index++) bucket.take('a', 0);
  expect(bucket.take('a', 100)).toBe(0);
  const later = Array.from({ length: 4 }, () => bucket.take('a', 1_000_000));
  expect(later).toEqual([0, 0, 100, 100]);
});

it('forgets the key that was used longest ago when there are too many', () => {
  const bucket = stage({ burst: 1, refillMs: 1000, mostKeys: 2 });
  for (const key of ['a', 'b']) bucket.take(key, 0);
  expect(bucket.take('a', 1000)).toBe(0); // used again: now b is the oldest
  bucket.take('c', 1000);
  expect(bucket.take('a', 1000)).toBe(1000);
  expect(bucket.take('c', 1000)).toBe(1000);
});

it('remembers nobody for longer than the bucket takes to fill: a day of people who ask once leaves those of the last moments', () => {
  const bucket = stage({ burst: 15, refillMs: 3000, mostKeys: 100_000 });
  let most = 0;
  for (let person = 0; person < 50_000; person++) {
    bucket.take(`person ${person}`, person * 100);
    most = Math.max(most, bucket.size());
  }
  expect(most).toBeLessThanOrEqual(31); // one refill, ten people a second
  for (let later = 0; later < 40; later++) bucket.take('the last one', 5_000_000 + later * 45_000);
  expect(bucket.size()).toBeLessThan(3);
});

it('one who took much is remembered until it is given back, also behind others', () => {
  const bucket = stage({ burst: 10, refillMs: 1000, mostKeys: 100 });
  for (let at = 0; at < 10; at++) bucket.take('much', 0);
  for (let other = 0; other < 50; other++) bucket.take(`other ${other}`, 10 + other);
  expect(bucket.take('much', 999)).toBe(1);
  expect(bucket.take('much', 1000)).toBe(0);
  expect(bucket.take('much', 1001)).toBe(999);
});
