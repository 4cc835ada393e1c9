// What people type as time, zone and days: understood and echoed, or refused with an example.
import { describe, expect, it } from 'vitest';
import { DAYS, daysText, daysWords, findDays, readDays, storedDays } from '../../../src/digests/schedule/days.ts';
import { readTime } from '../../../src/digests/schedule/parse-time.ts';
import { allZones, readZone, suggestZones } from '../../../src/digests/schedule/parse-zone.ts';
import { UserError } from '../../../src/base/errors.ts';

describe('readTime', () => {
  it.each([
    ['9', '09:00'],
    ['9am', '09:00'],
    ['9:30 pm', '21:30'],
    ['09:00', '09:00'],
    ['21.30', '21:30'],
    ['0900', '09:00'],
    ['9h30', '09:30'],
    ['1am', '01:00'],
    ['12am', '00:00'],
    ['12pm', '12:00'],
    ['noon', '12:00'],
    ['midnight', '00:00'],
    ['１２:30', '12:30'],
    ['23:59', '23:59'],
  ])('%s is %s', (typed, time) => expect(readTime(typed)).toBe(time));
  it.each([
    '25:00',
    '24:00',
    '09:60',
    '-1:30',
    '09:00:61',
    '٠٩:٠٠',
    '13pm',
    '0am',
    '090',
    '',
    'soon',
    '9 9',
    '9'.repeat(5000),
  ])('refuses %s with an example', (typed) => {
    expect(() => readTime(typed)).toThrow(UserError);
    expect(() => readTime(typed)).toThrow(/09:00/);
  });
  it.each(['25:00', '13pm', 'soon'])('names %s in the refusal', (typed) =>
    expect(() => readTime(typed)).toThrow(`"${typed}"`),
  );
});

describe('readZone', () => {
  it.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['UTC', 'UTC'],
    ['gmt', 'UTC'],
    ['Berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['Etc/UTC', 'UTC'],
    ['+00:00', 'UTC'],
  ])('%s is %s', (typed, zone) => expect(readZone(typed)).toEqual({ zone, note: null }));
  it.each([
    ['+05:30', '+05:30'],
    ['utc-3', '-03:00'],
    ['Etc/GMT-14', 'Etc/GMT-14'],
  ])('%s warns about daylight saving', (typed, zone) => {
    expect(readZone(typed).zone).toBe(zone);
    expect(readZone(typed).note).toContain('daylight saving');
  });
  it.each([
    'Mars/Phobos',
    '../../etc/passwd',
    'GMT+25',
    '__proto__',
    'EST',
    'PST',
    'constructor',
    '+14:30',
    '<@&1>',
    '',
  ])('refuses %s with three suggestions that work', (typed) => {
    const refusal = (() => {
      try {
        return readZone(typed).zone;
      } catch (error) {
        return error instanceof UserError ? error.message : 'other error';
      }
    })();
    const offered = /Did you mean (.*)\?$/.exec(refusal)?.[1]?.split(', ') ?? [];
    expect(offered).toHaveLength(3);
    for (const zone of offered) expect(readZone(zone).zone).toBe(zone);
  });
  it('refuses what only looks like a name at once, however its marks repeat', () => {
    for (const mark of ['_', '_b', '-', '-b', '/', '/b', '+'])
      expect(() => readZone(`a${mark.repeat(58 / mark.length)}!`)).toThrow(UserError);
  });
  it('offers every zone in its canonical form and completes while typing', () => {
    for (const zone of allZones()) expect(readZone(zone).zone).toBe(zone);
    expect(suggestZones('berl', 5)[0]).toBe('Europe/Berlin');
    expect(suggestZones('europe/', 25)).toHaveLength(25);
    expect(suggestZones('x'.repeat(6000), 25).length).toBeLessThanOrEqual(25);
  });
  it.each([
    ['tok', 'Asia/Tokyo'], // "Antarctica/Vostok" only has it within
    ['berln', 'Europe/Berlin'],
    ['new yrok', 'America/New_York'],
  ])('for %s it offers %s first', (typed, zone) => expect(suggestZones(typed, 3)[0]).toBe(zone));
});

describe('readDays', () => {
  it.each([
    [undefined, 'every day'],
    [['weekdays'], 'on weekdays'],
    [['mon-fri'], 'on weekdays'],
    [['sat', 'sunday'], 'on weekends'],
    [['weekend'], 'on weekends'],
    [['Mon', 'wed'], 'on Monday and Wednesday'],
    [['fri-mon'], 'on Monday, Friday, Saturday, and Sunday'],
    [['tuesdays'], 'on Tuesday'],
    [['daily'], 'every day'],
    [['terça-feira', 'quintas-feiras'], 'on Tuesday and Thursday'],
    [['segunda-feira-sexta-feira'], 'on weekdays'],
    [['pazartesi', 'пятницу', 'mercoledì'], 'on Monday, Wednesday, and Friday'],
    [['周二', '木曜日', '일요일'], 'on Tuesday, Thursday, and Sunday'],
  ] as const)('%j is %s', (typed, words) => {
    const days = readDays(typed);
    expect(daysWords(days)).toBe(words);
    expect(storedDays(daysText(days))).toEqual(days);
  });
  it('refuses other words with examples', () => expect(() => readDays(['someday'])).toThrow(/weekdays/));
});

describe('weekdays in other languages, as CLDR has them', () => {
  const LANGUAGES = 'ar cs de es fr hi id it ja ko nl pl pt ru sv tr uk vi zh'.split(' ');
  const WITH_SHORT = 'ar cs hi id nl pl ru sv uk vi zh'.split(' ');
  /** Sunday to the Czech is Saturday to the Germans; "min" is a minute. */
  const NOT_READ = ['cs so', 'id min'];
  const nameOf = (language: string, weekday: 'long' | 'short', day: number): string =>
    new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' })
      .format(Date.UTC(2024, 0, 1 + day)) // a Monday
      .toLowerCase()
      .replace(/\.$/, '');
  it.each(LANGUAGES)('%s', (language) => {
    for (const [at, day] of DAYS.entries()) {
      expect(findDays(nameOf(language, 'long', at)), nameOf(language, 'long', at)).toEqual([day]);
      const short = nameOf(language, 'short', at);
      if (!WITH_SHORT.includes(language) || NOT_READ.includes(`${language} ${short}`)) continue;
      expect(findDays(short), short).toEqual([day]);
    }
  });
  it('without the marks that keyboards lack', () => {
    expect(['poniedzialek', 'streda', 'mandag', 'miercoles', 'thu bay'].map(findDays)).toEqual(
      ['mon', 'wed', 'mon', 'wed', 'sat'].map((day) => [day]),
    );
  });
});
