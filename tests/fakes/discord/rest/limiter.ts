// Discord does not publish how it counts 50 requests per second, so the fake can count in three ways.

export type LimiterModel = 'fixed' | 'sliding' | 'gcra';

/** Returns 0 when the call may pass, else the seconds to wait. `now` in ms. */
export type Limiter = (now: number) => number;

/** GCRA: calls that may come early in a row. */
const GCRA_BURST = 5;

export function createLimiter(model: LimiterModel, perSecond: number): Limiter {
  if (model === 'fixed') return fixedWindow(perSecond);
  return model === 'sliding' ? slidingWindow(perSecond) : gcra(perSecond);
}

function fixedWindow(perSecond: number): Limiter {
  let window = -1;
  let count = 0;
  return (now) => {
    const current = Math.floor(now / 1000);
    if (current !== window) [window, count] = [current, 0];
    count++;
    return count <= perSecond ? 0 : ((window + 1) * 1000 - now) / 1000;
  };
}

/** Refused calls do not count. */
function slidingWindow(perSecond: number): Limiter {
  const passed: number[] = [];
  return (now) => {
    while (passed.length > 0 && (passed[0] ?? 0) <= now - 1000) passed.shift();
    if (passed.length >= perSecond) return ((passed[0] ?? now) + 1000 - now) / 1000;
    passed.push(now);
    return 0;
  };
}

function gcra(perSecond: number): Limiter {
  const step = 1000 / perSecond;
  let due = 0;
  return (now) => {
    const early = due - now - step * GCRA_BURST;
    if (early > 0) return early / 1000;
    due = Math.max(due, now) + step;
    return 0;
  };
}

/** Ways in which "429" arrives in the wild, by name: what stands in Retry-After, and whether the body is the page of a proxy. */
export const FORMS_OF_429: Readonly<Record<string, { retryAfter?: string; html?: true }>> = {
  'no header': {},
  'an empty header': { retryAfter: '' },
  'a word': { retryAfter: 'soon' },
  'a negative number': { retryAfter: '-5' },
  zero: { retryAfter: '0' },
  'a date': { retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' },
  'an absurd number': { retryAfter: '99999999999' },
  'a page of HTML': { html: true },
  'five minutes': { retryAfter: '300' },
};
