// The subnet market as a whole in figures: how many there are, what a new one costs, what one alpha of each would cost together.
import type { Field } from '../card.ts';
import { amount } from '../../format/numbers.ts';
import { bothWays, inTao } from '../subnets/figures.ts';
import type { SubnetSnapshot } from '../../chain/subnets/port.ts';
import type { Quote } from '../../market/market.ts';

/** `tao`: TAO's quote in the reader's currency, or null. What the chain did not say is left out. */
export function subnetMarketFields(snapshot: SubnetSnapshot, tao: Quote | null, locale: string): Field[] {
  const { subnetLimit, registrationCostTao } = snapshot.network;
  const count = amount(snapshot.subnets.length, locale, 0);
  const sum = priceSum(snapshot);
  return [
    { label: 'Subnets', value: [subnetLimit === null ? count : `${count} of ${amount(subnetLimit, locale, 0)}`] },
    ...(registrationCostTao === null
      ? []
      : [{ label: 'Price of a new subnet', value: [bothWays(registrationCostTao, tao, locale)] }]),
    ...(sum === null ? [] : [{ label: 'Sum of alpha prices', value: [inTao(sum, locale)] }]),
  ];
}

/** One alpha of every subnet, in TAO; null unless the price of each is known, for a part would be taken for the whole. */
function priceSum({ subnets }: SubnetSnapshot): number | null {
  const prices = subnets.map(({ priceTao }) => priceTao);
  const known = prices.filter((price) => price !== null);
  return known.length === 0 || known.length < prices.length ? null : known.reduce((sum, price) => sum + price, 0);
}
