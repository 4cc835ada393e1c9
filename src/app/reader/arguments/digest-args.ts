// Arguments of `/digest create` in words: time, zone, days, channel, currency and coins in any order.
import type { Token } from '../tokens.ts';
import { coinAt, saysCoin } from '../coins.ts';
import { quoted, type Reading, type Row } from '../reading.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { currencyWord } from '../words.ts';

const MOST_WORDS = 4;
const HALF = /^(?:(?:a|p)\.?m\.?|uhr|h)$/;
/** Words of time that no time, day or zone has used: never coins of that ticker. */
const TIME_WORDS = new Set(
  'morning evening afternoon night tonight tomorrow today yesterday day days daily week weekly weeks hour hours every each am pm uhr o’clock oclock'.split(
    ' ',
  ),
);
/** A second time rather than a coin of that name; subnets are "sn20" here. */
const NUMBER = /^\d+$/;
/** "7 in the morning", "8 in the evening": which half of the day. */
const DAY_HALF = /^(\d{1,2}(?::\d{2})?)(?: o'?clock)?(?: in the| at)? (morning|evening|afternoon|night)$/;

export function readDigestArgs(row: Row, vocabulary: Vocabulary): Omit<Reading, 'left'> {
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
    (text) => zoneOf(text, vocabulary) !== null,
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
  const except = takeExcept(row);
  const named = takeDays(row, vocabulary);
  const isEvery = named.every((day) => day === 'daily');
  const days = except !== null && isEvery ? except.days : named;
  if (days.length > 0) args['days'] = days.join(',');
  const coins: string[] = [];
  for (const index of row.free()) {
    const token = row.tokens[index];
    if (token === undefined || row.taken.has(index)) continue;
    if (TIME_WORDS.has(token.word) && !saysCoin(token)) continue;
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
  const remarks = moreTimes(row, vocabulary);
  if (except !== null && !isEvery) remarks.push(`I left out ${quoted([except.text])}: the days are named already.`);
  const unknown = coins.length === 0 ? row.left().filter((word) => !TIME_WORDS.has(word.toLowerCase())) : [];
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
  const isUsable = row.tokens.map((token, index) => !row.taken.has(index) && !saysCoin(token));
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

const WEEK = 'mon tue wed thu fri sat sun'.split(' ');
const DAY_NAME = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?$/;

/** "except weekends", "but not on sunday", "except sat and sun": the days that remain. */
function takeExcept(row: Row): { days: string[]; text: string } | null {
  const words = row.tokens.map(({ word }) => word);
  const at = words.findIndex((word, index) => /^(?:except|excluding|without|not)$/.test(word) && !row.taken.has(index));
  if (at < 0) return null;
  const out = new Set<string>();
  let end = at + 1;
  for (; end < words.length; end++) {
    const word = words[end] ?? '';
    if (row.taken.has(end)) break;
    if (/^weekends?$/.test(word)) ['sat', 'sun'].forEach((day) => out.add(day));
    else if (DAY_NAME.test(word)) out.add(word.slice(0, 3));
    else if (!/^(?:on|for|the|and|or)$/.test(word)) break;
  }
  if (out.size === 0) return null;
  const from = words[at - 1] === 'but' ? at - 1 : at;
  row.take(from, end - from);
  const days = WEEK.filter((day) => !out.has(day));
  const text = words.slice(from, end).join(' ');
  return { days: days.join() === 'mon,tue,wed,thu,fri' ? ['weekdays'] : days, text };
}

/** "mon, wed, fri", "every weekday", "mon to fri", "monday - friday". */
function takeDays(row: Row, vocabulary: Vocabulary): string[] {
  const days: string[] = [];
  for (const index of row.free()) {
    const token = row.tokens[index];
    if (token === undefined || row.taken.has(index) || saysCoin(token)) continue;
    const [middle, last] = [row.tokens[index + 1]?.word ?? '', row.tokens[index + 2]?.word ?? ''];
    const span = `${token.word}-${last}`;
    if (['to', '-', '–', 'through', 'until'].includes(middle) && vocabulary.days(token.word) && vocabulary.days(span)) {
      row.take(index, 3);
      days.push(span);
    } else if (token.word === 'every' && /^(?:day|weekdays?|weekends?)$/.test(middle)) {
      row.take(index, 2);
      days.push(middle === 'day' ? 'daily' : middle);
    } else if (/^(?:every|each)$/.test(token.word) && vocabulary.days(middle)) {
      row.take(index, 2);
      days.push(middle);
    } else if (token.word !== 'every' && token.word !== 'all' && vocabulary.days(token.word)) {
      row.take(index);
      days.push(token.word);
    }
  }
  return days;
}
