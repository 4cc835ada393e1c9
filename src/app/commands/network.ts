// `/network`: the Bittensor chain right now, and when the next halving may come.
import { defineCommand } from '../command.ts';
import { halvingBlocks, networkFields, readingNote } from '../bittensor/network.ts';

/** The third-party reading that stands in when no live one is at hand. */
const BRIEF =
  'https://github.com/NoBSRecruiter/tao-subnet-trader/blob/bfa925ec05681218ef717bb1f1daaf1194b8ab6b/docs/research/RESEARCH_BRIEF.md';

export const network = defineCommand({
  name: 'network',
  summary: 'Bittensor network: block, issuance, emission, next halving',
  example: '/network',
  args: {},
  async run(_args, { services, request, now }) {
    const reading = await services.chain.state();
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
          { kind: 'buttons', buttons: [...refresh.buttons] },
        ],
      };
    }
    const { state } = reading;
    return {
      ...base,
      outcome: 'ok',
      blocks: [
        { kind: 'fields', fields: networkFields(state, request.locale) },
        ...halvingBlocks(state, request.locale),
        readingNote(state, now),
        { kind: 'buttons', buttons: [...refresh.buttons] },
      ],
    };
  },
});
