// `/subnets`: all subnets in a chosen order, ten a page, with buttons; by risk it is the watch on the next removal.
import type { Block, Button, Card, Span } from '../../card.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import type { View } from '../../blocks/quote.ts';
import { columnPrice } from '../../subnets/figures.ts';
import { sourceNotes } from '../../subnets/notes.ts';
import { unavailableCard } from '../../subnets/pick.ts';
import { ABOUT_REMOVAL, removalWatch } from '../../subnets/removal-watch.ts';
import { changeCell, isOrdered, ORDERS, orderWords, sorted, SORTS, type SubnetSort } from '../../subnets/sorting.ts';
import type { Subnet, SubnetSnapshot } from '../../../chain/subnets/port.ts';

const PER_PAGE = 10;
/** Longer names are cut in the table: a phone shows fewer than forty characters a line. The menu below has them whole. */
const LONGEST_NAME = 9;

export const subnets = defineCommand({
  name: 'subnets',
  summary: 'All subnets by cap, price, change, emission, age or risk of removal',
  example: '/subnets change',
  args: {
    sort: { type: 'choice', description: 'Order: market cap if left out', choices: SORTS },
    page: { type: 'number', description: 'Page', hidden: true },
    count: { type: 'number', description: 'How many a page', hidden: true },
  },
  async run(args, context) {
    const result = await context.services.subnets.snapshot();
    if (result.snapshot === null) return unavailableCard(result.reason);
    const count = Math.min(PER_PAGE, Math.max(1, Math.trunc(args.count?.value ?? PER_PAGE)));
    return await listCard(result.snapshot, args.sort ?? 'cap', { page: args.page?.value ?? 1, count }, context);
  },
});

async function listCard(
  snapshot: SubnetSnapshot,
  sort: SubnetSort,
  asked: { page: number; count: number },
  context: CommandContext,
): Promise<Card> {
  const { services, request, now } = context;
  const view: View = { locale: request.locale, now };
  const all = sorted(listed(snapshot, sort), sort);
  const { count } = asked;
  const pages = Math.max(1, Math.ceil(all.length / count));
  const page = Math.min(pages, Math.max(1, Math.trunc(asked.page)));
  const shown = all.slice((page - 1) * count, page * count);
  const watch = sort === 'risk' && page === 1;
  const tao = watch ? (await services.market.quotes(['bittensor'], services.defaults.currency)).get('bittensor') : null;
  const base = services.defaults.publicUrl;
  const from = (page - 1) * count + 1;
  return {
    kind: 'subnets',
    outcome: 'ok',
    tone: 'info',
    title: sort === 'risk' ? 'Removal of subnets' : 'Subnets',
    ...(base === null ? {} : { titleHref: `${base}/subnets` }),
    subtitle: `${orderWords(all, sort)} · ${all.length === 0 ? 'none in it that I know of' : `${from}–${from + shown.length - 1} of ${all.length}`}`,
    blocks: [
      ...(watch ? removalWatch(snapshot, tao?.quote ?? null, context) : []),
      ...(shown.length === 0 ? [] : [table(shown, { sort, isOrdered: isOrdered(all, sort) }, snapshot, view)]),
      ...sourceNotes(snapshot, tao, view),
      ...controls(shown, sort, { page, pages, count }),
    ],
  };
}

/** Those that cannot be removed yet are not in the line. */
function listed({ subnets }: SubnetSnapshot, sort: SubnetSort): readonly Subnet[] {
  return sort === 'risk' ? subnets.filter(({ removalRank }) => removalRank !== null) : subnets;
}

function table(
  rows: readonly Subnet[],
  { sort, isOrdered: ordered }: { sort: SubnetSort; isOrdered: boolean },
  snapshot: SubnetSnapshot,
  view: View,
): Block {
  const { column, cell, words, caption } = ORDERS[sort];
  const daily = sort !== 'risk'; // there the two prices are what matters
  const text = (value: string | null): Span[] => [value ?? '–'];
  return {
    kind: 'table',
    caption: caption ?? (ordered ? `Prices in τ, by ${words}` : 'Prices in τ'),
    columns: [
      { label: 'SN', numeric: true },
      { label: 'Name' },
      { label: 'Price', numeric: true },
      ...(daily ? [{ label: '24 h', numeric: true }] : []),
      { label: column, numeric: true },
    ],
    rows: rows.map((subnet) => [
      [String(subnet.netuid)],
      [shortName(subnet.name)],
      text(subnet.priceTao === null ? null : columnPrice(subnet.priceTao, view.locale)),
      ...(daily ? [text(changeCell(subnet.change.h24, snapshot, view))] : []),
      text(cell(subnet, snapshot, view)),
    ]),
  };
}

function shortName(name: string): string {
  const letters = Array.from(name);
  return letters.length <= LONGEST_NAME
    ? name
    : `${letters
        .slice(0, LONGEST_NAME - 1)
        .join('')
        .trimEnd()}…`;
}

function controls(
  shown: readonly Subnet[],
  sort: SubnetSort,
  { page, pages, count }: { page: number; pages: number; count: number },
): Block[] {
  const go = (label: string, args: Record<string, string>): Button => ({
    label,
    invocation: {
      command: 'subnets',
      args: { sort, ...(count === PER_PAGE ? {} : { count: String(count) }), ...args },
    },
  });
  const buttons = [
    ...(page > 1 ? [go('Previous', { page: String(page - 1) })] : []),
    ...(page < pages ? [go('Next', { page: String(page + 1) })] : []),
    go('Refresh', { page: String(page) }),
    ...(sort === 'risk' ? [ABOUT_REMOVAL] : []),
  ];
  return [
    { kind: 'buttons', buttons },
    {
      kind: 'menu',
      placeholder: 'Open a subnet',
      options: shown.map(({ netuid, name }) => ({
        label: `SN${netuid} · ${name}`,
        invocation: { command: 'subnet', args: { subnet: `sn${netuid}` } },
      })),
    },
    {
      kind: 'menu',
      placeholder: 'Sort by',
      options: SORTS.map((option) => ({
        label: `By ${ORDERS[option].words}`,
        invocation: { command: 'subnets', args: { sort: option } },
      })),
    },
  ];
}
