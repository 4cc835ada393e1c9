// Which files are due for a review: counted from the last look, by the file's own interval or the default of its kind.
import { expect, it } from 'vitest';
import { reviewLines } from '../../scripts/content.ts';
import { dueForReview } from '../../src/content/review.ts';
import type { Content } from '../../src/content/schema.ts';
import { shippedContent } from './shipped.ts';

/** The shipped entry or profile with other dates. */
function withDates(dates: {
  faq?: { asOf: string; reviewed?: string; reviewDays?: number };
  coin?: { reviewed: string; reviewDays?: number };
}): Content {
  const { asOf: _, reviewed: _r, reviewDays: _d, ...entry } = shippedContent.faq.get('rao-unit') ?? fail('rao-unit');
  const { reviewed: _c, reviewDays: _e, ...coin } = shippedContent.coins.get('near') ?? fail('near');
  return {
    faq: new Map(dates.faq === undefined ? [] : [['rao-unit', { ...entry, ...dates.faq }]]),
    coins: new Map(dates.coin === undefined ? [] : [['near', { ...coin, ...dates.coin }]]),
    facts: new Map(),
  };
}

function fail(id: string): never {
  throw new Error(`there is no ${id} in the shipped content`);
}

it.each([
  ['an entry, after 180 days', { faq: { asOf: '2026-01-01' } }, 'faq/rao-unit.md', '2026-06-30'],
  [
    'an entry by its last look',
    { faq: { asOf: '2025-01-01', reviewed: '2026-01-01' } },
    'faq/rao-unit.md',
    '2026-06-30',
  ],
  ['an entry by its own interval', { faq: { asOf: '2026-01-01', reviewDays: 90 } }, 'faq/rao-unit.md', '2026-04-01'],
  ['a profile, after a year', { coin: { reviewed: '2026-01-01' } }, 'coins/near.md', '2027-01-01'],
  [
    'a profile by its own interval',
    { coin: { reviewed: '2026-01-01', reviewDays: 90 } },
    'coins/near.md',
    '2026-04-01',
  ],
])('%s', (_, dates, at, due) => {
  const content = withDates(dates);
  const dayBefore = new Date(Date.parse(due) - 86_400_000).toISOString().slice(0, 10);
  expect(dueForReview(content, dayBefore)).toEqual([]);
  expect(dueForReview(content, due)).toEqual([{ at, due, days: 0 }]);
});

it('the longest overdue comes first, with its days', () => {
  const content = withDates({ faq: { asOf: '2026-01-01' }, coin: { reviewed: '2026-01-01', reviewDays: 100 } });
  expect(dueForReview(content, '2026-07-10')).toEqual([
    { at: 'coins/near.md', due: '2026-04-11', days: 90 },
    { at: 'faq/rao-unit.md', due: '2026-06-30', days: 10 },
  ]);
});

it('nothing shipped is due on the day after the review of all texts', () => {
  expect(dueForReview(shippedContent, '2026-11-28')).toEqual([]);
  expect(dueForReview(shippedContent, '2027-12-01')).toHaveLength(shippedContent.faq.size + shippedContent.coins.size);
});

it('`npm run content` lists them', () => {
  const content = withDates({ faq: { asOf: '2026-01-01' } });
  expect(reviewLines(content, '2026-07-01')).toContain('review due since 2026-06-30 (1 day): faq/rao-unit.md');
  expect(reviewLines(content, '2026-06-29').join()).not.toContain('rao-unit');
});
