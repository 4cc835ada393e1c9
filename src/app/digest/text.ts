// How digests are said in answers to people.
import type { Field, Span } from '../card.ts';
import { channelNamed } from '../blocks/channel-name.ts';
import { localMoment } from '../../format/dates.ts';
import { personOf } from '../../base/direct-target.ts';
import type { Services } from '../services.ts';
import { isSubnetId } from '../subnets/as-coin.ts';
import type { DigestView } from '../../digests/digests.ts';

/** Symbols of a digest's coins, e.g. "TAO, NEAR". */
export function coinSymbols(ids: readonly string[], services: Services): string {
  return ids
    .map((id) => {
      const found = services.content.index().resolve(`id:${id}`);
      if (isSubnetId(id)) return id.toUpperCase();
      return found.kind === 'exact' ? found.coin.symbol.toUpperCase() : id;
    })
    .join(', ');
}

/** Symbols of what a digest shows, or that nobody can tell. */
export function digestName({ coins }: DigestView, services: Services): string {
  return coins.length === 0 ? 'a digest that cannot be read' : coinSymbols(coins, services);
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
  const coins =
    view.coins.length === 0
      ? 'they cannot be read'
      : `${coinSymbols(view.coins, services)} in ${view.currency.toUpperCase()}`;
  const next = view.nextAt === null ? stateWords(view) : localMoment(view.nextAt, locale, view.zone);
  return [
    { label: 'When', value: [whenWords(view)] },
    { label: 'Next', value: [next] },
    { label: 'Coins', value: [coins] },
    { label: 'Where', value: [channelSpan(view, here)] },
    ...(view.subnets ? [{ label: 'Subnets', value: ['top movers, new and removed ones'] }] : []),
    ...(view.replace ? [{ label: 'Replace', value: ['the previous post is deleted when the next one goes out'] }] : []),
  ];
}

/** Channels have names, which only the platform knows. */
export function channelSpan(view: DigestView, here: string): Span {
  if (personOf(view.channel) !== null) return 'a direct message';
  return view.channel === here ? 'this channel' : channelNamed(view.channel);
}

/** Why there is no next run. */
export function stateWords(view: DigestView): string {
  if (view.damaged === true) return `stopped. ${view.trouble ?? ''}`;
  if (view.status === 'paused') return 'paused';
  if (view.status === 'draft') return 'not started yet';
  return `stopped. ${view.trouble ?? ''}`.trim();
}

/** What became of the last post that was tried. */
export function lastWords({ lastSentAt, trouble, damaged, zone }: DigestView, locale: string): string {
  if (trouble !== null && damaged !== true) return 'last: refused';
  const clock = damaged === true ? 'UTC' : zone;
  return lastSentAt === null ? 'nothing posted yet' : `last: posted ${localMoment(lastSentAt, locale, clock)}`;
}
