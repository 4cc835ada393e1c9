// Arguments of `/digest create` in words: time, zone, days, channel, currency and coins in any order.
import type { Token } from '../tokens.ts';
import { coinAt, saysCoin } from '../coins.ts';
import { quoted, type Reading, type Row } from '../reading.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { currencyWord } from '../words.ts';
import { takeSchedule } from './digest-days.ts';
import { isHourWord, isTimeWord, isUnkept } from './schedule-words.ts';

const MOST_WORDS = 4;
const HALF = /^(?:(?:a|p)\.?m\.?|uhr|h)$/;
/** A second time rather than a coin of that name; subnets are "sn20" here. */
const NUMBER = /^\d+$/;
/** "7 in the morning", "8 in the evening": which half of the day. */
const DAY_HALF = /^(\d{1,2}(?::\d{2})?)(?: o'?clock)?(?: in the| at)? (morning|evening|afternoon|night)$/;

/** @param named whether the time is said by name, and no part of the row */
export function readDigestArgs(row: Row, vocabulary: Vocabulary, named = false): Omit<Reading, 'left'> {
  const args: Record<string, string> = {};
  takeMarks(row, args);
  takeRun(
    row,
    5,
    (text) => DAY_HALF.test(text.toLowerCase()),
    (text) => (args['time'] = halfOfDay(text.toLowerCase())),
  );
  if (args['time'] === undefined)
    takeRun(
      row,
      2,
      (text, tokens) => isClock(tokens) && vocabulary.time(text) !== null,
      (text) => (args['time'] = text),
    );
  takeRun(
    row,
    MOST_WORDS,
    (text) => !isUnkept(text.toLowerCase()) && zoneOf(text, vocabulary) !== null, // "christmas" is a day here, not the island
    (text) => (args['timezone'] = zoneOf(text, vocabulary) ?? text),
  );
  if (args['time'] === undefined)
    takeRun(
      row,
      1,
      (text) => /^\d{1,4}$/.test(text) && vocabulary.time(text) !== null,
      (text) => (args['time'] = text),
    );
  if (args['time'] === undefined)
    takeRun(
      row,
      1,
      (text) => /^\d{1,2}(?:[:.h]\d{2}|[ap]\.?m)/i.test(text),
      (text) => (args['time'] = text),
    ); // refused with the reason
  const isTimed = named || args['time'] !== undefined; // a time that is missing is asked for first
  const schedule = takeSchedule(row, vocabulary, isTimed);
  if (schedule.days.length > 0) args['days'] = schedule.days.join(',');
  takeHourWords(row, schedule.days);
  const coins: string[] = [];
  for (const index of row.free()) {
    const token = row.tokens[index];
    if (token === undefined || row.taken.has(index)) continue;
    if (isTimeWord(token.word) && !saysCoin(token)) continue;
    if (NUMBER.test(token.word)) continue;
    const coin = coinAt(row.tokens, index, vocabulary, row.taken);
    const currency = saysCoin(token) ? null : currencyWord(token.word, vocabulary.currencies);
    if (currency !== null && !currency.coin && (coin?.length ?? 0) <= 1 && args['currency'] === undefined) {
      row.take(index);
      args['currency'] = currency.code;
    } else if (coin !== null) {
      row.take(index, coin.length);
      coins.push(coin.text);
    }
  }
  const remarks = [...schedule.remarks, ...moreTimes(row, vocabulary)];
  const unknown = isTimed && coins.length === 0 ? row.left().filter((word) => !isTimeWord(word.toLowerCase())) : [];
  if (unknown.length > 0) {
    coins.push(unknown.join(' ').slice(0, 100)); // what stands where coins do is asked about
    for (const index of row.free()) if (unknown.includes(row.tokens[index]?.raw ?? '')) row.take(index);
  }
  if (coins.length > 0) args['coins'] = coins.join(',');
  return { args, unknown, remarks };
}

/** "at 8 and 20": a digest has one time. */
function moreTimes(row: Row, vocabulary: Vocabulary): string[] {
  const times = row.free().filter((index) => {
    const { raw = '', word = '' } = row.tokens[index] ?? {};
    return NUMBER.test(word) || (/\d/.test(word) && vocabulary.time(raw) !== null);
  });
  for (const index of times) row.take(index);
  const said = times.map((index) => row.tokens[index]?.raw ?? '');
  return said.length === 0 ? [] : [`I left out ${quoted(said)}: a digest has one time. Set up another one for it.`];
}

/** "om 9", "9 बजे": what stands at the time. */
function takeHourWords(row: Row, days: readonly string[]): void {
  const isTime = (index: number) => row.taken.has(index) && /^\d/.test(row.tokens[index]?.word ?? '');
  for (const index of row.free())
    if (isHourWord(row.tokens[index]?.word ?? '', days) && (isTime(index - 1) || isTime(index + 1))) row.take(index);
}

/** "#general", "<#C123>", "replace", "subnets". */
function takeMarks(row: Row, args: Record<string, string>): void {
  for (const index of row.free()) {
    const token = row.tokens[index];
    if (token === undefined) continue;
    if (/^(<#[^>]+>|#\S+)$/.test(token.raw)) args['channel'] = token.raw;
    else if (token.word === 'replace' || token.word === 'subnets') args[token.word] = 'true';
    else continue;
    row.take(index);
  }
}

function halfOfDay(text: string): string {
  const [, clock = '', half = ''] = DAY_HALF.exec(text) ?? [];
  return `${clock} ${half === 'morning' ? 'am' : 'pm'}`;
}

/** A number alone could be many things: a time has a colon, four digits, a half of the day, or is the word for one. */
function isClock(tokens: readonly Token[]): boolean {
  const [first, second] = tokens.map(({ word }) => word);
  if (second !== undefined) return /^\d{1,2}([:.h]\d{2})?$/.test(first ?? '') && HALF.test(second);
  return /^(\d{1,2}[:.h]\d{2}([ap]\.?m?\.?)?|\d{3,4}([ap]m?)?|\d{1,2}([ap]m?|h|uhr)|noon|midnight)$/.test(first ?? '');
}

/** The longest run of free tokens that `fits`, the first one of the row. */
function takeRun(
  row: Row,
  most: number,
  fits: (text: string, tokens: readonly Token[]) => boolean,
  use: (text: string) => void,
): void {
  const isUsable = row.tokens.map(
    (token, index) => !row.taken.has(index) && !saysCoin(token) && row.tokens[index - 1]?.word !== 'thứ', // "thứ 2" is a day
  );
  for (const from of row.free()) {
    let length = 0;
    while (length < most && isUsable[from + length] === true) length++;
    for (; length >= 1; length--) {
      const tokens = row.tokens.slice(from, from + length);
      const text = tokens.map(({ raw }) => raw).join(' ');
      if (!fits(text, tokens)) continue;
      row.take(from, length);
      return use(text);
    }
  }
}

/** The zone itself; an abbreviation stays as it is, so that it can be refused with the places that it may mean. */
function zoneOf(text: string, vocabulary: Vocabulary): string | null {
  const found = vocabulary.zone(text);
  if (found === null) return /^[a-z]+\/[a-z_]+$/i.test(text) ? text : null; // the form of a zone: refused with suggestions
  return 'zone' in found ? found.zone : text;
}
