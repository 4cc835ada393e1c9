// `/price`: one line per coin — symbol, price, 24 h, age.
import type { Block, Card, Span } from '../../card.ts';
import {
  LIST_LOADING,
  HOME_COIN,
  type NamedPick,
  namesakes,
  pickCoins,
  type UnknownCoin,
} from '../../input/coin-argument.ts';
import { defineCommand } from '../../command.ts';
import { currencyOf } from '../../input/currency-argument.ts';
import { statesChange } from '../../../format/freshness.ts';
import { change, money } from '../../../format/numbers.ts';
import { type Figure, FIGURE_NAMES, FIGURES, figureText } from '../../blocks/figure-text.ts';
import { isSample, quoteAge, remarks, SAMPLE_AGE, shownChange, sourceName, type View } from '../../blocks/quote.ts';
import { assetQuotes } from '../../subnets/as-coin.ts';
import { UserError } from '../../../base/errors.ts';
import type { Services } from '../../services.ts';
import type { CoinRef, Quote, QuoteResult, QuoteResults } from '../../../market/market.ts';
import { headOf } from '../../../base/visible-text.ts';

/** More coins than this do not fit one message that people read. */
const MOST_COINS = 10;

export const price = defineCommand({
  name: 'price',
  summary: 'Price of one or several coins or subnets, one line each',
  example: '/price tao near',
  args: {
    coins: {
      type: 'coins',
      description: 'One or several, separated by commas or spaces; TAO if left out',
      rest: true,
      autocomplete: true,
    },
    currency: { type: 'currency', description: 'Currency of the prices, for example eur', autocomplete: true },
    figure: { type: 'choice', description: 'What is asked for instead of the price', choices: FIGURES, hidden: true },
  },
  async run(args, context): Promise<Card> {
    const typed = args.coins ?? [HOME_COIN];
    if (typed.length > MOST_COINS) throw tooMany(typed.length);
    const currency = currencyOf(context, args.currency);
    const picks = onceEach(pickCoins(context.services, typed));
    if (picks.length > MOST_COINS) throw tooMany(picks.length);
    const coins = picks.flatMap(({ picked }) => (picked.coin === null ? [] : [picked.coin]));
    const ids = coins.map((coin) => coin.id);
    const quotes = await assetQuotes(context.services, ids, currency);
    const view: View = { locale: context.request.locale, now: context.now };
    const asked: Asked = { view, figure: args.figure ?? null, services: context.services };
    const shared = namesakes(picks, context.services);
    const items = picks.map(({ text, picked }) =>
      picked.coin === null ? unknownLine(text, picked) : line(picked.coin, quotes.get(picked.coin.id), asked),
    );
    return {
      kind: 'price',
      outcome:
        coins.length === 0 ? 'not-found' : coins.some(({ id }) => quotes.get(id).quote !== null) ? 'ok' : 'unavailable',
      tone: 'info',
      title: titleOf(coins, asked.figure),
      blocks: [
        { kind: 'list', items, plain: true },
        ...sources(quotes),
        ...(shared === null ? [] : [{ kind: 'note', spans: [shared] } as const]),
        ...controls(coins, given(args)),
      ],
    };
  },
});

/** A coin that is named twice ("tao TAO") has one line. */
function onceEach(picks: readonly NamedPick[]): NamedPick[] {
  return [...new Map(picks.map((pick) => [pick.picked.coin?.id ?? pick.text, pick])).values()];
}

function tooMany(count: number): UserError {
  return new UserError('too-many-coins', `That is ${count} coins; at most ${MOST_COINS} fit one answer.`);
}

/** What the lines are to say. `figure`: null for the price. */
type Asked = { view: View; figure: Figure | null; services: Pick<Services, 'content'> };

function titleOf([first, ...more]: readonly CoinRef[], figure: Figure | null): string {
  if (first !== undefined && more.length === 0)
    return `${first.name} ${figure === null ? 'price' : FIGURE_NAMES[figure]}`;
  const name = figure === null ? 'prices' : FIGURE_NAMES[figure];
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function given({
  currency,
  figure,
}: {
  currency?: string | undefined;
  figure?: Figure | undefined;
}): Record<string, string> {
  return { ...(currency === undefined ? {} : { currency }), ...(figure === undefined ? {} : { figure }) };
}

function line(coin: CoinRef, result: QuoteResult, { view, figure, services }: Asked): Span[] {
  const symbol: Span = { kind: 'bold', text: coin.symbol.toUpperCase() };
  if (result.quote === null)
    return [symbol, `  ${figure === null ? 'price' : FIGURE_NAMES[figure]} unavailable: ${result.reason}`];
  const { quote } = result;
  if (figure !== null) {
    const profile = services.content.coins.get(coin.id);
    const text = figureText(figure, quote, profile === undefined ? quote.maxSupply : profile.maxSupply, view);
    const said = text ?? (statesChange(quote.at, view.now) ? `${quote.source.name} does not say` : 'not known now');
    return [symbol, `  ${said}`, ...ageBehind(quote, view), ...remarks(result, view)];
  }
  const moved = shownChange(quote, quote.change24h, view.now);
  const middle = moved === null ? '' : `  ${change(moved, view.locale).text} (24 h)`;
  return [
    symbol,
    `  ${money(quote.price, quote.currency, view.locale)}${middle}`,
    ...ageBehind(quote, view),
    ...remarks(result, view),
  ];
}

/** Samples say once, under all lines, that they are not live. */
function ageBehind(quote: Quote, view: View): Span[] {
  return isSample(quote.source) ? [] : ['  ', ...quoteAge(quote, view)];
}

function unknownLine(text: string, { suggestions, whole }: UnknownCoin): Span[] {
  const hint =
    suggestions.length === 0
      ? ''
      : ` Did you mean ${suggestions
          .slice(0, 3)
          .map((coin) => `${coin.symbol.toUpperCase()} (${coin.name})`)
          .join(', ')}?`;
  const unknown = hint === '' ? 'unknown coin: try its ticker, its full name or its CoinGecko ID' : 'unknown coin';
  const fact = whole ? unknown : `not found yet, the full coin ${LIST_LOADING}`;
  return [{ kind: 'bold', text: headOf(text, 60) }, `  ${fact}.${hint}`];
}

function sources(quotes: QuoteResults): Block[] {
  const named = new Map(
    [...quotes.values()].flatMap((result) =>
      result.quote === null ? [] : [[result.quote.source.id, result.quote.source] as const],
    ),
  );
  const spans = [...named.values()].flatMap((source, index): Span[] => [
    index === 0 ? '' : ' · ',
    { kind: 'link', text: sourceName(source), href: source.url },
    ...(isSample(source) ? [` · ${SAMPLE_AGE}`] : []),
  ]);
  return spans.length === 0 ? [] : [{ kind: 'note', spans }];
}

function controls(coins: readonly CoinRef[], { figure, ...given }: Record<string, string>): Block[] {
  if (coins.length === 0) return [];
  const same = figure === undefined ? given : { ...given, figure };
  const list = coins.map((coin) => `id:${coin.id}`).join(',');
  const details = coins.slice(0, 4).map((coin) => ({
    label: `${coin.symbol.toUpperCase()} details`,
    invocation: { command: 'coin', args: { ...given, coin: `id:${coin.id}` } },
  }));
  return [
    {
      kind: 'buttons',
      buttons: [{ label: 'Refresh', invocation: { command: 'price', args: { ...same, coins: list } } }, ...details],
    },
  ];
}
