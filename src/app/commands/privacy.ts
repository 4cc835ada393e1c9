// `/privacy`: what is stored about the asker, and its removal.
import type { Block, Button, Card, Span } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import type { Person, PersonalData } from '../services.ts';
import { personOf as personIn } from '../../base/direct-target.ts';
import { channelNamed } from '../blocks/channel-name.ts';
import { date } from '../../format/dates.ts';

/** Lines of a page: with a long digest in each of them it still fits the 4,000 characters that a message of Discord holds. */
const MOST_LINES = 8;

export const privacyExport = defineCommand({
  name: 'privacy export',
  summary: 'What is stored about you',
  example: '/privacy export',
  private: true,
  args: { page: { type: 'number', description: 'The page to show', hidden: true } },
  async run({ page: { value: wanted } = { value: 1 } }, context): Promise<Card> {
    const { alerts, digests, posts, drafts, messages } = await context.services.personal.of(personOf(context));
    const { locale, place } = context.request;
    const line = (what: string, { id, spec, status, at, channel }: KeptRow, more: string): Span[] => [
      { kind: 'bold', text: what } as const,
      ` ${id} · ${status} · since ${date(at, locale)} · `,
      whereOf(channel, place.channel),
      ` · ${more} · `,
      { kind: 'code', text: spec === '' ? 'nothing: it is damaged' : spec } as const,
    ];
    const sent = { kind: 'bold', text: messagesWords(messages) } as const;
    const lines = [
      ...(messages === 0 ? [] : [[sent, ' of the last two days: when, and whether it arrived']]),
      ...alerts.map((row) => line('Alert', row, `${row.events} in its history`)),
      ...[...digests, ...posts, ...drafts].map((row) => line('Digest', row, `${row.time} ${row.zone}, ${row.days}`)),
    ];
    const pages = Math.max(1, Math.ceil(lines.length / MOST_LINES));
    const page = Math.min(pages, Math.max(1, Math.floor(wanted)));
    const start = (page - 1) * MOST_LINES;
    const end = Math.min(lines.length, start + MOST_LINES);
    return answer('What I store about you', [
      lines.length === 0
        ? { kind: 'text', spans: ['Nothing. I keep no messages, and you have no alerts and made no digests.'] }
        : { kind: 'list', items: lines.slice(start, end) },
      ...(pages > 1 ? [{ kind: 'note', spans: [`${start + 1} to ${end} of ${lines.length}`] } as const] : []),
      {
        kind: 'note',
        spans: [
          'Each of these is stored with your user ID and nothing else about you: no messages, no name, no address.',
        ],
      },
      ...(page < pages ? [{ kind: 'buttons', buttons: [pageButton(page + 1)] } as const] : []),
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
      const { messages, ...rows } = await personal.of(personOf(context));
      const counts = {
        alerts: rows.alerts.length,
        digests: rows.digests.length,
        posts: rows.posts.length,
        drafts: rows.drafts.length,
        messages,
      };
      if (Object.values(counts).every((count) => count === 0))
        return answer('Nothing to delete', [{ kind: 'text', spans: ['I store nothing about you.'] }]);
      return answer('Delete what I store about you?', [
        { kind: 'text', spans: [`${sum(counts)} This cannot be undone.`] },
        deleteButton('Delete', { confirm: 'true' }),
      ]);
    }
    const gone = await personal.forget(personOf(context));
    return answer('Deleted', [
      { kind: 'text', spans: [sum(gone, 'gone')] },
      { kind: 'note', spans: ['Backups that the operator made before still hold it until they are thrown away.'] },
    ]);
  },
});

type Counts = Awaited<ReturnType<PersonalData['forget']>>;
type KeptRow = Omit<Awaited<ReturnType<PersonalData['of']>>['alerts'][number], 'events'>;

/** "2 alerts with their history go; 1 digest stays for its channel, without your name." */
function sum({ alerts, digests, posts, drafts, messages }: Counts, done?: 'gone'): string {
  const goes = (one: string, many: string, number: number) => (number === 1 ? one : many);
  const go = (number: number) =>
    done === undefined ? goes('goes', 'go', number) : goes('is gone', 'are gone', number);
  const parts = [
    ...(alerts === 0 ? [] : [`${counted(alerts, 'alert')} with all history ${go(alerts)}`]),
    ...(digests === 0
      ? []
      : [`${counted(digests, 'digest')} ${goes('stays', 'stay', digests)} for the channel, without your name`]),
    ...(posts === 0 ? [] : [`${counted(posts, 'daily post')} to you ${go(posts)}`]),
    ...(drafts === 0 ? [] : [`${counted(drafts, 'digest')} that nobody started ${go(drafts)}`]),
    // Messages of alerts go with them: they are named where nothing else is.
    ...(messages === 0 || alerts > 0 ? [] : [`${messagesWords(messages)} ${go(messages)}`]),
  ];
  return parts.length === 0 ? 'There was nothing.' : `${parts.join('; ')}.`;
}

function whereOf(channel: string, here: string): Span {
  if (personIn(channel) !== null) return 'a direct message to you';
  return channel === here ? 'this channel' : channelNamed(channel);
}

function messagesWords(number: number): string {
  return `${counted(number, 'direct message')} to you`;
}

function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function pageButton(page: number): Button {
  return { label: 'Next page', invocation: { command: 'privacy export', args: { page: String(page) } } };
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
