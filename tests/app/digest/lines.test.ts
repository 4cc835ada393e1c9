// The lines of a digest: each rule alone, and nothing said where the data does not carry it.
import { describe, expect, it } from 'vitest';
import { against, milestone, roundStep, sinceYesterday, thisWeek, weekBehind } from '../../../src/app/digest/lines.ts';
import { questionOfTheDay } from '../../../src/app/digest/question.ts';
import type { SentenceInput } from '../../../src/app/digest/summary.ts';
import { spanText } from '../../../src/app/card.ts';
import type { FaqEntry } from '../../../src/content/schema.ts';
import type { Quote } from '../../../src/market/market.ts';
import { DAY, HOUR } from '../../../src/base/clock.ts';

const AT = Date.parse('2026-11-23T09:00:00Z'); // a Monday
const view = { locale: 'en', now: AT + 60_000, zone: 'UTC' };

const quote = (more: Partial<Quote> = {}): Quote =>
  ({
    coinId: 'bittensor',
    symbol: 'tao',
    name: 'Bittensor',
    currency: 'usd',
    price: 302,
    change24h: 0.8,
    change7d: -3.7,
    high24h: 303.5,
    low24h: 295,
    at: AT,
    source: { id: 'coingecko', name: 'CoinGecko', url: 'https://www.coingecko.com' },
    ...more,
  }) as Quote;
const said = (fields: ReturnType<typeof sinceYesterday>): string[] =>
  fields.map(({ label, value }) => `${label} ${spanText(value)}`);

/** Hourly prices of 30 days by the days before now. */
const month = (priceAt: (daysAgo: number) => number): [number, number][] =>
  Array.from({ length: 30 * 24 + 1 }, (_, hour) => [AT - (30 * 24 - hour) * HOUR, priceAt(30 - hour / 24)]);
const input = (priceAt: (daysAgo: number) => number, price = priceAt(0)): SentenceInput => {
  const past = month(priceAt);
  return { price, at: AT, week: past.slice(-169), month: past, ath: null, locale: 'en' };
};

describe('since yesterday', () => {
  it('says the step, the highest and the lowest; without a change there is no line', () => {
    expect(said(sinceYesterday(quote(), view))).toEqual(['Since yesterday +$2.40, high $303.50, low $295.00']);
    expect(said(sinceYesterday(quote({ change24h: -50, high24h: null }), view))).toEqual([
      'Since yesterday −$302.00, low $295.00',
    ]);
    expect(sinceYesterday(quote({ change24h: null }), view)).toEqual([]);
    expect(sinceYesterday(quote({ at: AT - 2 * DAY }), view)).toEqual([]);
  });
});

describe('this week', () => {
  it('says the change and where the price stands in the month, each only when known', () => {
    expect(
      said(
        thisWeek(
          quote(),
          input((daysAgo) => (daysAgo > 20 ? 400 : 300 + daysAgo / 10), 302),
          view,
        ),
      ),
    ).toEqual(['This week ▼ −3.70%, 0.7% above its 30-day low']);
    expect(said(thisWeek(quote(), null, view))).toEqual(['This week ▼ −3.70%']);
    expect(thisWeek(quote({ change7d: null }), null, view)).toEqual([]);
  });

  it('looks back at the week on Mondays of the zone only', () => {
    const past = input((daysAgo) => 300 + daysAgo, 302);
    expect(said(weekBehind(past, quote(), view))).toEqual(['Past seven days between $300.00 and $307.00, now $302.00']);
    expect(weekBehind(past, quote(), { ...view, now: AT + DAY })).toEqual([]);
    expect(
      weekBehind(past, quote(), { ...view, now: Date.parse('2026-11-22T23:30:00Z'), zone: 'Europe/Berlin' }),
    ).toHaveLength(1);
    expect(weekBehind({ ...past, week: [] }, quote(), view)).toEqual([]);
    expect(weekBehind({ ...past, week: past.week.slice(-72) }, quote(), view), 'three days are no week').toEqual([]);
  });
});

describe('against', () => {
  const peer = (symbol: string, change24h: number | null) => quote({ symbol, change24h });
  it('says Bitcoin, the mean of the AI coins and the best of them', () => {
    const peers = [peer('render', 4.8), peer('near', 0.9), peer('fet', 0)];
    expect(said(against(peer('btc', 0.3), peers, view))).toEqual([
      'Against BTC ▲ +0.30% · AI coins ▲ +1.90% (best RENDER ▲ +4.80%)',
    ]);
  });

  it('leaves out who is unknown, and speaks of no kind with fewer than three', () => {
    expect(said(against(null, [peer('a', 1), peer('b', 2), peer('c', 3)], view))).toEqual([
      'Against AI coins ▲ +2.00% (best C ▲ +3.00%)',
    ]);
    expect(said(against(peer('btc', 0.3), [peer('a', 1), peer('b', null), peer('c', 3)], view))).toEqual([
      'Against BTC ▲ +0.30%',
    ]);
    expect(against(null, [], view)).toEqual([]);
  });
});

describe('round numbers', () => {
  const words = { locale: 'en', date: (at: number) => new Date(at).toISOString().slice(0, 10) };

  it('are said when one was crossed within a day, with the day since when', () => {
    const risen = input((daysAgo) => (daysAgo >= 20 ? 310 : daysAgo < 0.5 ? 302 : 290));
    expect(milestone(risen, quote(), words)).toBe('Above $300.00 for the first time since 2026-11-03');
    const fallen = input((daysAgo) => (daysAgo < 0.5 ? 298 : 310));
    expect(milestone(fallen, quote(), words)).toBe('Below $300.00 for the first time in 30 days');
  });

  it('are not said without a crossing, without a month, or when the crossing is older than a day', () => {
    expect(
      milestone(
        input(() => 305),
        quote(),
        words,
      ),
    ).toBeNull();
    expect(milestone({ ...input((daysAgo) => (daysAgo < 0.5 ? 302 : 290)), month: null }, quote(), words)).toBeNull();
    expect(
      milestone(
        input((daysAgo) => (daysAgo < 3 ? 302 : 290)),
        quote(),
        words,
      ),
    ).toBeNull();
  });

  it.each([
    [273, 20],
    [1.62, 0.1],
    [61_000, 5000],
    [0.42, 0.02],
  ])('of %d are steps of %d', (price, step) => {
    expect(roundStep(price)).toBe(step);
  });
});

describe('question of the day', () => {
  const faq = new Map(
    Array.from({ length: 66 }, (_, index): [string, FaqEntry] => [
      `q${index}`,
      { id: `q${index}`, tags: [index % 11 === 0 ? 'bot' : 'tao'] } as unknown as FaqEntry,
    ]),
  );
  it('changes every day and comes back only when all had their turn; those about the bot never come', () => {
    const days = Array.from({ length: 60 }, (_, day) => questionOfTheDay(faq, AT + day * DAY, 'UTC')?.id);
    expect(new Set(days).size).toBe(60);
    expect(days).not.toContain('q11');
    expect(questionOfTheDay(faq, AT + 60 * DAY, 'UTC')?.id).toBe(days[0]);
  });

  it('follows the calendar of the zone, also where clocks change, and is none without entries', () => {
    const before = Date.parse('2026-10-24T22:30:00Z'); // 00:30 of the 25th in Berlin, the day with 25 hours
    const id = questionOfTheDay(faq, before, 'Europe/Berlin')?.id;
    expect(questionOfTheDay(faq, before + 24 * HOUR, 'Europe/Berlin')?.id).toBe(id);
    expect(questionOfTheDay(faq, before + 25 * HOUR, 'Europe/Berlin')?.id).not.toBe(id);
    expect(questionOfTheDay(new Map(), AT, 'UTC')).toBeNull();
  });
});
