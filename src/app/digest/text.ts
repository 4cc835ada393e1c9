// How digests and their local times are said in answers to people.
import type { Field } from '../card.ts';
import { safeLocale } from '../../format/numbers.ts';
import type { Services } from '../services.ts';
import type { DigestView } from '../../digests/digests.ts';

function format(at: number, locale: string, zone: string, options: Intl.DateTimeFormatOptions): string {
  const safe = safeLocale(locale);
  return new Intl.DateTimeFormat(safe === 'en' ? 'en-GB' : safe, { timeZone: zone, ...options }).format(at);
}

/** "Sunday 22 November 2026" on the calendar of a zone. */
export function localDate(at: number, locale: string, zone: string): string {
  return format(at, locale, zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** "09:00" on the clock of a zone. */
export function localTime(at: number, locale: string, zone: string): string {
  return format(at, locale, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** "Mon 23 Nov 2026, 09:00 (Europe/Berlin)". */
export function localMoment(at: number, locale: string, zone: string): string {
  const day = format(at, locale, zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  return `${day.replace(/^(\p{L}+\.?), /u, '$1 ')}, ${localTime(at, locale, zone)} (${zone})`;
}

/** Symbols of a digest's coins, e.g. "TAO, NEAR". */
export function coinSymbols(ids: readonly string[], services: Services): string {
  return ids
    .map((id) => {
      const found = services.content.index().resolve(`id:${id}`);
      return found.kind === 'exact' ? found.coin.symbol.toUpperCase() : id;
    })
    .join(', ');
}

/** "every day at 09:00, Europe/Berlin": the wish as it was understood. */
export function whenWords({ days, time, zone }: DigestView): string {
  return `${days} at ${time} ${zone}`;
}

/** Everything about a digest as fields. `here`: the channel of the request. */
export function digestFields(
  view: DigestView,
  services: Services,
  { here, locale }: { here: string; locale: string },
): Field[] {
  const next = view.nextAt === null ? stateWords(view) : localMoment(view.nextAt, locale, view.zone);
  return [
    { label: 'When', value: [whenWords(view)] },
    { label: 'Next', value: [next] },
    { label: 'Coins', value: [`${coinSymbols(view.coins, services)} in ${view.currency.toUpperCase()}`] },
    { label: 'Where', value: [channelWords(view, here)] },
    ...(view.replace ? [{ label: 'Replace', value: ['the previous post is deleted when the next one goes out'] }] : []),
  ];
}

export function channelWords(view: DigestView, here: string): string {
  return view.channel === here ? 'this channel' : `channel ${view.channel}`;
}

/** Why there is no next run. */
export function stateWords(view: DigestView): string {
  if (view.status === 'paused') return 'paused';
  if (view.status === 'draft') return 'not started yet';
  return `stopped. ${view.trouble ?? ''}`.trim();
}
