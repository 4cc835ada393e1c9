// The digest's one sentence and its card: facts by rules, nothing when the data does not carry it, late and old data marked.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestCard } from '../../../src/app/digest/card.ts';
import { dayWords, placeWords, type SentenceInput } from '../../../src/app/digest/summary.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';
import { DAY, HOUR } from '../../../src/base/clock.ts';

const AT = Date.parse('2026-11-22T09:00:00Z');

/** Hourly prices of the days before AT, oldest first, drawn from the price `days` ago. */
function points(days: number, priceAt: (daysAgo: number) => number): [number, number][] {
  return Array.from({ length: days * 24 + 1 }, (_, index) => [
    AT - (days * 24 - index) * HOUR,
    priceAt(days - index / 24),
  ]);
}
const input = (
  week: [number, number][],
  month: [number, number][] | null,
  change: Partial<SentenceInput> = {},
): SentenceInput => ({ price: week.at(-1)?.[1] ?? 1, at: AT, week, month, ath: null, locale: 'en', ...change });

describe('dayWords', () => {
  it('counts days in a row and says where the price stands in the month', () => {
    const rising = (daysAgo: number) => (daysAgo <= 3 ? 96 - daysAgo : 93 + (daysAgo - 3));
    const month = points(30, (daysAgo) => (daysAgo > 20 ? 100 : daysAgo <= 7 ? rising(daysAgo) : 92));
    expect(dayWords(input(points(7, rising), month))).toBe('up for the third day in a row');
    expect(placeWords(input(points(7, rising), month))).toBe('4% below its 30-day high');
    const falling = points(7, (daysAgo) => 100 + daysAgo);
    const fallen = input(
      falling,
      points(30, (daysAgo) => 100 + daysAgo),
    );
    expect(dayWords(fallen)).toBe('down on each of the past seven days');
    expect(placeWords(fallen)).toBe('at its 30-day low');
  });

  it('names highs, and speaks of seven days when a month is not known', () => {
    const week = points(7, (daysAgo) => (daysAgo < 1 ? 120 : 100 + (daysAgo % 2)));
    expect(placeWords(input(week, null))).toContain('at its 7-day high');
    expect(placeWords(input(week, null, { ath: 119 }))).toContain('at an all-time high');
  });

  it('a distance that rounds to nothing is called close', () => {
    const around = (daysAgo: number) => (daysAgo > 0 ? 100 + daysAgo : 100.01);
    expect(placeWords(input(points(7, around), null, { price: 100.05 }))).toBe('just above its 7-day low');
    const under = (daysAgo: number) => 100 - daysAgo;
    expect(placeWords(input(points(7, under), null, { price: 99.98 }))).toBe('just below its 7-day high');
  });

  it('says when a week was calm, and nothing when there is too little data', () => {
    expect(
      dayWords(
        input(
          points(7, (daysAgo) => 100 + 0.05 * (daysAgo % 1)),
          null,
        ),
      ),
    ).toBe('a calm week: the price stayed within 2%');
    const young = points(3, (daysAgo) => 100 + 0.05 * (daysAgo % 1));
    expect(dayWords(input(young, null)), 'three days are no week').toBeNull();
    expect(dayWords(input([[AT, 5]], null))).toBeNull();
    expect(dayWords(input([], null, { price: 5 }))).toBeNull();
  });

  it('never invents numbers, whatever the series', () => {
    const price = fc.double({ min: 1e-12, max: 1e12, noNaN: true });
    const series = fc
      .array(fc.tuple(fc.integer({ min: AT - 40 * DAY, max: AT }), price), { maxLength: 60 })
      .map((list) => list.toSorted((a, b) => a[0] - b[0]));
    fc.assert(
      fc.property(price, series, fc.option(series), fc.option(price), (now, week, month, ath) => {
        const given = { price: now, at: AT, week, month, ath, locale: 'en' };
        expect(`${dayWords(given) ?? ''} ${placeWords(given) ?? ''}`).not.toMatch(/NaN|Infinity|undefined|null|-\d/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('digestCard', () => {
  let core: TestCore;
  let clock = Date.parse('2026-11-22T10:00:00Z');
  beforeAll(async () => {
    core = await openTestCore({ now: () => clock });
    await core.services.market.quotes(['bittensor', 'near'], 'usd');
  });
  afterAll(() => core.close());
  const order = {
    coins: ['bittensor', 'near'],
    currency: 'usd',
    locale: 'en',
    zone: 'Europe/Berlin',
    dueAt: clock,
    late: false,
  };

  it('begins with price and change, which is what a phone shows of it, and has its lines, picture, source and moment', async () => {
    const card = await digestCard(order, core.services, clock);
    const text = plainText(card);
    expect(text).toMatch(/^☀️ TAO this morning · \$250\.28 [▲▼] [+−]\d+\.\d\d% · Sunday, 22 November 2026/u);
    for (const part of [
      'Since yesterday: ',
      'This week: ',
      'Against: ',
      'AI coins ',
      'Halving #2: ',
      'of the way, ',
      'NEAR Protocol (NEAR)',
      'Question of the day · ',
      'Price data by CoinGecko',
      'as of 22 Nov 2026',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain(' ago'); // a post is read hours later
    const chart = card.blocks.find((block) => block.kind === 'chart');
    expect(Buffer.from((await chart?.chart.png?.('dark')) ?? []).toString('latin1', 1, 4)).toBe('PNG');
  });

  it('offers the answer, the card and an alert, and each of them works', async () => {
    const card = await digestCard(order, core.services, clock);
    const buttons = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
    expect(buttons.map(({ label }) => label)).toEqual(['Show answer', 'Full card', 'Alert me']);
    for (const { invocation } of buttons) {
      const asked = {
        platform: 'discord',
        ...invocation,
        user: { id: '7', canManage: false },
        via: 'control',
      } as const;
      const answer = await core.dispatch({ ...asked, place: { tenant: '1', channel: '2' }, locale: 'en' });
      expect(answer).toMatchObject({ outcome: 'ok' });
    }
  });

  it('is the afternoon and the night, too, by the clock of the zone', async () => {
    const titleAt = async (zone: string) => (await digestCard({ ...order, zone }, core.services, clock)).title;
    expect(await titleAt('Asia/Kolkata')).toContain('TAO this afternoon · $250.28');
    expect(await titleAt('Pacific/Auckland')).toContain('TAO tonight · $250.28');
  });

  it('greets by the hour at which it is due, whenever it is made', async () => {
    const night = Date.parse('2026-11-22T21:00:00Z');
    const card = await digestCard({ ...order, dueAt: clock + DAY }, core.services, night);
    expect(card.title).toContain('TAO this morning');
  });

  it('says that it is late, and that its numbers are delayed or gone', async () => {
    expect(
      plainText(await digestCard({ ...order, late: true, dueAt: clock - 47 * 60_000 }, core.services, clock)),
    ).toContain('⚠ late · due at 10:13, posted 47 min later');
    core.gecko.fault = { kind: 'status', status: 500 };
    clock += 2 * HOUR;
    expect(plainText(await digestCard(order, core.services, clock))).toContain('⚠ delayed');
    clock += 30 * HOUR;
    const old = plainText(await digestCard(order, core.services, clock));
    expect(old).toContain('⚠ old data');
    expect(old).not.toMatch(/\d% {2}24 h|row;/);
  });

  it('without any price it still comes, and says why', async () => {
    const text = plainText(await digestCard({ ...order, coins: ['no-such-coin'] }, core.services, clock));
    expect(text).toContain('Price unavailable');
  });
});
