// `/coin`: the coin card — price, figures, chart, one piece of the profile, where the numbers come from, and where to go next.
import type { Block, Button, Card, Span } from '../card.ts';
import { subnetAnswer, subnetView } from '../subnets/card.ts';
import { isSubnetId } from '../subnets/as-coin.ts';
import { coinOptions, pickCoin, renamedFrom, unknownCoinCard } from '../input/coin-argument.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { currencyOf } from '../input/currency-argument.ts';
import { freshness } from '../../format/freshness.ts';
import { compactNumber } from '../../format/numbers.ts';
import { priceChart } from '../blocks/price-chart.ts';
import { proseBlocks, sourceNote } from '../blocks/prose.ts';
import { withLiveValues } from '../bittensor/live-values.ts';
import { figures, headline, sourceLine, toneOf, type View } from '../blocks/quote.ts';
import type { Paragraph } from '../../content/markdown.ts';
import type { Coin } from '../../content/schema.ts';
import type { CoinRef, QuoteResult } from '../../market/market.ts';
import type { Range } from '../../base/ranges.ts';

const SECTIONS = ['what', 'how-it-works', 'use-cases', 'tradeoffs', 'faq'] as const;
type Section = (typeof SECTIONS)[number];
const SECTION_LABELS: Record<Section, string> = {
  what: 'What it is',
  'how-it-works': 'How it works',
  'use-cases': 'Use cases',
  tradeoffs: 'Tradeoffs',
  faq: 'FAQ',
};
const RANGES = ['24h', '7d', '30d', '1y'] as const satisfies readonly Range[];
/** Facts on the card itself; the web page shows all. */
const CARD_FACTS = ['live-since', 'founders', 'consensus', 'max-supply'];

export const coin = defineCommand({
  name: 'coin',
  summary: 'Profile of a coin with live price, chart and facts',
  example: '/coin tao',
  args: {
    coin: {
      type: 'coin',
      description: 'Ticker, name or ID',
      required: true,
      rest: true,
      autocomplete: true,
    },
    currency: { type: 'currency', description: 'Currency of the prices, for example eur', autocomplete: true },
    range: { type: 'choice', description: 'Time range of the chart', choices: RANGES, hidden: true },
    section: { type: 'choice', description: 'Part of the profile', choices: SECTIONS, hidden: true },
  },
  async run(args, context) {
    const picked = pickCoin(context.services, args.coin);
    const given = args.currency === undefined ? {} : { currency: args.currency };
    if (picked.coin === null) return unknownCoinCard(args.coin, picked, 'coin', given);
    if (isSubnetId(picked.coin.id))
      return await subnetAnswer(picked.coin.id, subnetView(context, args.currency), context);
    const state = {
      coin: picked.coin,
      others: picked.others,
      currency: currencyOf(context, args.currency),
      range: args.range ?? '7d',
      section: args.section ?? 'what',
      given,
      renamed: renamedFrom(args.coin, context.services.content.renamed),
    };
    return await coinCard(state, context);
  },
});

type State = {
  coin: CoinRef;
  others: readonly CoinRef[];
  currency: string;
  range: Range;
  section: Section;
  given: Readonly<Record<string, string>>;
  /** What became of the ticker that was typed, or null. */
  renamed: string | null;
};

async function coinCard(state: State, context: CommandContext): Promise<Card> {
  const { services, now, request } = context;
  const view: View = { locale: request.locale, now };
  const [quotes, chart] = await Promise.all([
    services.market.quotes([state.coin.id], state.currency),
    priceChart(context, { coin: state.coin, currency: state.currency, range: state.range }),
  ]);
  const result = quotes.get(state.coin.id);
  const profile = services.content.coins.get(state.coin.id);
  return {
    kind: 'coin',
    outcome: result.quote === null && profile === undefined ? 'unavailable' : 'ok', // a profile is an answer, too
    tone: toneOf(result.quote, now),
    title: `${state.coin.name} (${state.coin.symbol.toUpperCase()})`,
    ...titleLink(context, state.coin.id, profile),
    ...subtitle(result, state.coin, profile),
    blocks: [
      headline(result, view),
      ...(result.quote === null ? [] : fieldsBlock(figures(result.quote, view))),
      ...(chart === null ? [] : [chart]),
      ...(await profileBlocks(state, profile, context)),
      ...supplyBlock(result, profile, view),
      ...(state.renamed === null ? [] : [{ kind: 'note', spans: [`${state.renamed}.`] } as const]),
      ...sharedTicker(state),
      ...sourceLine(result, view),
      ...controls(state, profile, services.content.coins),
    ],
  };
}

function titleLink(context: CommandContext, id: string, profile: Coin | undefined): { titleHref?: string } {
  const base = context.services.defaults.publicUrl;
  return base === null || profile === undefined ? {} : { titleHref: `${base}/coins/${id}` };
}

function subtitle(result: QuoteResult, coin: CoinRef, profile: Coin | undefined): { subtitle?: string } {
  const rank = result.quote?.rank ?? coin.rank;
  const parts = [rank === null ? null : `#${rank}`, profile?.category ?? null].filter((part) => part !== null);
  return parts.length === 0 ? {} : { subtitle: parts.join(' · ') };
}

function fieldsBlock(fields: ReturnType<typeof figures>): Block[] {
  return fields.length === 0 ? [] : [{ kind: 'fields', fields }];
}

async function profileBlocks(state: State, profile: Coin | undefined, context: CommandContext): Promise<Block[]> {
  if (profile === undefined) return [{ kind: 'note', spans: ['No profile for this coin yet – market data only.'] }];
  if (state.section === 'faq')
    return [
      { kind: 'heading', text: 'Common questions' },
      { kind: 'list', items: coinQuestions(profile, context).map((question) => [question]) },
    ];
  if (state.section === 'what')
    return [
      { kind: 'text', spans: [{ kind: 'bold', text: profile.tagline }] },
      ...proseBlocks((await withLiveValues(whatParagraphs(profile), context)).slice(0, 1)),
      factsBlock(profile),
    ];
  const section = profile.sections.find((candidate) => candidate.id === state.section);
  if (section === undefined) return [];
  const paragraphs = await withLiveValues(section.paragraphs, context);
  const sources = sourceNote(paragraphs, profile);
  return [{ kind: 'heading', text: section.title }, ...proseBlocks(paragraphs), ...(sources === null ? [] : [sources])];
}

function whatParagraphs(profile: Coin): readonly Paragraph[] {
  return profile.sections.find((section) => section.id === 'what')?.paragraphs ?? [];
}

function coinQuestions(profile: Coin, context: CommandContext): string[] {
  return [
    ...profile.faq.flatMap((id) => context.services.content.faq.get(id)?.question ?? []),
    ...profile.questions.map((entry) => entry.question),
  ];
}

function factsBlock(profile: Coin): Block {
  const facts = profile.facts.filter((fact) => CARD_FACTS.includes(fact.id));
  return { kind: 'fields', fields: facts.map((fact) => ({ label: fact.label, value: [fact.value] })) };
}

function supplyBlock(result: QuoteResult, profile: Coin | undefined, view: View): Block[] {
  const quote = result.quote;
  if (quote?.circulatingSupply == null || freshness(view.now - quote.at) === 'old') return [];
  const cap = profile === undefined ? quote.maxSupply : profile.maxSupply;
  const of: Span[] = cap === null ? [] : [` of at most ${compactNumber(cap, view.locale)}`];
  return [
    {
      kind: 'note',
      spans: [
        `Circulating: ${compactNumber(quote.circulatingSupply, view.locale)} ${quote.symbol.toUpperCase()} (${quote.source.name})`,
        ...of,
      ],
    },
  ];
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

function controls(state: State, profile: Coin | undefined, coins: ReadonlyMap<string, Coin>): Block[] {
  const base = { ...state.given, coin: `id:${state.coin.id}` };
  const button = (label: string, args: Record<string, string>, active = false): Button => ({
    label,
    invocation: { command: 'coin', args: { ...base, ...args } },
    ...(active ? { active } : {}),
  });
  const section: Record<string, string> = state.section === 'what' ? {} : { section: state.section };
  const range: Record<string, string> = state.range === '7d' ? {} : { range: state.range };
  const blocks: Block[] = [
    {
      kind: 'buttons',
      buttons: [
        ...RANGES.map((option) => button(option, { ...section, range: option }, option === state.range)),
        button('Refresh', { ...section, ...range }),
      ],
    },
  ];
  if (profile === undefined) return blocks;
  blocks.push({
    kind: 'buttons',
    buttons: SECTIONS.map((option) =>
      button(SECTION_LABELS[option], { ...range, section: option }, option === state.section),
    ),
  });
  const related = profile.related.flatMap((id) => coins.get(id) ?? []);
  if (related.length > 0)
    blocks.push({
      kind: 'menu',
      placeholder: 'Related coins',
      options: related.map((coin) => ({
        label: `${coin.symbol} · ${coin.name}`,
        description: coin.tagline.slice(0, 100),
        invocation: { command: 'coin', args: { ...state.given, coin: `id:${coin.id}` } },
      })),
    });
  return blocks;
}
