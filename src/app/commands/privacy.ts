// `/privacy`: what is stored about the asker, and its removal.
import type { Block, Card } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import type { Person } from '../services.ts';
import { date } from '../../format/dates.ts';

const MOST_LINES = 20;

export const privacyExport = defineCommand({
  name: 'privacy export',
  summary: 'What is stored about you',
  example: '/privacy export',
  private: true,
  args: {},
  async run(_args, context): Promise<Card> {
    const { alerts, digests } = await context.services.personal.of(personOf(context));
    const { locale } = context.request;
    const line = (what: string, { id, spec, status, at }: (typeof alerts)[number]) => [
      { kind: 'bold', text: what } as const,
      ` ${id} · ${status} · since ${date(at, locale)} · `,
      { kind: 'code', text: spec.slice(0, 200) } as const,
    ];
    const lines = [...alerts.map((row) => line('Alert', row)), ...digests.map((row) => line('Digest', row))];
    const more = lines.length - MOST_LINES;
    return answer('What I store about you', [
      lines.length === 0
        ? { kind: 'text', spans: ['Nothing. I keep no messages, and you have no alerts and made no digests.'] }
        : { kind: 'list', items: lines.slice(0, MOST_LINES) },
      ...(more > 0 ? [{ kind: 'note', spans: [`and ${more} more of the same kind`] } as const] : []),
      {
        kind: 'note',
        spans: ['With each stands your user id, and nothing else of you: no messages, no name, no address.'],
      },
      ...(lines.length === 0 ? [] : [deleteButton('Delete all of it…', {})]),
    ]);
  },
});

export const privacyDelete = defineCommand({
  name: 'privacy delete',
  summary: 'Delete what is stored about you',
  example: '/privacy delete',
  private: true,
  args: { confirm: { type: 'flag', description: 'Really', hidden: true } },
  async run({ confirm = false }, context): Promise<Card> {
    const { personal } = context.services;
    if (!confirm) {
      const { alerts, digests } = await personal.of(personOf(context));
      if (alerts.length + digests.length === 0)
        return answer('Nothing to delete', [{ kind: 'text', spans: ['I store nothing about you.'] }]);
      return answer('Delete what I store about you?', [
        { kind: 'text', spans: [`${sum(alerts.length, digests.length)} This cannot be undone.`] },
        deleteButton('Delete', { confirm: 'true' }),
      ]);
    }
    const { alerts, digests } = await personal.forget(personOf(context));
    return answer('Deleted', [
      { kind: 'text', spans: [sum(alerts, digests, 'gone')] },
      { kind: 'note', spans: ['Backups that the operator made before still hold it until they are thrown away.'] },
    ]);
  },
});

/** "2 alerts with their history go; 1 digest stays for its channel, without your name." */
function sum(alerts: number, digests: number, done?: 'gone'): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const verbs = done === undefined ? (['goes', 'go'] as const) : (['is gone', 'are gone'] as const);
  const first = alerts === 0 ? [] : [`${count(alerts, 'alert')} with all history ${verbs[alerts === 1 ? 0 : 1]}`];
  const second =
    digests === 0
      ? []
      : [`${count(digests, 'digest')} ${digests === 1 ? 'stays' : 'stay'} for the channel, without your name`];
  const parts = [...first, ...second];
  return parts.length === 0 ? 'There was nothing.' : `${parts.join('; ')}.`;
}

function deleteButton(label: string, args: Record<string, string>): Block {
  return { kind: 'buttons', buttons: [{ label, invocation: { command: 'privacy delete', args }, style: 'danger' }] };
}

function answer(title: string, blocks: Block[]): Card {
  return { kind: 'privacy', outcome: 'ok', tone: 'info', title, private: true, blocks };
}

function personOf({ request }: CommandContext): Person {
  return { platform: request.platform, tenant: request.place.tenant, userId: request.user.id };
}
