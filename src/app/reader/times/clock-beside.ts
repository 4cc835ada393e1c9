// A time beside what is waited for ("tell me when tao hits 300 at 9"): alerts watch at all times, so it is left out and said.
import { BEFORE_HOUR } from '../arguments/schedule-words.ts';
import type { Row } from '../reading.ts';
import type { Vocabulary } from '../vocabulary.ts';

const BEFORE = new RegExp(`^(?:${BEFORE_HOUR})$`, 'u');
/** "9.30" is rather a price. */
const CLOCK = /^(?:1?\d|2[0-3])(?:[:h]\d{2})?(?:[ap]\.?m\.?)?$/;
const HALF = /^(?:[ap]\.?m\.?|uhr|o'?clock)$/;
const WHEN = /^(?:when|whenever|if|once|wenn|falls|sobald)$/;
const NUMBER = /^[$€£]?\d/;

/** Takes a time at the end or before "when", where another number says how far; its words, or null. */
export function takeClock(row: Row, vocabulary: Vocabulary): string | null {
  const free = row.free();
  const words = free.map((index) => row.tokens[index]?.word ?? '');
  for (const [at, word] of words.entries()) {
    const [next = '', half = ''] = words.slice(at + 1);
    const isTime = BEFORE.test(word) && CLOCK.test(next);
    const isDay = word === 'on' && next.length > 2 && vocabulary.days(next) !== null;
    const end = at + (isTime && HALF.test(half) ? 3 : 2);
    if (!(isTime || isDay) || !(end === words.length || WHEN.test(words[end] ?? ''))) continue;
    if (!words.some((other, index) => (index < at || index >= end) && NUMBER.test(other))) continue;
    for (const index of free.slice(at, end)) row.take(index);
    return free
      .slice(at, end)
      .map((index) => row.tokens[index]?.raw)
      .join(' ');
  }
  return null;
}
