// `/convert`: an amount of a coin or currency in another, either way, with the age of the rate.
import type { Block, Card, Span } from '../card.ts';
import { namesakes, pickCoin, unknownCoinCard } from '../input/coin-argument.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { date } from '../../format/dates.ts';
import { amount, money } from '../../format/numbers.ts';
import { ageSpans, sourceName } from '../blocks/quote.ts';
import { plainNumber } from '../reader/convert-args.ts';
import { type Amount, spelledOut } from '../reader/numbers.ts';
import { COIN_SIGNS, currencyWord } from '../reader/words.ts';
import { UserError } from '../../base/errors.ts';
import type { Source } from '../../market/market.ts';

/** One side of a conversion: its worth in the pivot currency, who said so and when; `money` formats an amount of it. */
type Side = {
  label: string;
  /** What a control says for this side: a currency's code or a coin's id. */
  text: string;
  /** A remark on a ticker that several coins have, or null. */
  shared: string | null;
  worth: number;
  at: number;
  source: Source;
  show(value: number): string;
};
type Found = Side | { card: Card } | { reason: string };

/** Everything is priced in this currency first: it is the one that is always fresh. */
const PIVOT = 'usd';
/** A code like "btc" means a coin only among so many of the largest. */
const WELL_KNOWN = 300;

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
    if (args.amount.value < 0)
      throw new UserError('bad-number', 'The amount must not be negative. Try `/convert 2.5 tao eur`.');
    const wish = sidesOf(args, context);
    const [from, to] = await Promise.all([side(wish.from, context), side(wish.to, context)]);
    for (const found of [from, to]) {
      if ('card' in found) return found.card;
      if ('reason' in found) return unavailable(found.reason);
    }
    const card = result(args.amount.value, from as Side, to as Side, context);
    const { locale } = context.request;
    const read = args.amount.doubtful ? [`I read the amount as ${spelledOut(args.amount.value, locale)}.`] : [];
    const notes = [
      ...read,
      ...[from, to].flatMap((one) => ('shared' in one && one.shared !== null ? [one.shared] : [])),
    ];
    return notes.length === 0 ? card : { ...card, blocks: withNote(card.blocks, notes.join(' ')) };
  },
});

/** A sign at the amount ("$400") says what is converted; what stood in `from` is then what is wanted. */
function sidesOf(
  { amount: { unit }, from, to }: { amount: Amount; from: string; to: string | undefined },
  { services }: CommandContext,
): { from: string; to: string } {
  const home = services.defaults.currency;
  // An amount in the currency of all prices is of interest in the coin of this bot.
  if (unit === null) return { from, to: to ?? (from.trim().toLowerCase() === home ? 'id:bittensor' : home) };
  const code = currencyWord(unit, new Set(services.market.currencies()))?.code ?? COIN_SIGNS[unit] ?? unit;
  if (to === undefined) return { from: code, to: from };
  if (code.toLowerCase() === from.toLowerCase()) return { from, to };
  throw new UserError(
    'two-units',
    `The amount is in ${code.toUpperCase()}, but "from" says ${from.slice(0, 30)}. Leave one of them out.`,
  );
}

function withNote(blocks: readonly Block[], text: string): Block[] {
  const at = blocks.findIndex(({ kind }) => kind === 'buttons');
  const end = at < 0 ? blocks.length : at;
  return [...blocks.slice(0, end), { kind: 'note', spans: [text] }, ...blocks.slice(end)];
}

function result(value: number, from: Side, to: Side, context: CommandContext): Card {
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
  const plain = plainNumber(value);
  return {
    kind: 'convert',
    outcome: 'ok',
    tone: 'info',
    title: `${from.show(value)} in ${to.label}`,
    blocks: [
      { kind: 'headline', value: to.show(value * rate) },
      { kind: 'text', spans: [`1 ${from.label} = ${to.show(rate)} · 1 ${to.label} = ${from.show(1 / rate)}`] },
      { kind: 'note', spans: note },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Swap', invocation: again(plain, to.text, from.text) },
          { label: 'Refresh', invocation: again(plain, from.text, to.text) },
        ],
      },
    ],
  };
}

/** A currency first, else a coin; codes that are both (btc, eth) are the coin when it is the large one that the code is known for. */
async function side(text: string, context: CommandContext): Promise<Found> {
  const { market } = context.services;
  const currency = /^(?:id:|\$\p{L})/u.test(text)
    ? null
    : currencyWord(text.trim().toLowerCase(), new Set(market.currencies()));
  if (currency !== null && !currency.coin) return await currencySide(currency.code, context);
  const picked = pickCoin(context.services, text);
  if (currency !== null && (picked.coin === null || (picked.coin.rank ?? Infinity) > WELL_KNOWN))
    return await currencySide(currency.code, context);
  if (picked.coin === null) return { card: unknownCoinCard(text, picked, 'coin') };
  const { coin } = picked;
  const found = (await market.quotes([coin.id], PIVOT)).get(coin.id);
  if (found.quote === null) return { reason: `${coin.name}: ${found.reason}` };
  const symbol = coin.symbol.toUpperCase();
  return {
    label: symbol,
    text: `id:${coin.id}`,
    shared: namesakes([{ text, picked }], context.services),
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
    text: code,
    shared: null,
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
