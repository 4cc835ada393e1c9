// `/compare`: two to five coins in one picture, each in percent of the common start, with a table beside it.
import { type Block, type Card, shownOn, type Span } from '../../card.ts';
import { briefNamesake, namesakes, pickCoins, unknownCoinCard } from '../../input/coin-argument.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import { compareChart, compareCurrency, compareSeries, growth } from '../../blocks/compare-chart.ts';
import { change, compactMoney, money } from '../../../format/numbers.ts';
import { rateSpans, shownChange, sourceAge, type View } from '../../blocks/quote.ts';
import { assetQuotes, IN_TAO, isSubnetId } from '../../subnets/as-coin.ts';
import { type Range, RANGE_LENGTHS, RANGES } from '../../../base/ranges.ts';
import { UserError } from '../../../base/errors.ts';
import type { CoinRef, QuoteResult, QuoteResults, Series } from '../../../market/market.ts';

export const compare = defineCommand({
  name: 'compare',
  summary: 'Compare two to five coins or subnets in one chart',
  example: '/compare tao near render 30d',
  args: {
    coins: {
      type: 'coins',
      description: 'Two to five, separated by commas or spaces',
      required: true,
      rest: true,
      autocomplete: true,
    },
    range: { type: 'choice', description: 'Time range', choices: RANGES },
  },
  async run(args, context): Promise<Card> {
    if (args.coins.length > MOST_NAMES) throw badCount(args.coins.length);
    const picks = pickCoins(context.services, args.coins);
    for (const { text, picked } of picks) if (picked.coin === null) return unknownCoinCard(text, picked, 'coin');
    const coins = [
      ...new Map(
        picks.flatMap(({ picked }) => (picked.coin === null ? [] : [[picked.coin.id, picked.coin] as const])),
      ).values(),
    ];
    if (coins.length < 2 || coins.length > 5) throw badCount(coins.length);
    const shared = { page: namesakes(picks, context.services), chat: briefNamesake(picks, context.services) };
    return await compareCard(coins, args.range ?? '30d', shared, context);
  },
});

/** More names than this are not even looked up. */
const MOST_NAMES = 20;

function badCount(count: number): UserError {
  return new UserError(
    'bad-count',
    `Compare takes two to five different coins; you gave ${count}. Try \`/compare tao near render 30d\`.`,
  );
}

async function compareCard(
  coins: readonly CoinRef[],
  range: Range,
  shared: Shared,
  context: CommandContext,
): Promise<Card> {
  const { services, now, request } = context;
  const currency = compareCurrency(coins, context);
  const [quotes, usable] = await Promise.all([
    assetQuotes(
      services,
      coins.map((coin) => coin.id),
      currency,
    ),
    compareSeries(coins, range, context),
  ]);
  const missing = coins.filter((coin) => !usable.some((one) => one.coinId === coin.id));
  const rows = coins.map((coin) =>
    figuresOf(
      coin,
      usable.find((one) => one.coinId === coin.id),
      quotes.get(coin.id),
      context,
    ),
  );
  const invocationOf = (option: string) => ({
    command: 'compare',
    args: { coins: coins.map((coin) => `id:${coin.id}`).join(','), range: option },
  });
  const buttons = RANGES.map((option) => ({
    label: option,
    invocation: invocationOf(option),
    active: option === range,
  }));
  const drawn = usable.length >= 2;
  const view = { locale: request.locale, now };
  const blocks: Block[] = [
    ...(drawn ? [{ kind: 'chart', chart: compareChart(coins, usable, range, context) } as const] : []),
    { kind: 'list', items: rows.map(shortLine), plain: true, on: 'chat' },
    {
      kind: 'table',
      on: 'page',
      caption: `Change over ${range} from the common start; price and market cap now`,
      columns: [
        { label: 'Coin' },
        { label: range, numeric: true },
        { label: 'Price', numeric: true },
        { label: '24 h', numeric: true },
        { label: 'Market cap', numeric: true },
      ],
      rows: rows.map(({ name, grown, price, day, cap }) => [[name], [grown], [price], [day], [cap]]),
    },
    ...(missing.length === 0
      ? []
      : [
          {
            kind: 'note',
            spans: [`No history in this range for ${missing.map((coin) => coin.symbol.toUpperCase()).join(', ')}.`],
          } as const,
        ]),
    ...priceless(coins, quotes),
    ...shownOn('page', ageNote([...quotes.values()], view, { range, shared: shared.page })),
    ...shownOn('chat', ageNote([...quotes.values()], view, { range: drawn ? null : range, shared: shared.chat })),
    ...subnetNote(coins, currency),
    { kind: 'buttons', buttons, on: 'page' },
    { kind: 'buttons', buttons: buttons.filter(({ label }) => label !== '90d'), on: 'chat' }, // four fit a row of a phone
  ];
  return {
    kind: 'compare',
    outcome: usable.length > 0 || [...quotes.values()].some(({ quote }) => quote !== null) ? 'ok' : 'unavailable',
    tone: 'info',
    title: coins.map((coin) => coin.symbol.toUpperCase()).join(' vs '),
    blocks,
  };
}

/** What is said of one coin, each figure once for table and line; "–" for what is unknown. */
type Figures = { name: Span; grown: string; price: string; day: string; cap: string };

function figuresOf(
  coin: CoinRef,
  series: Series | undefined,
  { quote }: QuoteResult,
  { request, now }: CommandContext,
): Figures {
  const { locale } = request;
  const cell = (value: number | null, text: (value: number) => string): string =>
    value === null ? UNKNOWN : text(value);
  return {
    name: { kind: 'bold', text: coin.symbol.toUpperCase() },
    grown: cell(growth(series), (value) => change(value, locale).text),
    price: cell(quote?.price ?? null, (value) => money(value, quote?.currency ?? 'usd', locale)),
    day: cell(quote === null ? null : shownChange(quote, quote.change24h, now), (value) => change(value, locale).text),
    cap: cell(quote?.marketCap ?? null, (value) => compactMoney(value, quote?.currency ?? 'usd', locale)),
  };
}

const UNKNOWN = '–';

/** "TAO ▼ −15.92% · $273.61 · $2.97B": one line of a phone. */
function shortLine({ name, grown, price, cap }: Figures): Span[] {
  const rest = [grown, price, cap].filter((text, index) => index === 0 || text !== UNKNOWN);
  return [name, ` ${rest.join(' · ')}`];
}

/** Where figures of subnets come from when they stand beside coins. */
function subnetNote(coins: readonly CoinRef[], currency: string): Block[] {
  if (currency === IN_TAO || !coins.some(({ id }) => isSubnetId(id))) return [];
  return [{ kind: 'note', spans: ['Subnets: the price in TAO by the Bittensor chain, times the price of TAO.'] }];
}

/** Which coins shared tickers were taken for, or null: in one short line where there is little room. */
type Shared = { page: string | null; chat: string | null };

/** Why coins have no price, each reason once. */
function priceless(coins: readonly CoinRef[], quotes: QuoteResults): Block[] {
  const missing = coins.flatMap(({ id, symbol }) => {
    const result = quotes.get(id);
    return result.quote === null ? [{ symbol: symbol.toUpperCase(), reason: result.reason }] : [];
  });
  return [...Map.groupBy(missing, ({ reason }) => reason)].map(([reason, ones]) => ({
    kind: 'note',
    spans: [`Price unavailable for ${ones.map(({ symbol }) => symbol).join(', ')}: ${reason}`],
  }));
}

/** Source and age of the oldest number; none where there is nothing to say. `range`: null where the picture names it. */
function ageNote(
  results: readonly QuoteResult[],
  view: View,
  { range, shared }: { range: Range | null; shared: string | null },
): Block[] {
  const quotes = results.flatMap((result) => (result.quote === null ? [] : [result.quote]));
  const oldest = quotes.toSorted((a, b) => a.at - b.at)[0];
  const doubtful = quotes.filter(({ unconfirmed }) => unconfirmed === true).map(({ symbol }) => symbol);
  // One rate stands behind all of them: they are in one currency.
  const converted = quotes.flatMap((quote) => quote.converted ?? [])[0];
  const said: Span[][] = [
    ...(range === null || oldest === undefined ? [] : [[`past ${RANGE_LENGTHS[range].words}`]]),
    ...(oldest === undefined
      ? []
      : [[...sourceAge(oldest, view), ...(converted === undefined ? [] : rateSpans(converted, view))]]),
    ...(doubtful.length === 0 ? [] : [[`unconfirmed: ${doubtful.join(', ')}`]]),
    ...(shared === null ? [] : [[shared]]),
  ];
  if (said.length === 0) return [];
  return [{ kind: 'note', spans: said.flatMap((spans, index) => (index === 0 ? spans : [' · ', ...spans])) }];
}
