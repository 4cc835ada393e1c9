// The progress that a digest shows: TAO's issuance towards its next halving, or how much of a capped supply circulates.
import type { Block } from '../card.ts';
import { amount, share } from '../../format/numbers.ts';
import { halvingsAt, taoOf } from '../../base/tao.ts';
import { halvingThresholdRao, nextHalving } from '../bittensor/halving.ts';
import { halvingMonths } from '../bittensor/network.ts';
import { jumpWords, recentJump } from '../bittensor/issuance-jump.ts';
import type { Services } from '../services.ts';
import type { Progress } from '../../charts/spec.ts';
import type { ChainState } from '../../chain/chain.ts';
import type { IssuanceJump } from '../../chain/subnets/port.ts';
import type { Quote } from '../../market/market.ts';

/** How far TAO is on its way to the next halving, in words and as a bar. */
export type Halving = {
  outlook: NonNullable<ReturnType<typeof nextHalving>>;
  bar: Progress;
  /** A move of the issuance that blocks cannot explain: said in words, and the picture gives no estimate then. */
  jump: IssuanceJump | null;
};

/** TAO: how far issuance is on its way to the next halving. Other coins with a cap: how much of it circulates. */
export async function progressOf(
  id: string,
  quote: Quote | null,
  { chain, subnets }: Services,
): Promise<Halving | Progress | null> {
  if (id === 'bittensor') {
    const [{ state }, { snapshot }] = await Promise.all([chain.state(), subnets.snapshot()]);
    return state === null ? null : halvingOf(state, recentJump(snapshot));
  }
  if (quote?.circulatingSupply == null || quote.maxSupply === null) return null;
  return { kind: 'supply', circulating: quote.circulatingSupply, max: quote.maxSupply };
}

function halvingOf(state: ChainState, jump: IssuanceJump | null): Halving | null {
  const outlook = nextHalving(state.issuanceRao, state.at);
  if (outlook === null) return null;
  const from = halvingThresholdRao(halvingsAt(state.issuanceRao));
  const era = outlook.thresholdTao - taoOf(from);
  return {
    outlook,
    jump,
    bar: {
      kind: 'halving',
      issued: era - outlook.leftTao,
      era,
      ...(jump === null ? { estimate: { from: outlook.earliestAt, to: outlook.likelyAt } } : {}),
    },
  };
}

/** The halving in words; the bar of other coins is in the picture. */
export function progressBlocks(progress: Halving | Progress | null, locale: string): Block[] {
  if (progress === null || !('outlook' in progress)) return [];
  const { outlook, jump, bar } = progress;
  return [
    {
      kind: 'fields',
      fields: [
        {
          label: `Halving #${outlook.number}`,
          value: [
            `${way(bar, locale)}${amount(outlook.leftTao, locale, 0)} TAO to go, estimated ${halvingMonths(outlook, locale)}${jumpWords(jump, locale)}`,
          ],
        },
      ],
    },
  ];
}

/** "17.1% of the way, " */
function way(bar: Progress, locale: string): string {
  return bar.kind === 'halving' && bar.era > 0 ? `${share((bar.issued / bar.era) * 100, locale, 1)} of the way, ` : '';
}
