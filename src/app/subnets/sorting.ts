// The orders in which subnets can be listed, and the column that each order adds.
import { ageText } from '../../format/freshness.ts';
import { percent, share } from '../../format/numbers.ts';
import type { View } from '../blocks/quote.ts';
import { blockTime, columnPrice, presentOf, shortTao, showsChange } from './figures.ts';
import type { Subnet, SubnetSnapshot } from '../../chain/subnets/port.ts';

export const SORTS = ['cap', 'price', 'change', 'emission', 'new', 'risk'] as const;
export type SubnetSort = (typeof SORTS)[number];

/** `words` follow "by"; `column` heads what the order is about. */
type Order = {
  words: string;
  column: string;
  /** What stands above the table, where the column needs a word. */
  caption?: string;
  /** Smaller comes first; null stands at the end. */
  key(subnet: Subnet): number | null;
  cell(subnet: Subnet, snapshot: SubnetSnapshot, view: View): string | null;
};

const down = (value: number | null): number | null => (value === null ? null : -value);

export const ORDERS: Readonly<Record<SubnetSort, Order>> = {
  cap: {
    words: 'market cap',
    caption: 'Prices and market caps in τ',
    column: 'Cap',
    key: ({ marketCapTao }) => down(marketCapTao),
    cell: capCell,
  },
  price: {
    words: 'price',
    caption: 'Prices and market caps in τ',
    column: 'Cap',
    key: ({ priceTao }) => down(priceTao),
    cell: capCell,
  },
  change: {
    words: '24 h change',
    column: '7 d',
    key: ({ change }) => down(change.h24),
    cell: ({ change }, snapshot, view) => changeCell(change.d7, snapshot, view),
  },
  emission: {
    words: 'share of emission',
    column: 'Emission',
    key: ({ emissionShare }) => down(emissionShare),
    cell: ({ emissionShare, emissionOn }, _snapshot, { locale }) =>
      emissionShare === null ? null : `${share(emissionShare * 100, locale, 1)}${emissionOn === false ? ' off' : ''}`,
  },
  new: {
    words: 'age, newest first',
    column: 'Age',
    key: ({ registeredAtBlock }) => down(registeredAtBlock),
    cell: ({ registeredAtBlock }, snapshot, { now }) =>
      registeredAtBlock === null ? null : ageText(presentOf(snapshot, now) - blockTime(registeredAtBlock, snapshot)),
  },
  risk: {
    words: 'place in the line for removal',
    column: 'Moving',
    caption: 'Unprotected subnets, prices in τ; the lowest moving price (a slow average) goes first',
    key: ({ removalRank }) => removalRank,
    cell: ({ movingPriceTao }, _snapshot, { locale }) =>
      movingPriceTao === null ? null : columnPrice(movingPriceTao, locale),
  },
};

/** False where no subnet has the figure: a list in this order would be one by number. */
export function isOrdered(subnets: readonly Subnet[], sort: SubnetSort): boolean {
  return subnets.some((subnet) => ORDERS[sort].key(subnet) !== null);
}

/** "by market cap", or that it is not known. */
export function orderWords(subnets: readonly Subnet[], sort: SubnetSort): string {
  const { words } = ORDERS[sort];
  if (subnets.length === 0 || isOrdered(subnets, sort)) return `by ${words}`;
  return `by number, because no ${words.replace(/,.*$/, '')} is known right now`;
}

/** All subnets in an order; those without the figure come last, by number. */
export function sorted(subnets: readonly Subnet[], sort: SubnetSort): Subnet[] {
  const { key } = ORDERS[sort];
  return subnets.toSorted(
    (left, right) => (key(left) ?? Infinity) - (key(right) ?? Infinity) || left.netuid - right.netuid,
  );
}

/** A change for a narrow column: the sign says the direction. */
export function changeCell(value: number | null, snapshot: SubnetSnapshot, { locale, now }: View): string | null {
  return value === null || !showsChange(snapshot, now) ? null : percent(value, locale, 1);
}

function capCell({ marketCapTao }: Subnet, _snapshot: SubnetSnapshot, { locale }: View): string | null {
  return marketCapTao === null ? null : shortTao(marketCapTao, locale);
}
