// `/chart`: the price chart of one coin with buttons for its range.
import type { Block, Card } from '../../card.ts';
import { HOME_COIN, namesakes, pickCoin, unknownCoinCard } from '../../input/coin-argument.ts';
import { defineCommand } from '../../command.ts';
import { currencyOf } from '../../input/currency-argument.ts';
import { priceChart } from '../../blocks/price-chart.ts';
import { headline, sourceLine, toneOf } from '../../blocks/quote.ts';
import { assetQuotes, IN_TAO, isSubnetId } from '../../subnets/as-coin.ts';
import { SUBNET_RANGES } from '../../subnets/chart.ts';
import { RANGES } from '../../../base/ranges.ts';

export const chart = defineCommand({
  name: 'chart',
  summary: 'Price chart of a coin or subnet',
  example: '/chart tao 30d',
  args: {
    coin: {
      type: 'coin',
      description: 'Ticker, name or ID; TAO if left out',
      rest: true,
      autocomplete: true,
    },
    range: { type: 'choice', description: 'Time range', choices: RANGES },
    currency: { type: 'currency', description: 'Currency of the prices, for example eur', autocomplete: true },
  },
  async run(args, context): Promise<Card> {
    const given: Record<string, string> = args.currency === undefined ? {} : { currency: args.currency };
    const typed = args.coin ?? HOME_COIN;
    const picked = pickCoin(context.services, typed);
    if (picked.coin === null)
      return unknownCoinCard(typed, picked, 'chart', {
        ...given,
        ...(args.range === undefined ? {} : { range: args.range }),
      });
    const { coin } = picked;
    const ownUnit = isSubnetId(coin.id) && args.currency === undefined; // subnets are priced in TAO by the chain
    const currency = ownUnit ? IN_TAO : currencyOf(context, args.currency);
    const range = args.range ?? '7d';
    const [quotes, picture] = await Promise.all([
      assetQuotes(context.services, [coin.id], currency),
      priceChart(context, { coin, currency, range }),
    ]);
    const result = quotes.get(coin.id);
    const view = { locale: context.request.locale, now: context.now };
    const invocationOf = (option: string) => ({
      command: 'chart',
      args: { ...given, coin: `id:${coin.id}`, range: option },
    });
    const ranges = isSubnetId(coin.id) ? SUBNET_RANGES : RANGES;
    const buttons = ranges.map((option) => ({
      label: option,
      invocation: invocationOf(option),
      active: option === range,
    }));
    const blocks: (Block | null)[] = [
      headline(result, view),
      picture,
      ...sourceLine(result, view),
      ...sharedNote(namesakes([{ text: typed, picked }], context.services)),
      buttons.length === 0 ? null : { kind: 'buttons', buttons },
    ];
    return {
      kind: 'chart',
      outcome: picture?.kind === 'chart' || result.quote !== null ? 'ok' : 'unavailable',
      tone: toneOf(result.quote, context.now),
      title: `${coin.name} (${coin.symbol.toUpperCase()})`,
      subtitle: range,
      blocks: blocks.filter((block) => block !== null),
    };
  },
});

function sharedNote(text: string | null): Block[] {
  return text === null ? [] : [{ kind: 'note', spans: [text] }];
}
