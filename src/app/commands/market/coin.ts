// `/coin`: the coin card — price, figures, chart, one piece of the profile, where the numbers come from, and where to go next.
import { type Block, type Button, type Card, shownOn } from '../../card.ts';
import { subnetAnswer, subnetView } from '../../subnets/card.ts';
import { isSubnetId } from '../../subnets/as-coin.ts';
import { coinOptions, HOME_COIN, pickCoin, renamedFrom, unknownCoinCard } from '../../input/coin-argument.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import { currencyOf } from '../../input/currency-argument.ts';
import { priceChart } from '../../blocks/price-chart.ts';
import { invocationOf, learnMenus, relatedOptions } from '../../coin/learn-menu.ts';
import { SECTION_LABELS, sectionBlocks, SECTIONS, type State } from '../../coin/sections.ts';
import {
  compactSource,
  figures,
  headline,
  shortFigures,
  sourceLine,
  supplyText,
  toneOf,
  type View,
} from '../../blocks/quote.ts';
import type { Coin } from '../../../content/schema.ts';
import type { CoinRef, QuoteResult } from '../../../market/market.ts';
import type { Range } from '../../../base/ranges.ts';

const RANGES = ['24h', '7d', '30d', '1y'] as const satisfies readonly Range[];

export const coin = defineCommand({
  name: 'coin',
  summary: 'Profile of a coin with live price, chart and facts',
  example: '/coin tao',
  args: {
    coin: {
      type: 'coin',
      description: 'Ticker, name or ID; TAO if left out',
      rest: true,
      autocomplete: true,
    },
    currency: { type: 'currency', description: 'Currency of the prices, for example eur', autocomplete: true },
    range: { type: 'choice', description: 'Time range of the chart', choices: RANGES, hidden: true },
    section: { type: 'choice', description: 'Part of the profile', choices: SECTIONS, hidden: true },
    question: { type: 'text', description: 'Place of a question of the coin, from 1', hidden: true },
  },
  async run(args, context) {
    const typed = args.coin ?? HOME_COIN;
    const picked = pickCoin(context.services, typed);
    const given = args.currency === undefined ? {} : { currency: args.currency };
    if (picked.coin === null) return unknownCoinCard(typed, picked, 'coin', given);
    if (isSubnetId(picked.coin.id))
      return await subnetAnswer(picked.coin.id, subnetView(context, args.currency), context);
    const state = {
      coin: picked.coin,
      others: picked.others,
      currency: currencyOf(context, args.currency),
      range: args.range ?? '7d',
      section: args.section ?? null,
      question: Number(args.question ?? 0) - 1,
      given,
      renamed: renamedFrom(typed, context.services.content.renamed),
    };
    return await coinCard(state, context);
  },
});

async function coinCard(state: State, context: CommandContext): Promise<Card> {
  const { services, now, request } = context;
  const view: View = { locale: request.locale, now };
  const asked = services.market.quotes([state.coin.id], state.currency);
  const [quotes, chart] = await Promise.all([
    asked,
    priceChart(context, { coin: state.coin, currency: state.currency, range: state.range }, asked),
  ]);
  const onPage = request.platform === 'web'; // where nothing is shown of what is for chats
  const result = quotes.get(state.coin.id);
  const profile = services.content.coins.get(state.coin.id);
  return {
    kind: 'coin',
    outcome: result.quote === null && profile === undefined ? 'unavailable' : 'ok', // a profile is an answer, too
    tone: toneOf(result.quote, now),
    title: `${state.coin.name} (${state.coin.symbol.toUpperCase()})`,
    ...titleLink(context, state.coin.id, profile),
    blocks: [
      headline(result, view),
      ...(onPage ? [] : shownOn('chat', compactSource(result, rankOf(result, state.coin), view))),
      ...shownOn('page', standing(result, state.coin, profile)),
      ...(result.quote === null ? [] : shownOn('page', fieldsBlock(figures(result.quote, view)))),
      ...(chart === null ? [] : [chart]),
      ...(onPage ? [] : shownOn('chat', await chatBody(state, result, profile, context))),
      ...shownOn('page', await pageBody(state, result, profile, context)),
      ...(state.renamed === null ? [] : [{ kind: 'note', spans: [`${state.renamed}.`] } as const]),
      ...shownOn('page', [...sharedTicker(state), ...sourceLine(result, view)]),
      ...rangeButtons(state),
      ...(onPage ? [] : shownOn('chat', learnMenus(state, profile, context))),
      ...shownOn('page', pageControls(state, profile, services.content.coins)),
    ],
  };
}

/** Figures, or the section that takes their place. */
async function chatBody(
  state: State,
  result: QuoteResult,
  profile: Coin | undefined,
  context: CommandContext,
): Promise<Block[]> {
  if (profile !== undefined && state.section !== null)
    return state.section === 'faq' && profile.questions[state.question] === undefined
      ? [{ kind: 'text', spans: [{ kind: 'bold', text: 'Common questions' }, ': choose one below.'] }]
      : await sectionBlocks(state, profile, context);
  const { quote } = result;
  const view: View = { locale: context.request.locale, now: context.now };
  const none: Block[] = profile === undefined ? [NO_PROFILE] : [];
  if (quote !== null) return [...fieldsBlock(shortFigures(quote, view)), ...none];
  return profile === undefined ? none : [{ kind: 'text', spans: [profile.tagline] }];
}

/** All there is: the section (what it is, when none was chosen) and the supply. */
async function pageBody(
  state: State,
  result: QuoteResult,
  profile: Coin | undefined,
  context: CommandContext,
): Promise<Block[]> {
  const view: View = { locale: context.request.locale, now: context.now };
  const section = { ...state, section: state.section ?? 'what' } as const;
  const own = profile === undefined ? [NO_PROFILE] : await sectionBlocks(section, profile, context);
  return [...own, ...supplyBlock(result, profile, view)];
}

const NO_PROFILE: Block = { kind: 'note', spans: ['No profile for this coin yet – market data only.'] };

/** The rank; null where no price says of when it is. */
function rankOf({ quote }: QuoteResult, coin: CoinRef): number | null {
  return quote === null ? null : (quote.rank ?? coin.rank);
}

function titleLink(context: CommandContext, id: string, profile: Coin | undefined): { titleHref?: string } {
  const base = context.services.defaults.publicUrl;
  return base === null || profile === undefined ? {} : { titleHref: `${base}/coins/${id}` };
}

/** "#34 · AI" */
function standing(result: QuoteResult, coin: CoinRef, profile: Coin | undefined): Block[] {
  const rank = rankOf(result, coin);
  const parts = [rank === null ? null : `#${rank}`, profile?.category ?? null].filter((part) => part !== null);
  return parts.length === 0 ? [] : [{ kind: 'note', spans: [parts.join(' · ')] }];
}

function fieldsBlock(fields: ReturnType<typeof figures>): Block[] {
  return fields.length === 0 ? [] : [{ kind: 'fields', fields }];
}

function supplyBlock({ quote }: QuoteResult, profile: Coin | undefined, view: View): Block[] {
  if (quote === null) return [];
  const supply = supplyText(quote, profile === undefined ? quote.maxSupply : profile.maxSupply, view);
  if (supply === null) return [];
  return [{ kind: 'note', spans: [`Circulating (${quote.source.name}): ${supply} ${quote.symbol.toUpperCase()}`] }];
}

function sharedTicker(state: State): Block[] {
  if (state.others.length === 0) return [];
  const options = coinOptions(state.others, 'coin', state.given);
  return [
    {
      kind: 'note',
      spans: [
        `${state.others.length} more coin${state.others.length === 1 ? '' : 's'} use${state.others.length === 1 ? 's' : ''} this ticker. Did you mean ${options.map((option) => option.label).join(' or ')}?`,
      ],
    },
    { kind: 'menu', placeholder: 'Did you mean another coin?', options },
  ];
}

function rangeButtons(state: State): Block[] {
  const ranges = RANGES.map((option) => button(state, option, { range: option }, option === state.range));
  return [{ kind: 'buttons', buttons: [...ranges, { ...button(state, 'Refresh', {}), short: '↻' }] }];
}

function pageControls(state: State, profile: Coin | undefined, coins: ReadonlyMap<string, Coin>): Block[] {
  if (profile === undefined) return [];
  const shown = state.section ?? 'what';
  const sections = SECTIONS.map((option) =>
    button(state, SECTION_LABELS[option], { section: option }, option === shown),
  );
  const options = relatedOptions(state, profile, coins);
  return [
    { kind: 'buttons', buttons: sections },
    ...(options.length === 0 ? [] : [{ kind: 'menu', placeholder: 'Related coins', options } as const]),
  ];
}

function button(state: State, label: string, args: Record<string, string>, active = false): Button {
  return { label, invocation: invocationOf(state, args), ...(active ? { active } : {}) };
}
