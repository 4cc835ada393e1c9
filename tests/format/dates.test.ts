// Dates in the words, order and zone of the reader.
import { expect, it } from 'vitest';
import { date, dateFormat, dateTime, localDate, localMoment, localTime, month } from '../../src/format/dates.ts';

const AT = Date.UTC(2026, 10, 22, 23, 5);

it('plain English puts the day first and never writes a month as a number', () => {
  expect(date(AT, 'en')).toBe('22 Nov 2026');
  expect(dateTime(AT, 'en')).toBe('22 Nov 2026, 23:05 UTC');
  expect(month(AT, 'en')).toBe('November 2026');
  expect(date(AT, 'en-US')).toBe('Nov 22, 2026');
});

it('a zone moves the clock and the calendar', () => {
  expect(date(AT, 'en', 'Europe/Berlin')).toBe('23 Nov 2026');
  expect(dateTime(AT, 'en', 'Asia/Kolkata')).toBe('23 Nov 2026, 04:35 GMT+5:30');
  expect(localDate(AT, 'en', 'America/New_York')).toBe('Sunday, 22 November 2026');
  expect(localTime(AT, 'en', 'America/New_York')).toBe('18:05');
  expect(localMoment(AT, 'en', 'Europe/Berlin')).toBe('Mon 23 Nov 2026, 00:05 (Europe/Berlin)');
});

it('one form in one zone is not taken for another', () => {
  expect([localTime(AT, 'en', 'UTC'), dateTime(AT, 'en', 'UTC'), date(AT, 'en', 'UTC')]).toEqual([
    '23:05',
    '22 Nov 2026, 23:05 UTC',
    '22 Nov 2026',
  ]);
  expect(localTime(AT, 'de', 'Europe/Berlin')).toBe('00:05');
});

it('follows the locale, and falls back to English for one that does not exist', () => {
  expect(localDate(AT, 'de', 'UTC')).toBe('Sonntag, 22. November 2026');
  expect(date(AT, '!!')).toBe('22 Nov 2026');
});

it('five hundred forms are kept, the ones last used', () => {
  const form = (locale: string) => dateFormat(locale, { year: 'numeric' });
  const [mine, last] = [form('en-x-mine'), form('en-x-last')];
  for (let at = 0; at < 499; at++) form(`en-x-a${at}`);
  expect(form('en-x-last')).toBe(last);
  expect(form('en-x-mine')).not.toBe(mine);
});
