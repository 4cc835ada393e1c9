// `/network`: the Bittensor chain right now, and when the next halving may come.
import type { Field } from '../card.ts';
import { defineCommand } from '../command.ts';
import type { Services } from '../services.ts';
import { jumpNote, recentJump } from '../bittensor/issuance-jump.ts';
import { subnetMarketFields } from '../bittensor/subnet-market.ts';
import type { SubnetsResult } from '../../chain/subnets/port.ts';
import { halvingBlocks, networkFields, readingNote } from '../bittensor/network.ts';
import { SAMPLE_AGE, SAMPLE_DATA } from '../blocks/quote.ts';
import { isSample } from '../subnets/figures.ts';

/** The third-party reading that stands in when no live one is at hand. */
const BRIEF =
  'https://github.com/NoBSRecruiter/tao-subnet-trader/blob/bfa925ec05681218ef717bb1f1daaf1194b8ab6b/docs/research/RESEARCH_BRIEF.md';

export const network = defineCommand({
  name: 'network',
  summary: 'Bittensor network: block, issuance, emission, next halving',
  example: '/network',
  args: {},
  async run(_args, { services, request, now }) {
    const [reading, market] = await Promise.all([services.chain.state(), services.subnets.snapshot()]);
    const subnets = await subnetFields(market, services, request.locale);
    const base = { kind: 'network', tone: 'info', title: 'Bittensor network' } as const;
    const refresh = {
      kind: 'buttons',
      buttons: [
        { label: 'Refresh', invocation: { command: 'network', args: {} } },
        { label: 'How halvings work', invocation: { command: 'faq', args: { id: 'halving' } } },
      ],
    } as const;
    if (reading.state === null) {
      return {
        ...base,
        outcome: 'ok',
        tone: 'warn',
        blocks: [
          { kind: 'text', spans: [`Live data unavailable: ${reading.reason}`] },
          {
            kind: 'text',
            spans: [
              'Last known: since the halving of December 2025 each block issues 0.5 TAO (about 3,600 a day). About 11.6 million TAO had been issued on 8 October 2026 (reported); the next halving comes at 15,750,000 TAO.',
            ],
          },
          {
            kind: 'note',
            spans: ['As of 8 Oct 2026 · ', { kind: 'link', text: 'research brief on the chain', href: BRIEF }],
          },
          ...(market.snapshot === null ? [] : [{ kind: 'fields', fields: subnets } as const]),
          { kind: 'buttons', buttons: [...refresh.buttons] },
        ],
      };
    }
    const { state } = reading;
    const jump = recentJump(market.snapshot);
    return {
      ...base,
      outcome: 'ok',
      blocks: [
        { kind: 'fields', fields: [...networkFields(state, request.locale), ...subnets] },
        ...halvingBlocks(state, request.locale),
        ...(jump === null ? [] : [jumpNote(jump, state.block, request.locale)]),
        market.snapshot !== null && isSample(market.snapshot)
          ? { kind: 'note', spans: [`${SAMPLE_DATA} · ${SAMPLE_AGE}`] }
          : readingNote(state, now),
        { kind: 'buttons', buttons: [...refresh.buttons] },
      ],
    };
  },
});

/** The subnet market, or why nothing is known of it. */
async function subnetFields(market: SubnetsResult, services: Services, locale: string): Promise<Field[]> {
  if (market.snapshot === null) return [{ label: 'Subnets', value: [`unavailable, ${market.reason}`] }];
  const quotes = await services.market.quotes(['bittensor'], services.defaults.currency);
  return subnetMarketFields(market.snapshot, quotes.get('bittensor').quote, locale);
}
