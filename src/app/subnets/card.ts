// The card of one subnet: price in TAO and in money, changes, chart, pool, emission, removal, what its owner says of it.
import type { Block, Button, Card, Field } from '../card.ts';
import type { CommandContext } from '../command.ts';
import { currencyOf } from '../input/currency-argument.ts';
import { change } from '../../format/numbers.ts';
import type { View } from '../blocks/quote.ts';
import { SUBNET_RANGES, subnetChart } from './chart.ts';
import * as figures from './figures.ts';
import { sourceNotes } from './notes.ts';
import { ALL_SUBNETS, pickSubnet } from './pick.ts';
import type { Subnet, SubnetRange, SubnetSnapshot } from '../../chain/subnets/port.ts';
import type { Quote, QuoteResult } from '../../market/market.ts';
import { headOf } from '../../base/visible-text.ts';

/** What TAO is called in the market. */
const TAO = 'bittensor';
/** An exit quote begins with about so much. */
const QUOTED_TAO = 10;
const LONGEST_DESCRIPTION = 280;

/** How a subnet is shown. `currency`: a code; `chosen`: as somebody asked for it, for the buttons. */
export type SubnetView = { range: SubnetRange; currency: string; chosen?: string | undefined };

/** `currency`: as somebody typed it, the default one without. @throws UserError for one that nobody quotes */
export function subnetView(context: CommandContext, currency?: string, range: SubnetRange = '7d'): SubnetView {
  return { range, currency: currencyOf(context, currency), chosen: currency };
}

/** The card of the subnet that a text names, or one that says why there is none. */
export async function subnetAnswer(text: string, view: SubnetView, context: CommandContext): Promise<Card> {
  const picked = await pickSubnet(context.services, text, 'subnet');
  return 'card' in picked ? picked.card : await subnetCard({ ...picked, ...view }, context);
}

type State = SubnetView & { subnet: Subnet; snapshot: SubnetSnapshot };

async function subnetCard(state: State, context: CommandContext): Promise<Card> {
  const { services, request, now } = context;
  const { snapshot } = state;
  const view: View = { locale: request.locale, now };
  const [quotes, chart] = await Promise.all([
    services.market.quotes([TAO], state.currency),
    subnetChart(context, state),
  ]);
  const tao = quotes.get(TAO);
  const base = services.defaults.publicUrl;
  const moved = figures.showsChange(snapshot, now) ? state.subnet.change.h24 : null;
  return {
    kind: 'subnet',
    outcome: 'ok',
    tone: state.subnet.priceTao === null ? 'warn' : moved === null ? 'info' : change(moved, 'en').direction,
    title: figures.subnetTitle(state.subnet),
    ...(base === null ? {} : { titleHref: `${base}/subnets/${state.subnet.netuid}` }),
    subtitle: subtitle(state),
    blocks: [
      headline(state.subnet, moved, tao, view),
      ...fieldsBlock(fields(state, tao.quote, view)),
      chart,
      ...ownerBlocks(state.subnet),
      ...sourceNotes(snapshot, tao, view),
      ...controls(state),
    ],
  };
}

/** The symbol comes last: many are Arabic or Hebrew letters, which would turn round the number behind them. */
function subtitle({ subnet, snapshot }: State): string {
  const rank = figures.capRank(subnet, snapshot);
  const place = rank === null ? `subnet ${subnet.netuid}` : `#${rank} of ${snapshot.subnets.length} by market cap`;
  return subnet.symbol === `SN${subnet.netuid}` ? place : `${place} · ${subnet.symbol}`;
}

function headline({ priceTao }: Subnet, moved: number | null, tao: QuoteResult, { locale }: View): Block {
  if (priceTao === null) return { kind: 'text', spans: ['Price unavailable: the chain has no price for this subnet.'] };
  const worth = figures.inCurrency(priceTao, tao.quote, locale);
  return {
    kind: 'headline',
    value: [figures.inTao(priceTao, locale), worth].filter((part) => part !== null).join(' · '),
    ...(moved === null ? {} : { change: change(moved, locale), detail: worth === null ? '24 h' : '24 h, in τ' }),
  };
}

function fields({ subnet, snapshot }: State, tao: Quote | null, view: View): Field[] {
  const { locale } = view;
  const shown = figures.showsChange(snapshot, view.now);
  const moved = (value: number | null) => (value === null || !shown ? null : change(value, locale).text);
  const worth = (value: number | null) => (value === null ? null : figures.bothWays(value, tao, locale));
  const known: [string, string | null][] = [
    ['7 d', moved(subnet.change.d7)],
    ['30 d', moved(subnet.change.d30)],
    ['Market cap', worth(subnet.marketCapTao)],
    ['24 h volume', worth(subnet.volume24hTao)],
    ['Pool', figures.poolWords(subnet, locale)],
    ['Emission', figures.emissionWords(subnet, locale)],
    ['Next payout', figures.payoutWords(subnet, snapshot, view)],
    ['Age', figures.ageWords(subnet, snapshot, view)],
    ['Removal', figures.removalWords(subnet, snapshot, view)],
  ];
  return known.flatMap(([label, text]) => (text === null ? [] : [{ label, value: [text] }]));
}

function fieldsBlock(list: readonly Field[]): Block[] {
  return list.length === 0 ? [] : [{ kind: 'fields', fields: list }];
}

/** What the owner wrote, marked as such, and where it points to: domains only, not to be pressed. */
function ownerBlocks({ description, links }: Subnet): Block[] {
  const domains = [links.site, links.github, links.discord].flatMap((link) => (link === null ? [] : [link.domain]));
  const places = [...new Set(domains)].join(' · ');
  return [
    ...(description === null ? [] : [{ kind: 'text', spans: [`Its owner says: ${shortened(description)}`] } as const]),
    ...(places === '' ? [] : [{ kind: 'note', spans: [`Links of its owner: ${places}`] } as const]),
  ];
}

function shortened(text: string): string {
  return text.length <= LONGEST_DESCRIPTION ? text : `${headOf(text, LONGEST_DESCRIPTION).trimEnd()}…`;
}

function controls({ subnet, range, chosen }: State): Block[] {
  const own = `sn${subnet.netuid}`;
  const button = (label: string, args: Record<string, string>, active = false): Button => ({
    label,
    invocation: {
      command: 'subnet',
      args: { subnet: own, ...(chosen === undefined ? {} : { currency: chosen }), ...args },
    },
    ...(active ? { active } : {}),
  });
  return [
    {
      kind: 'buttons',
      buttons: [
        ...SUBNET_RANGES.map((option) => button(option, { range: option }, option === range)),
        { ...button('Refresh', range === '7d' ? {} : { range }), short: '↻' },
      ],
    },
    { kind: 'buttons', buttons: [...exitQuote(subnet), ALL_SUBNETS] },
  ];
}

/** A round amount of alpha that is worth about ten TAO. */
function exitQuote({ netuid, priceTao }: Subnet): Button[] {
  if (priceTao === null) return [];
  const size = QUOTED_TAO / priceTao;
  const step = 10 ** Math.floor(Math.log10(size));
  const amount = String(Number((Math.max(1, Math.round(size / step)) * step).toPrecision(1)));
  return [
    {
      label: 'Exit quote',
      invocation: { command: 'convert', args: { amount, from: `sn${netuid}`, to: `id:${TAO}` } },
    },
  ];
}
