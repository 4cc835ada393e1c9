// `/about`: version, where the numbers come from, how old they are, what the budget is, what is stored.
import type { Block, Card, Field } from '../card.ts';
import { withCode } from '../error-card.ts';
import { defineCommand } from '../command.ts';
import { age, ageText } from '../../format/freshness.ts';
import { amount } from '../../format/numbers.ts';
import type { Subnets } from '../../chain/subnets/port.ts';
import type { MarketStatus } from '../../market/market.ts';
import type { AlertTotals } from '../../alerts/alerts.ts';
import type { Digests } from '../../digests/digests.ts';

type DeliveryTotals = NonNullable<Awaited<ReturnType<Digests['totals']>>>;

const UNKNOWN = 'not known right now: the database is slow';

export const about = defineCommand({
  name: 'about',
  summary: 'Version, sources, data age, budget, privacy',
  private: true,
  example: '/about',
  args: {},
  async run(_args, { services, now, request }): Promise<Card> {
    const status = services.market.status();
    const [books, alerts] = await Promise.all([
      services.digests.totals().catch(() => null),
      services.alerts.totals().catch(() => null),
    ]);
    const fields: Field[] = [
      { label: 'Version', value: [services.about.version] },
      { label: 'Uptime', value: [ageText(services.about.uptimeMs())] },
      {
        label: 'Content',
        value: [`${services.content.coins.size} coin profiles, ${services.content.faq.size} FAQ entries`],
      },
      { label: 'API budget', value: [budget(status, request.locale)] },
      { label: 'Refresh', value: [`every ${Math.round(status.refreshMs / 1000)} s while in use`] },
      { label: 'Digests', value: [books === null ? UNKNOWN : booksText(books, request.locale)] },
      { label: 'Alerts', value: [alerts === null ? UNKNOWN : alertsText(alerts, request.locale)] },
    ];
    return {
      kind: 'about',
      outcome: 'ok',
      tone: 'info',
      title: 'About this bot',
      blocks: [
        { kind: 'fields', fields },
        { kind: 'heading', text: 'Sources' },
        {
          kind: 'list',
          items: [...status.sources.map((source) => [sourceText(source, now)]), [chainText(services.subnets, now)]],
        },
        ...notes(services.about.notes()),
        ...privacy(),
      ],
      private: true,
    };
  },
});

/** The books always balance: due = sent + skipped + dead + pending + ambiguous. */
function booksText(books: DeliveryTotals, locale: string): string {
  const part = (label: string, value: number) => `${amount(value, locale, 0)} ${label}`;
  const parts = [
    part('sent', books.sent),
    part('skipped', books.skipped),
    part('undeliverable', books.dead),
    part('pending', books.pending),
    part('unclear', books.ambiguous),
  ];
  return `${part('due', books.due)} = ${parts.join(' + ')}${books.gap === 0 ? '' : ` (gap ${books.gap}: please report)`}`;
}

function alertsText({ active, told, missed, undeliverable }: AlertTotals, locale: string): string {
  const count = (value: number) => amount(value, locale, 0);
  return `${count(active)} active; ${count(told)} told, ${count(missed)} missed, ${count(undeliverable)} undeliverable in 90 days`;
}

function budget(status: MarketStatus, locale: string): string {
  const { used, projected, allowed } = status.credits;
  const limit = allowed === null ? 'no stated limit' : `${amount(allowed, locale, 0)} allowed`;
  return `${status.plan} plan: ${amount(used, locale, 0)} calls this month, ${amount(Math.round(projected), locale, 0)} projected, ${limit}`;
}

function sourceText(source: MarketStatus['sources'][number], now: number): string {
  const last = source.lastSuccessAt === null ? 'not used yet' : `last answer ${age(now - source.lastSuccessAt)}`;
  return `${source.id}: ${source.state}, ${last}${source.lastError === null ? '' : ` (last problem: ${source.lastError})`}`;
}

function chainText(subnets: Subnets, now: number): string {
  const { nodes, blockAt } = subnets.status();
  const last = blockAt === null ? 'not read yet' : `latest block ${age(now - blockAt)}`;
  const names = nodes.map(({ name, reason }) => (reason === null ? name : `${name} (left alone: ${reason})`));
  return `Bittensor chain: ${names.length === 0 ? 'sample data' : `${names.join(', ')}, ${last}`}`;
}

function notes(lines: readonly string[]): Block[] {
  return lines.map((line) => ({ kind: 'text', spans: [line] }));
}

function privacy(): Block[] {
  return [
    { kind: 'heading', text: 'Privacy' },
    {
      kind: 'text',
      spans: withCode(
        "I store the settings of digests and alerts with their creator's ID, how often answers were rated useful, and for 90 days keywords of unanswered questions, by server, without the person who asked. Message text is never stored. `/privacy export` shows what is stored about you, `/privacy delete` removes it.",
      ),
    },
    {
      kind: 'note',
      spans: [
        'Information, not financial advice. Market data by CoinGecko and the sources above; facts carry their own sources and dates.',
      ],
    },
  ];
}
