// `/network`: the Bittensor chain right now, and when the next halving may come.
import { defineCommand } from '../command.ts';
import { halvingBlocks, networkFields, readingNote } from '../bittensor/network.ts';

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
              'Last known: since the halving of December 2025 each block issues 0.5 TAO (about 3,600 a day). Issuance was 11,219,409 TAO on 10 August 2026; the next halving comes at 15,750,000 TAO.',
            ],
          },
          {
            kind: 'note',
            spans: [
              'As of 10 Aug 2026 · ',
              { kind: 'link', text: 'taostats docs on halvings', href: 'https://docs.taostats.io/docs/halving' },
            ],
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
