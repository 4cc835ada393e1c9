// The days of a digest in words: "mon, wed, fri", "every weekday", "montag bis freitag", "daily except sunday", and what no digest can keep.
import { isWellKnown, saysCoin } from '../coins.ts';
import { quoted, type Row } from '../reading.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { FILLERS } from '../words.ts';
import {
  isAfterDay,
  isBeforeDay,
  isEvery,
  isExcept,
  isOnly,
  isTimeWord,
  isUnkept,
  mistypedDay,
} from './schedule-words.ts';

const WEEK = 'mon tue wed thu fri sat sun'.split(' ');
const UNTIL = /^(?:to|-|–|through|until|till|bis|a|hasta|até|à|tot|sampai|đến|до)$/u;
const WORKDAYS = /^(?:business|working|work)$/;
const ONCE_A_DAY = /^once (?:a |per |each |every )?(?:day|daily)(?: |$)/;
const NUMBER = /^\d+$/;
/** "thứ hai", "chủ nhật": weekdays of two words begin so. */
const FIRST_OF_TWO = /^(?:thứ|thu|chủ|chu)$/;
/** "ma", "do", "so" are other words too: days only where "op" or "every" says so. */
const OTHER_WORD = /^[a-z]\w$/;
const WHOLE_DAY =
  /^(?:days?|morning|evening|afternoon|night|tage?|días?|dias?|jours?|giorno|dag|dzień|dnia|den|день|дня|hari|ngày|दिन|يوم)$/u;
/** Longer words of time are hardly meant as a coin. */
const LONGEST_TICKER = 4;

/** `days`: as handed to the command, none where nothing was said of them; `remarks`: how they were read. */
type Days = { days: string[]; remarks: string[] };

/**
 * Takes all words about days. What no digest can keep is handed over as it was typed, so that the command refuses it.
 * @param isTimed without a time the command asks for one, and such words are left over
 */
export function takeSchedule(row: Row, vocabulary: Vocabulary, isTimed: boolean): Days {
  const before = new Set(row.taken);
  const remarks: string[] = [];
  const except = takeExcept(row, vocabulary);
  const named = takeDays(row, vocabulary, remarks);
  const unkept = isTimed ? takeUnkept(row, before, named.length > 0) : null;
  if (unkept !== null) {
    const isTicker = unkept.length <= LONGEST_TICKER && !unkept.includes(' ') && vocabulary.coin(unkept) !== null;
    return { days: [unkept], remarks: isTicker ? [`A coin of that name is written "$${unkept}".`] : [] };
  }
  if (except === null) return { days: named, remarks };
  if (named.every((day) => day === 'daily')) return { days: except.days, remarks };
  return { days: named, remarks: [...remarks, `I left out ${quoted([except.text])}: the days are named already.`] };
}

/** "except weekends", "but not on sunday", "außer samstag und sonntag": the days that remain. */
function takeExcept(row: Row, vocabulary: Vocabulary): { days: string[]; text: string } | null {
  const words = row.tokens.map(({ word }) => word);
  const at = words.findIndex((word, index) => isExcept(word) && !row.taken.has(index));
  if (at < 0) return null;
  const out = new Set<string>();
  let end = at + 1;
  for (; end < words.length && !row.taken.has(end); end++) {
    const word = words[end] ?? '';
    const days = vocabulary.days(word);
    if (days !== null && days.length < WEEK.length) days.forEach((day) => out.add(day));
    else if (!/^(?:on|for|the|and|or|und|am|y|los|el|et|le)$/.test(word)) break;
  }
  if (out.size === 0) return null;
  const from = words[at - 1] === 'but' ? at - 1 : at;
  row.take(from, end - from);
  const days = WEEK.filter((day) => !out.has(day));
  const text = words.slice(from, end).join(' ');
  return { days: days.join() === 'mon,tue,wed,thu,fri' ? ['weekdays'] : days, text };
}

function takeDays(row: Row, vocabulary: Vocabulary, remarks: string[]): string[] {
  const days: string[] = [];
  const wordAt = (index: number) => (row.taken.has(index) ? '' : (row.tokens[index]?.word ?? ''));
  const use = (index: number, length: number, day: string): void => {
    row.take(index, length);
    days.push(day);
  };
  for (const index of row.free()) {
    const token = row.tokens[index];
    if (token === undefined || row.taken.has(index) || saysCoin(token)) continue;
    const [word, middle, last] = [token.word, wordAt(index + 1), wordAt(index + 2)];
    const span = `${word}-${last}`;
    const line = [word, middle, last, wordAt(index + 3)].join(' ');
    const led = isEvery(word) || isBeforeDay(word, middle);
    const isLedTwice = led && [FILLERS.has(middle), isBeforeDay(middle, last), isEvery(middle)].includes(true); // "todos los viernes", "w każdą środę"
    const before = led ? (isLedTwice ? 2 : 1) : 0;
    const found = dayAt(index + before, led, wordAt, vocabulary);
    if (UNTIL.test(middle) && vocabulary.days(word) !== null && vocabulary.days(span) !== null) use(index, 3, span);
    else if (ONCE_A_DAY.test(line)) use(index, middle === 'daily' || middle === 'day' ? 2 : 3, 'daily');
    else if (WORKDAYS.test(word) && middle === 'days') use(index, 2, 'weekdays');
    else if (isEvery(word) && WHOLE_DAY.test(middle) && !(isLedTwice && found !== null)) use(index, 2, 'daily');
    else if (isEvery(word) && FILLERS.has(middle) && WHOLE_DAY.test(last)) use(index, 3, 'daily');
    else if (found !== null) {
      const length = before + found.length;
      use(index, length + (isAfterDay(wordAt(index + length)) ? 1 : 0), found.day);
    } else if (isOnly(word) && vocabulary.days(middle) !== null) row.take(index);
    else {
      const meant = mistypedDay(word);
      const coin = meant === null ? null : vocabulary.coin(token.raw);
      if (meant === null || (coin !== null && isWellKnown(coin, vocabulary))) continue;
      use(index, 1, meant);
      remarks.push(`I read ${quoted([token.raw])} as ${meant.charAt(0).toUpperCase()}${meant.slice(1)}.`);
    }
  }
  return days;
}

/** The weekday that begins at a place; of two words it is handed on as "mon". `led`: something before it says that it is one. */
function dayAt(
  at: number,
  led: boolean,
  wordAt: (index: number) => string,
  vocabulary: Vocabulary,
): { day: string; length: number } | null {
  const word = wordAt(at);
  const [ofTwo] = FIRST_OF_TWO.test(word) ? (vocabulary.days(`${word} ${wordAt(at + 1)}`) ?? []) : [];
  if (ofTwo !== undefined) return { day: ofTwo, length: 2 };
  const isOther = word.length < 2 || (OTHER_WORD.test(word) && !led);
  return isOther || vocabulary.days(word) === null ? null : { day: word, length: 1 };
}

/**
 * "every 29 feb", "first monday of the month", with the days in it; null where all words of time have a meaning.
 * @param before what something else than days has taken
 */
function takeUnkept(row: Row, before: ReadonlySet<number>, hasDays: boolean): string | null {
  const wordAt = (index: number) => row.tokens[index]?.word ?? '';
  const isOpen = (index: number) => {
    const token = row.tokens[index];
    return token !== undefined && !before.has(index) && !saysCoin(token);
  };
  const isTime = (index: number) => isOpen(index) && isTimeWord(wordAt(index));
  const strange = row.free().filter((index) => isOpen(index) && isUnkept(wordAt(index)));
  const counted = row.free().filter((index) => NUMBER.test(wordAt(index)) && (isTime(index - 1) || isTime(index + 1)));
  const isSaidTwice = hasDays && strange.every((index) => wordAt(index) === 'weekly'); // "weekly monday"
  if (isSaidTwice) for (const index of strange) row.take(index);
  if (isSaidTwice || strange.length + counted.length === 0) return null;
  const parts = row.tokens.flatMap((_, index) =>
    isOpen(index) && (isTime(index) || row.taken.has(index) || counted.includes(index)) ? [index] : [],
  );
  const gap = (from: number, to: number) =>
    Array.from({ length: to - from - 1 }, (_, step) => from + 1 + step).every(
      (index) => isOpen(index) && FILLERS.has(wordAt(index)),
    );
  const said = parts.flatMap((index, place) => {
    row.take(index);
    const previous = parts[place - 1];
    const between =
      previous !== undefined && gap(previous, index)
        ? row.tokens.slice(previous + 1, index).map(({ word }) => word)
        : [];
    return [...between, wordAt(index)];
  });
  return said.join(' ');
}
