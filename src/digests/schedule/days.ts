// Which weekdays a digest runs on: what people type, the canonical form, and the words to echo.
import { UserError } from '../../base/errors.ts';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

const NAMES: Readonly<Record<Day, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
/**
 * Whole words of other languages, Monday first; behind a slash other forms and the usual short ones, of which those are left out that mean another
 * day or an everyday thing elsewhere: Czech "so" (Sunday to Germans), Indonesian "min" (a minute). A test compares them with CLDR.
 */
const IN_OTHER_LANGUAGES: readonly string[] = [
  'montag, dienstag, mittwoch, donnerstag, freitag, samstag/sonnabend, sonntag',
  'lunes, martes, miércoles, jueves, viernes, sábado, domingo',
  'lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche',
  'segunda, terça, quarta, quinta, sexta, sábado, domingo',
  'lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica',
  'pazartesi, salı, çarşamba, perşembe, cuma, cumartesi, pazar',
  'понедельник/пн, вторник/вт, среда/среду/ср, четверг/чт, пятница/пятницу/пт, суббота/субботу/сб, воскресенье/вс',
  "понеділок/понеділка/щопонеділка, вівторок/вівторка/щовівторка, середа/середу/середи/щосереди, четвер/четверга/щочетверга, п'ятниця/п'ятницю/п'ятниці/щоп'ятниці, субота/суботу/суботи/щосуботи, неділя/неділю/щонеділі/нд",
  '周一/星期一, 周二/星期二, 周三/星期三, 周四/星期四, 周五/星期五, 周六/星期六, 周日/星期日/星期天',
  '月曜日, 火曜日, 水曜日, 木曜日, 金曜日, 土曜日, 日曜日',
  '월요일, 화요일, 수요일, 목요일, 금요일, 토요일, 일요일',
  'maandag/ma, dinsdag/di, woensdag/wo, donderdag/do, vrijdag/vr, zaterdag/za, zondag/zo',
  'poniedziałek/poniedziałku/poniedziałki/pon, wtorek/wtorku/wtorki/wt, środa/środę/środy/śr, czwartek/czwartku/czwartki/czw, piątek/piątku/piątki/pt, sobota/sobotę/soboty/sob, niedziela/niedzielę/niedzieli/niedziele/niedz',
  'pondělí/po, úterý/út, středa/středu/st, čtvrtek/čt, pátek/pá, sobota/sobotu, neděle/neděli/ne',
  'måndag/måndagar/mån, tisdag/tisdagar/tis, onsdag/onsdagar/ons, torsdag/torsdagar/tors, fredag/fredagar/fre, lördag/lördagar/lör, söndag/söndagar/sön',
  "senin/sen, selasa/sel, rabu/rab, kamis/kam, jumat/jum'at/jum, sabtu/sab, minggu",
  'thứ hai/thứ 2/t2, thứ ba/thứ 3/t3, thứ tư/thứ 4/t4, thứ năm/thứ 5/t5, thứ sáu/thứ 6/t6, thứ bảy/thứ 7/t7, chủ nhật/cn',
  'सोमवार/सोम, मंगलवार/मंगल, बुधवार/बुध, गुरुवार/गुरु, शुक्रवार/शुक्र, शनिवार/शनि, रविवार/रवि',
  'الاثنين/الإثنين/اثنين, الثلاثاء/ثلاثاء, الأربعاء/الاربعاء/أربعاء, الخميس/خميس, الجمعة/جمعة, السبت/سبت, الأحد/الاحد/أحد',
];
/** Shorter words without their marks are others: "son", "man". */
const SHORTEST_UNMARKED = 5;
const BY_WORD: ReadonlyMap<string, Day> = new Map(namedDays());

function* namedDays(): Generator<[string, Day]> {
  for (const row of IN_OTHER_LANGUAGES)
    for (const [at, forms] of row.split(', ').entries())
      for (const form of forms.split('/')) {
        const day = DAYS[at] ?? 'mon';
        yield [form, day];
        if (/^[\p{L} ]+$/u.test(form) && form.length >= SHORTEST_UNMARKED) yield [unmarked(form), day];
      }
}

/** "środa" → "sroda", as people type it who have no such key. */
function unmarked(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll('ł', 'l');
}

/** Portuguese weekdays are said with it or without: "terça-feira", "terças-feiras". */
const FEIRA = /-feiras?(?=[-–]|$)/gu;
const WEEKDAYS: readonly Day[] = DAYS.slice(0, 5);
const WEEKEND: readonly Day[] = DAYS.slice(5);

/**
 * Reads "daily", "weekdays", "weekend", "mon,wed", "mon-fri", "Monday".
 * @param words lower-case words as the text grammar splits them; none means every day
 * @throws UserError with examples when a word is no day
 */
export function readDays(words: readonly string[] = ['daily']): Day[] {
  const chosen = new Set(words.flatMap((word) => findDays(word) ?? refused(words)));
  return chosen.size === 0 ? [...DAYS] : DAYS.filter((day) => chosen.has(day));
}

/** Names all words: "every other day" makes sense as a whole. */
function refused(words: readonly string[]): never {
  throw new UserError(
    'bad-days',
    `I cannot make days of "${words.join(' ').slice(0, 60)}": a digest runs at one time, on the same days of every week. Type daily, weekdays, weekend, or days like mon,wed,fri.`,
  );
}

/** The days of one word or span, or null. */
export function findDays(typed: string): readonly Day[] | null {
  const word = typed.normalize('NFKC').toLowerCase();
  if (/^(daily|every-?day|every|all|day|täglich|diario|diariamente)$/.test(word)) return DAYS;
  if (/^(weekdays?|workdays?|werktags?|wochentags)$/.test(word)) return WEEKDAYS;
  if (/^(weekends?|week-end|wochenenden?|fin-de-semana)$/.test(word)) return WEEKEND;
  const [from, to, ...more] = word.replaceAll(FEIRA, '').split(/[-–]/).map(dayOf);
  if (from === undefined || from === null || to === null || more.length > 0) return null;
  if (to === undefined) return [from];
  const start = DAYS.indexOf(from);
  const length = ((DAYS.indexOf(to) - start + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => DAYS[(start + index) % 7] ?? from);
}

function dayOf(typed: string): Day | null {
  const word = typed.replaceAll(/[’ʼ]/g, "'");
  if (word.length < 2) return null;
  for (const form of [word, word.replace(/(?<=...)s$/, '')]) {
    const day = DAYS.find((name) => NAMES[name].toLowerCase().startsWith(form)) ?? BY_WORD.get(form);
    if (day !== undefined) return day;
  }
  return null;
}

/** The stored form: "daily" or "mon,wed". */
export function daysText(days: readonly Day[]): string {
  return days.length === 7 ? 'daily' : days.join(',');
}

/** Reverses `daysText`; unknown words are dropped, so a row is never unreadable. */
export function storedDays(text: string): Day[] {
  return text === 'daily' ? [...DAYS] : DAYS.filter((day) => text.split(',').includes(day));
}

/** For people: "every day", "on weekdays", "on Monday and Wednesday". */
export function daysWords(days: readonly Day[]): string {
  const text = daysText(days);
  if (text === '') return 'on no day';
  if (text === 'daily') return 'every day';
  if (text === WEEKDAYS.join(',')) return 'on weekdays';
  if (text === WEEKEND.join(',')) return 'on weekends';
  return `on ${new Intl.ListFormat('en', { type: 'conjunction' }).format(days.map((day) => NAMES[day]))}`;
}
