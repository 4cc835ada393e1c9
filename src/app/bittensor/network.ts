// How the state of the Bittensor chain is said: figures, the next halving and its estimate with its assumption.
import { MINUTE } from '../../base/clock.ts';
import type { Block, Field } from '../card.ts';
import { month } from '../../format/dates.ts';
import { age } from '../../format/freshness.ts';
import { amount, share } from '../../format/numbers.ts';
import { BLOCKS_PER_DAY, emissionPerBlockRao, taoOf, TOTAL_SUPPLY_RAO } from '../../base/tao.ts';
import { type HalvingOutlook, nextHalving } from './halving.ts';
import type { ChainState } from '../../chain/chain.ts';

/** The estimate as a range of months, e.g. "between December 2029 and January 2030". */
export function halvingMonths(outlook: HalvingOutlook, locale: string): string {
  const [from, to] = [month(outlook.earliestAt, locale), month(outlook.likelyAt, locale)];
  return from === to ? from : `between ${from} and ${to}`;
}

export function networkFields(state: ChainState, locale: string): Field[] {
  const issued = taoOf(state.issuanceRao);
  const perBlock = taoOf(emissionPerBlockRao(state.issuanceRao));
  const part = (issued / taoOf(TOTAL_SUPPLY_RAO)) * 100;
  return [
    { label: 'Block', value: [amount(state.block, locale, 0)] },
    {
      label: 'Issued',
      value: [`${amount(issued, locale, 0)} TAO (${share(part, locale)} of 21M)`],
    },
    { label: 'New TAO per block', value: [`${amount(perBlock, locale, 9)} TAO`] },
    { label: 'New TAO per day', value: [`up to ${amount(perBlock * BLOCKS_PER_DAY, locale, 2)} TAO`] },
  ];
}

export function halvingBlocks(state: ChainState, locale: string): Block[] {
  const next = nextHalving(state.issuanceRao, state.at);
  if (next === null) return [{ kind: 'text', spans: ['All TAO is issued: there is no further halving.'] }];
  return [
    { kind: 'heading', text: `Next halving (#${next.number})` },
    {
      kind: 'fields',
      fields: [
        { label: 'Occurs at', value: [`${amount(next.thresholdTao, locale, 0)} TAO issued`] },
        { label: 'Remaining', value: [`${amount(next.leftTao, locale, 0)} TAO`] },
        { label: 'Estimate', value: [halvingMonths(next, locale)] },
      ],
    },
    {
      kind: 'note',
      spans: [
        'Estimated from this reading. The earlier date assumes that nothing is recycled, the later one the net pace of August to October 2026: recycled TAO can be issued again, which delays halvings.',
      ],
    },
  ];
}

/** Ages of chain readings: a block takes 12 s, so anything above 15 minutes is marked. */
export function readingNote(state: ChainState, now: number): Block {
  const passed = now - state.at;
  const time = { kind: 'time', at: state.at, style: 'relative', text: age(passed) } as const;
  return {
    kind: 'note',
    spans:
      passed > 15 * MINUTE
        ? [{ kind: 'bold', text: '⚠ delayed' }, ' · Subtensor node, read ', time]
        : ['Subtensor node · read ', time],
  };
}
