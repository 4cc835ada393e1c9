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
/** The same in German, Spanish, French, Portuguese and Italian, whole words. */
const IN_OTHER_LANGUAGES: Readonly<Record<Day, string>> = {
  mon: 'montag lunes lundi segunda lunedì lunedi',
  tue: 'dienstag martes mardi terça terca martedì martedi',
  wed: 'mittwoch miércoles miercoles mercredi quarta mercoledì mercoledi',
  thu: 'donnerstag jueves jeudi quinta giovedì giovedi',
  fri: 'freitag viernes vendredi sexta venerdì venerdi',
  sat: 'samstag sonnabend sábado sabado samedi sabato',
  sun: 'sonntag domingo dimanche domenica',
};
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
  const word = typed.normalize('NFKC').toLowerCase().replaceAll('-feira', '');
  if (/^(daily|every-?day|every|all|day|täglich|diario|diariamente)$/.test(word)) return DAYS;
  if (/^(weekdays?|workdays?|werktags?|wochentags)$/.test(word)) return WEEKDAYS;
  if (/^(weekends?|week-end|wochenenden?|fin-de-semana)$/.test(word)) return WEEKEND;
  const [from, to, ...more] = word.split(/[-–]/).map(dayOf);
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
  if (text === 'daily') return 'every day';
  if (text === WEEKDAYS.join(',')) return 'on weekdays';
  if (text === WEEKEND.join(',')) return 'on weekends';
  return `on ${new Intl.ListFormat('en', { type: 'conjunction' }).format(days.map((day) => NAMES[day]))}`;
}
