// Clock times as people type them; anything that could be misread is refused with an example.
import { UserError } from '../../base/errors.ts';

const EXAMPLE = 'Type a time like 09:00, 9am or 21.30.';

/**
 * Reads "9am", "9:30 pm", "6p", "830p", "09:00", "21.30", "9h30", "0900", "9", "noon", "midnight" as HH:MM (24 hours).
 * @throws UserError naming what is wrong, with an example
 */
export function readTime(typed: string): string {
  const text = typed.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, '').slice(0, 40);
  if (text === 'noon') return '12:00';
  if (text === 'midnight') return '00:00';
  const match = /^(\d{1,2}?)(?:[:.h](\d{2})|(?<=\d)(\d{2}))?(?:(am?|pm?)|a\.m\.?|p\.m\.?|h|uhr)?$/.exec(text);
  if (match?.[1] === undefined)
    throw new UserError('bad-time', `"${typed.slice(0, 40)}" is not a clock time. ${EXAMPLE}`);
  const half = match[4]?.[0] ?? /([ap])\.m\.?$/.exec(text)?.[1];
  const minute = Number(match[2] ?? match[3] ?? 0);
  const hour = hourOf(Number(match[1]), half, typed);
  if (hour === 24) throw new UserError('bad-time', `A day ends at 23:59; for midnight type 00:00. ${EXAMPLE}`);
  if (hour > 23 || minute > 59)
    throw new UserError(
      'bad-time',
      `"${typed.slice(0, 40)}" is not a clock time: hours go from 0 to 23, minutes from 0 to 59. ${EXAMPLE}`,
    );
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function hourOf(hour: number, half: string | undefined, typed: string): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12)
    throw new UserError('bad-time', `"${typed.slice(0, 40)}" mixes 24 hours with am or pm. ${EXAMPLE}`);
  return (hour % 12) + (half === 'p' ? 12 : 0);
}
