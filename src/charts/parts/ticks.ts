// Where axis ticks go: round numbers for money and percent, calendar boundaries in UTC for time.
import { DAY, MINUTE } from '../../base/clock.ts';

/** How a time tick is written; `strong` marks the start of something larger (a day among hours, a year among months). */
export type TimeTick = { at: number; form: 'clock' | 'weekday' | 'day' | 'month' | 'year'; strong: boolean };

export type ValueTicks = { values: readonly number[]; step: number; decimals: number };

/** Multiples of 1, 2, 2.5 or 5 × 10ⁿ inside [low, high], as near as possible to `target` of them within `fewest`..`most`. */
export function valueTicks(low: number, high: number, target = 5, fewest = 3, most = 6): ValueTicks {
  if (!(high > low) || !Number.isFinite(high - low)) return { values: [], step: 1, decimals: 0 };
  const power = Math.floor(Math.log10((high - low) / target));
  let best: (ValueTicks & { miss: number }) | null = null;
  for (let exponent = power - 1; exponent <= power + 1; exponent++) {
    for (const digit of [1, 2, 2.5, 5]) {
      const step = digit * 10 ** exponent;
      const first = Math.ceil(low / step - 1e-9);
      const count = Math.floor(high / step + 1e-9) - first + 1;
      const miss = Math.abs(count - target) + (count < fewest || count > most ? 100 : 0);
      if (count > 50 || (best !== null && miss >= best.miss)) continue;
      const values = Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step);
      best = { values, step, decimals: Math.max(0, (digit === 2.5 ? 1 : 0) - exponent), miss };
    }
  }
  return best ?? { values: [], step: 1, decimals: 0 };
}

/** At most about eight calendar boundaries in [from, to], finest first, in UTC. */
export function timeTicks(from: number, to: number): TimeTick[] {
  const span = to - from;
  if (span <= 0) return [{ at: to, form: 'clock', strong: false }];
  if (span <= 2 * DAY) return clockTicks(from, to);
  if (span <= 9 * DAY) return dayTicks(from, to, [1, 2], 8, 'weekday');
  if (span <= 100 * DAY) return dayTicks(from, to, [2, 3, 5, 7, 10, 14], 7, 'day');
  return monthTicks(from, to);
}

function clockTicks(from: number, to: number): TimeTick[] {
  const minutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720];
  const step = (minutes.find((minute) => countOf(from, to, minute * MINUTE) <= 7) ?? 720) * MINUTE;
  const ticks: TimeTick[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const midnight = at % DAY === 0;
    ticks.push({ at, form: midnight ? 'day' : 'clock', strong: midnight });
  }
  return ticks;
}

/** Counted back from the last midnight, so that today is always named. */
function dayTicks(
  from: number,
  to: number,
  steps: readonly number[],
  most: number,
  form: 'weekday' | 'day',
): TimeTick[] {
  const last = Math.floor(to / DAY) * DAY;
  const step = (steps.find((days) => (last - from) / (days * DAY) < most) ?? 14) * DAY;
  const ticks: TimeTick[] = [];
  for (let at = last; at >= from; at -= step) ticks.unshift({ at, form, strong: false });
  return ticks;
}

function monthTicks(from: number, to: number): TimeTick[] {
  const first = new Date(from);
  const start = first.getUTCFullYear() * 12 + first.getUTCMonth();
  const last = new Date(to);
  const months = last.getUTCFullYear() * 12 + last.getUTCMonth() - start;
  const step = [1, 2, 3, 4, 6, 12, 24, 60, 120].find((size) => months / size <= 7) ?? 1200;
  const ticks: TimeTick[] = [];
  for (let month = Math.ceil(start / step) * step; month <= start + months; month += step) {
    const at = Date.UTC(Math.floor(month / 12), month % 12);
    if (at < from || at > to) continue;
    const january = month % 12 === 0;
    ticks.push({ at, form: january ? 'year' : 'month', strong: january && step < 12 });
  }
  return ticks;
}

function countOf(from: number, to: number, step: number): number {
  return Math.floor(to / step) - Math.ceil(from / step) + 1;
}
