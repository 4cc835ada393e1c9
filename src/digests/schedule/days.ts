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
/** The same in German, Spanish, French, Portuguese, Italian, Turkish, Russian, Chinese, Japanese and Korean, whole words. */
const IN_OTHER_LANGUAGES: Readonly<Record<Day, string>> = {
  mon: 'montag lunes lundi segunda lunedì lunedi pazartesi понедельник 周一 星期一 月曜日 월요일',
  tue: 'dienstag martes mardi terça terca martedì martedi salı вторник 周二 星期二 火曜日 화요일',
  wed: 'mittwoch miércoles miercoles mercredi quarta mercoledì mercoledi çarşamba среда среду 周三 星期三 水曜日 수요일',
  thu: 'donnerstag jueves jeudi quinta giovedì giovedi perşembe четверг 周四 星期四 木曜日 목요일',
  fri: 'freitag viernes vendredi sexta venerdì venerdi cuma пятница пятницу 周五 星期五 金曜日 금요일',
  sat: 'samstag sonnabend sábado sabado samedi sabato cumartesi суббота субботу 周六 星期六 土曜日 토요일',
  sun: 'sonntag domingo dimanche domenica pazar воскресенье 周日 星期日 星期天 日曜日 일요일',
};
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

function dayOf(word: string): Day | null {
  const forms = [word, word.replace(/s$/, '')];
  const isNamed = (day: Day, form: string): boolean =>
    NAMES[day].toLowerCase().startsWith(form) || IN_OTHER_LANGUAGES[day].split(' ').includes(form);
  return DAYS.find((day) => word.length >= 2 && forms.some((form) => isNamed(day, form))) ?? null;
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
