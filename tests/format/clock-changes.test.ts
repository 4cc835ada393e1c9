// Moments around a change of clocks: each is said on the clock of its zone, and two moments are never taken for one.
import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { date, dateTime, localDate, localMoment, localTime } from '../../src/format/dates.ts';

it('the hour that Berlin skips in March', () => {
  const before = Date.UTC(2026, 2, 29, 0, 59);
  expect(localTime(before, 'en', 'Europe/Berlin')).toBe('01:59');
  expect(localTime(before + MINUTE, 'en', 'Europe/Berlin')).toBe('03:00');
});

it('the hour that Berlin has twice in October is told apart by its zone', () => {
  const first = Date.UTC(2026, 9, 25, 0, 30);
  expect([first, first + HOUR].map((at) => localTime(at, 'en', 'Europe/Berlin'))).toEqual(['02:30', '02:30']);
  expect([first, first + HOUR].map((at) => dateTime(at, 'en', 'Europe/Berlin'))).toEqual([
    '25 Oct 2026, 02:30 CEST',
    '25 Oct 2026, 02:30 CET',
  ]);
});

it('half an hour on Lord Howe Island, and none in Kolkata or Phoenix', () => {
  const change = Date.UTC(2026, 3, 4, 15);
  expect([change - MINUTE, change].map((at) => localTime(at, 'en', 'Australia/Lord_Howe'))).toEqual(['01:59', '01:30']);
  for (const zone of ['Asia/Kolkata', 'America/Phoenix'])
    expect(localTime(Date.UTC(2026, 0, 1), 'en', zone), zone).toBe(localTime(Date.UTC(2026, 6, 1), 'en', zone));
});

it('one moment has three dates on earth', () => {
  const at = Date.UTC(2026, 11, 31, 10, 30);
  expect(date(at, 'en', 'Pacific/Kiritimati')).toBe('1 Jan 2027');
  expect(date(at, 'en')).toBe('31 Dec 2026');
  expect(date(at, 'en', 'Pacific/Pago_Pago')).toBe('30 Dec 2026');
});

it('midnight is 00:00 and never 24:00, in every language', () => {
  const midnight = Date.UTC(2026, 10, 22);
  for (const locale of ['en', 'en-US', 'de', 'fr', 'ja', 'hi', 'pt-BR'])
    expect(localTime(midnight, locale, 'UTC'), locale).toBe('00:00');
});

it('a moment keeps its weekday, whatever stands between the parts in the language', () => {
  const at = Date.UTC(2026, 10, 23, 8);
  expect(localMoment(at, 'de', 'Europe/Berlin')).toBe('Mo. 23. Nov. 2026, 09:00 (Europe/Berlin)');
  expect(localMoment(at, 'fr', 'Europe/Paris')).toBe('lun. 23 nov. 2026, 09:00 (Europe/Paris)');
  expect(localDate(at, 'pt-BR', 'America/Sao_Paulo')).toBe('segunda-feira, 23 de novembro de 2026');
});
