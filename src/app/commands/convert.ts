// `/convert`: an amount of a coin or currency in another, either way, with the age of the rate.
import type { Card, Span } from '../card.ts';
import { pickCoin, unknownCoinCard } from '../input/coin-argument.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { date } from '../../format/dates.ts';
import { amount, money } from '../../format/numbers.ts';
import { ageSpans, sourceName } from '../blocks/quote.ts';
import { UserError } from '../../base/errors.ts';
import type { Source } from '../../market/market.ts';

/** One side of a conversion: its worth in the pivot currency, who said so and when; `money` formats an amount of it. */
type Side = { label: string; worth: number; at: number; source: Source; show(value: number): string };
type Found = Side | { card: Card } | { reason: string };

/** Everything is priced in this currency first: it is the one that is always fresh. */
const PIVOT = 'usd';

export const convert = defineCommand({
  name: 'convert',
  summary: 'Convert between coins and currencies, either way',
  example: '/convert 2.5 tao eur',
  args: {
    amount: { type: 'number', description: 'How much, for example 2.5 or 1,000', required: true },
    from: { type: 'coin', description: 'Convert from: a coin or currency', required: true, autocomplete: true },
    to: {
      type: 'coin',
      description: 'Convert to: a coin or currency (default: USD)',
      autocomplete: true,
    },
  },
  async run(args, context): Promise<Card> {
    if (args.amount < 0)
      throw new UserError('bad-number', 'The amount must not be negative. Try `/convert 2.5 tao eur`.');
    const target = args.to ?? context.services.defaults.currency;
    const [from, to] = await Promise.all([side(args.from, context), side(target, context)]);
    for (const found of [from, to]) {
      if ('card' in found) return found.card;
      if ('reason' in found) return unavailable(found.reason);
    }
    return result(args.amount, from as Side, to as Side, { from: args.from, to: target }, context);
  },
});

function result(
  value: number,
  from: Side,
  to: Side,
  typed: { from: string; to: string },
  context: CommandContext,
): Card {
  const rate = from.worth / to.worth;
  const view = { locale: context.request.locale, now: context.now };
  const older = from.at <= to.at ? from : to;
  const sources = [...new Map([from, to].map((part) => [part.source.id, part.source])).values()];
  const note: Span[] = [
    ...sources.flatMap((source, index): Span[] => [
      index === 0 ? '' : ' · ',
      { kind: 'link', text: sourceName(source), href: source.url },
    ]),
    ' · ',
    ...(older.source.id === 'sample' ? [`recorded on ${date(older.at, view.locale)}`] : ageSpans(older.at, view)),
  ];
  const again = (amountText: string, a: string, b: string) => ({
    command: 'convert',
    args: { amount: amountText, from: a, to: b },
  });
  const plain = String(value);
  return {
    kind: 'convert',
    outcome: 'ok',
    tone: 'info',
    title: `${from.show(value)} in ${to.label}`,
    blocks: [
      { kind: 'headline', value: to.show(value * rate) },
      { kind: 'text', spans: [`1 ${from.label} = ${to.show(rate)} · 1 ${to.label} = ${from.show(1 / rate)}`] },
      { kind: 'note', spans: note },
      ...(typed.from.length + typed.to.length > 50
        ? []
        : [
            {
              kind: 'buttons',
              buttons: [
                { label: 'Swap', invocation: again(plain, typed.to, typed.from) },
                { label: 'Refresh', invocation: again(plain, typed.from, typed.to) },
              ],
            } as const,
          ]),
    ],
  };
}

/** A currency by its code, else a coin. Codes that are both (btc, eth) mean the same thing either way. */
async function side(text: string, context: CommandContext): Promise<Found> {
  const { market } = context.services;
  const code = text.trim().toLowerCase();
  const picked = pickCoin(context.services, text);
  if (market.currencies().includes(code) && picked.coin?.symbol.toLowerCase() !== code)
    return await currencySide(code, context);
  if (picked.coin === null)
    return market.currencies().includes(code)
      ? await currencySide(code, context)
      : { card: unknownCoinCard(text, picked.suggestions, 'coin') };
  const { coin } = picked;
  const found = (await market.quotes([coin.id], PIVOT)).get(coin.id);
  if (found.quote === null) return { reason: `${coin.name}: ${found.reason}` };
  const symbol = coin.symbol.toUpperCase();
  return {
    label: symbol,
    worth: found.quote.price,
    at: found.quote.at,
    source: found.quote.source,
    show: (value) => `${coinAmount(value, context.request.locale)} ${symbol}`,
  };
}

async function currencySide(code: string, context: CommandContext): Promise<Found> {
  const found = await context.services.market.rate(code, PIVOT);
  if (found.rate === null) return { reason: `${code.toUpperCase()}: ${found.reason}` };
  return {
    label: code.toUpperCase(),
    worth: found.rate,
    at: found.at,
    source: found.source,
    show: (value) => money(value, code, context.request.locale),
  };
}

/** Coins are counted more finely than money: eight decimals at most, more for very small amounts. */
function coinAmount(value: number, locale: string): string {
  if (value !== 0 && Math.abs(value) < 1e-6)
    return new Intl.NumberFormat(locale, { maximumSignificantDigits: 4, maximumFractionDigits: 20 }).format(value);
  return amount(value, locale, Math.abs(value) >= 1000 ? 2 : 8);
}

function unavailable(reason: string): Card {
  return {
    kind: 'convert',
    outcome: 'unavailable',
    tone: 'warn',
    title: 'No rate right now',
    blocks: [{ kind: 'text', spans: [`Price unavailable: ${reason}`] }],
    private: true,
  };
}
