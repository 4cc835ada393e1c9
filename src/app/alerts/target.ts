// What an alert is about: from what somebody typed to a coin, a subnet with its registration, or the network.
import type { Card } from '../card.ts';
import { messageCard } from '../error-card.ts';
import { namesakes, pickCoin, unknownCoinCard } from '../input/coin-argument.ts';
import { isSubnetId } from '../subnets/as-coin.ts';
import { subnetNumber } from '../subnets/number.ts';
import type { Services } from '../services.ts';
import type { CoinRef } from '../../market/market.ts';
import type { AlertWish, Target } from '../../alerts/alerts.ts';
import type { Subnet } from '../../chain/subnets/port.ts';

export type PickedTarget = { target: Target; label: string; shared: string | null } | { card: Card };

const OF_NETWORK: ReadonlySet<string> = new Set(['new', 'cost', 'halving']);
const OF_SUBNET: ReadonlySet<string> = new Set(['removal', 'removed', 'emission']);
/** A number alone is a subnet here: no coin is named so. */
const BARE_NUMBER = /^#?\d{1,5}$/;

/** @param typed undefined: TAO for a price, the network for what only it has */
export async function pickTarget(
  typed: string | undefined,
  { kind }: AlertWish['condition'],
  services: Services,
): Promise<PickedTarget> {
  const text = typed?.trim() ?? '';
  if (OF_NETWORK.has(kind)) return { target: { kind: 'network' }, label: 'Bittensor', shared: null };
  if (text.toLowerCase() === 'network')
    return refused(
      'The network has a halving, new subnets and their price, but no price of its own. Try `/alert halving`.',
    );
  const asSubnet = subnetNumber(text) !== null || BARE_NUMBER.test(text) ? await subnetOf(text, services) : null;
  if (asSubnet !== null) return asSubnet;
  const picked = pickCoin(services, text === '' ? 'bittensor' : text);
  if (picked.coin === null)
    return (await subnetOf(text, services, true)) ?? { card: unknownCoinCard(text, picked, 'coin') };
  const { id } = picked.coin;
  if (isSubnetId(id)) return (await subnetOf(id, services)) ?? refused('That subnet cannot be looked up right now.');
  if (OF_SUBNET.has(kind))
    return refused(`Only subnets have that. Name one by its number, for example \`/alert sn64 ${kind}\`.`);
  return {
    target: { kind: 'coin', id },
    label: labelOf(picked.coin, services),
    shared: namesakes([{ text: text === '' ? 'bittensor' : text, picked }], services),
  };
}

/** The ticker alone means the coin that holds it; others have their name before it. */
function labelOf({ id, symbol, name }: CoinRef, { content }: Services): string {
  const ticker = symbol.toUpperCase();
  return content.index().named(symbol)[0]?.id === id ? ticker : `${name} (${ticker})`;
}

/** A subnet by number, or (with `quiet`) by its name when there is exactly one of that name; null when it is none. */
async function subnetOf(text: string, { subnets }: Services, quiet = false): Promise<PickedTarget | null> {
  const result = await subnets.snapshot();
  if (result.snapshot === null)
    return quiet ? null : refused(`Subnets cannot be looked up right now: ${result.reason}.`);
  const [found, more] = subnets.find(text).exact;
  if (found === undefined || more !== undefined)
    return quiet ? null : refused(`There is no subnet "${text.slice(0, 20)}". \`/subnets\` lists them all.`);
  if (found.registeredAtBlock === null)
    return refused(`I do not know yet when subnet ${found.netuid} was registered. Try again in ten minutes.`);
  const { netuid, registeredAtBlock: registeredAt } = found;
  return { target: { kind: 'subnet', netuid, registeredAt }, label: subnetLabel(found), shared: null };
}

function subnetLabel({ netuid, name }: Subnet): string {
  return name === `Subnet ${netuid}` ? `SN${netuid}` : `${name} (SN${netuid})`;
}

function refused(sentence: string): { card: Card } {
  return { card: messageCard('alert', 'invalid', 'That alert cannot be', sentence) };
}
