// What a digest says of the days behind it: what stands out in the prices, by rules, never an opinion or a forecast.
import { DAY, HOUR } from '../../base/clock.ts';
import { amount } from '../../format/numbers.ts';

/** [epoch ms, price], ascending; the last point is the price of the digest itself. */
type Points = readonly (readonly [number, number])[];

export type SentenceInput = {
  price: number;
  at: number;
  week: Points;
  month: Points | null;
  ath: number | null;
  locale: string;
};

/** A move smaller than this (0.1 %) is neither up nor down. */
const STILL = 0.001;
/** Less would be written as 0%. */
const LEAST_SAID = 0.05;
const ORDINALS = ['', '', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh'];

/** For example "up for the third day in a row" or "a calm week". Null when the data says nothing sound. */
export function dayWords(input: SentenceInput): string | null {
  return streakWords(input) ?? calmWords(input);
}

/** Days in a row that the price rose or fell, counted in steps of 24 hours back from the latest price. */
function streakWords({ price, at, week }: SentenceInput): string | null {
  let days = 0;
  let direction = 0;
  let later = price;
  for (let back = 1; back <= 7; back++) {
    const earlier = priceAt(week, at - back * DAY);
    if (earlier === null) break;
    const step = later / earlier - 1;
    const sign = Math.abs(step) < STILL ? 0 : Math.sign(step);
    if (sign === 0 || (direction !== 0 && sign !== direction)) break;
    direction = sign;
    later = earlier;
    days = back;
  }
  if (days < 2) return null;
  const word = direction > 0 ? 'up' : 'down';
  return days === 7 ? `${word} on each of the past seven days` : `${word} for the ${ORDINALS[days] ?? ''} day in a row`;
}

/** The price closest to a moment, at most two hours away from it. */
function priceAt(points: Points, at: number): number | null {
  const nearest = points.reduce<readonly [number, number] | null>(
    (best, point) => (best === null || Math.abs(point[0] - at) < Math.abs(best[0] - at) ? point : best),
    null,
  );
  return nearest === null || Math.abs(nearest[0] - at) > 2 * HOUR ? null : nearest[1];
}

/** Where the price stands: at an all-time high, at the top or bottom of the month, or how far from the nearer one. */
export function placeWords({ price, week, month, ath, locale, at }: SentenceInput): string | null {
  if (ath !== null && price >= ath) return 'at an all-time high';
  const covered = month !== null && (month[0]?.[0] ?? at) <= at - 28 * DAY;
  const points = covered ? month : week;
  if (!isWeek(points, at)) return null; // too short a past to speak of highs
  const name = covered ? '30-day' : '7-day';
  const values = points.map((point) => point[1]);
  const [high, low] = [Math.max(...values), Math.min(...values)];
  if (high <= low) return null;
  if (price >= high) return `at its ${name} high`;
  if (price <= low) return `at its ${name} low`;
  const [below, above] = [1 - price / high, price / low - 1];
  return below <= above
    ? `${share(below, locale)} below its ${name} high`
    : `${share(above, locale)} above its ${name} low`;
}

/** False for prices of a few days: a young coin has no week behind it. */
export function isWeek(points: Points, at: number): boolean {
  return (points[0]?.[0] ?? at) <= at - 6.5 * DAY;
}

function calmWords({ week, price, at }: SentenceInput): string | null {
  const values = [...week.map((point) => point[1]), price];
  const [high, low] = [Math.max(...values), Math.min(...values)];
  return isWeek(week, at) && high / low - 1 < 0.02 ? 'a calm week: the price stayed within 2%' : null;
}

function share(part: number, locale: string): string {
  const percent = part * 100;
  if (percent < LEAST_SAID) return 'just';
  return `${amount(percent, locale, percent < 1 ? 1 : 0)}%`;
}
