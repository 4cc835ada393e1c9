// Which time zone somebody probably lives in, by the platform's word or by their language; said as a guess, never silently kept.
import type { Request } from '../command.ts';
import type { Services } from '../services.ts';

/**
 * Languages of Discord's list (https://docs.discord.com/developers/reference#locales) that are at home on one clock. English (US) and Spanish
 * (Latin America) are spoken on many.
 */
const BY_LANGUAGE: Readonly<Partial<Record<string, string>>> = {
  bg: 'Europe/Sofia',
  cs: 'Europe/Prague',
  da: 'Europe/Copenhagen',
  de: 'Europe/Berlin',
  el: 'Europe/Athens',
  'en-GB': 'Europe/London',
  'es-ES': 'Europe/Madrid',
  fi: 'Europe/Helsinki',
  fr: 'Europe/Paris',
  hi: 'Asia/Kolkata',
  hr: 'Europe/Zagreb',
  hu: 'Europe/Budapest',
  id: 'Asia/Jakarta',
  it: 'Europe/Rome',
  ja: 'Asia/Tokyo',
  ko: 'Asia/Seoul',
  lt: 'Europe/Vilnius',
  nl: 'Europe/Amsterdam',
  no: 'Europe/Oslo',
  pl: 'Europe/Warsaw',
  'pt-BR': 'America/Sao_Paulo',
  ro: 'Europe/Bucharest',
  ru: 'Europe/Moscow',
  'sv-SE': 'Europe/Stockholm',
  th: 'Asia/Bangkok',
  tr: 'Europe/Istanbul',
  uk: 'Europe/Kyiv',
  vi: 'Asia/Ho_Chi_Minh',
  'zh-CN': 'Asia/Shanghai',
  'zh-TW': 'Asia/Taipei',
};

/** `note`: where the guess comes from, as a sentence. */
export type ZoneGuess = { zone: string; note: string };

/** The zone for somebody who has not chosen one; the default zone where nothing is known about them. */
export function guessZone({ locale, timeZone }: Pick<Request, 'locale' | 'timeZone'>, services: Services): ZoneGuess {
  const known = timeZone === undefined ? null : services.digests.reads.zone(timeZone);
  if (known !== null && 'zone' in known)
    return { zone: known.zone, note: `${cityOf(known.zone)} is the time zone of your profile.` };
  const spoken = Object.hasOwn(BY_LANGUAGE, locale) ? BY_LANGUAGE[locale] : undefined;
  if (spoken !== undefined) return { zone: spoken, note: `I guessed ${cityOf(spoken)} from your language.` };
  const zone = services.defaults.timeZone;
  return { zone, note: `I do not know your time zone, so I took ${cityOf(zone)}: choose yours below.` };
}

/** "New York" for America/New_York. */
export function cityOf(zone: string): string {
  return /^(?:Etc\/|[+-])/.test(zone) ? zone : (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
