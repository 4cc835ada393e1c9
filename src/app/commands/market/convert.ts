// `/convert`: an amount of a coin or currency in another, either way, with the age of the rate.
import type { Block, Card, Span } from '../../card.ts';
import { type Side, sideOf, sideRemarks } from '../../input/conversion-side.ts';
import { type Part, partsOfOneCoin } from '../../input/fixed-rate.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import { ageSpans, SAMPLE_AGE, sourceName } from '../../blocks/quote.ts';
import { plainNumber } from '../../reader/arguments/convert-args.ts';
import { arithmeticOf } from '../../reader/numerals/arithmetic.ts';
import { type Amount, spelledOut } from '../../reader/numbers.ts';
import { COIN_SIGNS, currencyWord } from '../../reader/words.ts';
import { UserError } from '../../../base/errors.ts';
import { subnetRef } from '../../subnets/as-coin.ts';
import { swapCard } from '../../subnets/swap.ts';
import { headOf } from '../../../base/visible-text.ts';

/** Of a coin's name on a button. */
const LONGEST_LABEL = 20;

export const convert = defineCommand({
  name: 'convert',
  summary: 'Convert between coins and currencies, either way',
  example: '/convert 2.5 tao eur',
  args: {
    amount: { type: 'number', description: 'How much, for example 2.5 or 1,000', required: true },
    from: { type: 'coin', description: 'What to convert: a coin or currency', required: true, autocomplete: true },
    to: {
      type: 'coin',
      description: 'Convert to: a coin or currency (default: USD)',
      autocomplete: true,
    },
  },
  meant({ amount = '', from = '', to }, locale) {
    const side = to === undefined ? {} : { to };
    return arithmeticOf(amount, locale).map((value) => ({
      label: `${spelledOut(value, locale)} ${headOf(from.replace(/^id:/, ''), LONGEST_LABEL).toUpperCase()}`,
      invocation: { command: 'convert', args: { amount: plainNumber(value), from, ...side } },
    }));
  },
  async run(args, context): Promise<Card> {
    if (args.amount.value < 0)
      throw new UserError('bad-number', 'The amount must not be negative. Try `/convert 2.5 tao eur`.');
    const wish = sidesOf(args, context);
    if (subnetRef(context.services, wish.from) !== null || subnetRef(context.services, wish.to) !== null)
      return await swapCard({ ...wish, amount: args.amount.value }, context);
    const parts = partsOfOneCoin(wish, context);
    if (parts !== null) return withReading(fixed(args.amount.value, parts.from, parts.to), args.amount, context, []);
    const [from, to] = await Promise.all([sideOf(wish.from, context), sideOf(wish.to, context)]);
    for (const [side, found] of [
      ['from', from],
      ['to', to],
    ] as const) {
      if ('card' in found) return suggested(found.card, { amount: plainNumber(args.amount.value), ...wish }, side);
      if ('reason' in found) return unavailable(found.reason);
    }
    const card = result(args.amount.value, from as Side, to as Side, context);
    const shared = [from, to].flatMap((one) => ('shared' in one && one.shared !== null ? [one.shared] : []));
    return withReading(card, args.amount, context, [...new Set(shared)]);
  },
});

/** Says how a doubtful number was read, and the other notes. */
function withReading(card: Card, { value, doubtful }: Amount, { request }: CommandContext, more: string[]): Card {
  const read = doubtful ? [`I read the amount as ${spelledOut(value, request.locale)}.`] : [];
  const notes = [...read, ...more];
  return notes.length === 0 ? card : { ...card, blocks: withNote(card.blocks, notes.join(' ')) };
}

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
    `The amount is in ${code.toUpperCase()}, but "from" says ${headOf(from, 30)}. Leave one of them out.`,
  );
}

/** The near coins of the card lead to this conversion with them, not to their own cards. */
function suggested(card: Card, args: Readonly<Record<string, string>>, side: 'from' | 'to'): Card {
  const blocks = card.blocks.map((block): Block => {
    if (block.kind !== 'buttons') return block;
    const buttons = block.buttons.map((button) => {
      const { coin = '' } = button.invocation.args;
      return { ...button, invocation: { command: 'convert', args: { ...args, [side]: coin } } };
    });
    return { ...block, buttons };
  });
  return { ...card, blocks };
}

function withNote(blocks: readonly Block[], text: string): Block[] {
  const at = blocks.findIndex(({ kind }) => kind === 'buttons');
  const end = at < 0 ? blocks.length : at;
  return [...blocks.slice(0, end), { kind: 'note', spans: [text] }, ...blocks.slice(end)];
}

function result(value: number, from: Side, to: Side, context: CommandContext): Card {
  const rates = { rate: from.worth / to.worth, back: to.worth / from.worth };
  const view = { locale: context.request.locale, now: context.now };
  const older = from.at <= to.at ? from : to;
  const sources = [...new Map([from, to].map((part) => [part.source.id, part.source])).values()];
  const note: Span[] = [
    ...sources.flatMap((source, index): Span[] => [
      index === 0 ? '' : ' · ',
      { kind: 'link', text: sourceName(source), href: source.url },
    ]),
    ' · ',
    ...(older.source.id === 'sample' ? [SAMPLE_AGE] : ageSpans(older.at, view)),
    ...sideRemarks([from, to]),
  ];
  return converted(value, { from, to, ...rates }, note, ['Swap', 'Refresh']);
}

/** A coin in its parts: nothing to refresh. */
function fixed(value: number, from: Part, to: Part): Card {
  const rates = { rate: to.perCoin / from.perCoin, back: from.perCoin / to.perCoin };
  return converted(value, { from, to, ...rates }, ['Always: it is the same coin in other units.'], ['Swap']);
}

type Shown = Pick<Side, 'label' | 'text' | 'show'>;

/** `rate`: of one `from` in `to`, `back` the other way: each is computed by itself, because 1 / 1e-18 is no round number. */
function converted(
  value: number,
  { from, to, rate, back }: { from: Shown; to: Shown; rate: number; back: number },
  note: Span[],
  offered: readonly ('Swap' | 'Refresh')[],
): Card {
  const plain = plainNumber(value);
  const again = { Swap: [to.text, from.text], Refresh: [from.text, to.text] } as const;
  return {
    kind: 'convert',
    outcome: 'ok',
    tone: 'info',
    title: `${from.show(value)} in ${to.label}`,
    blocks: [
      { kind: 'headline', value: to.show(value * rate) },
      {
        kind: 'text',
        spans: [
          `1 ${from.label} = ${to.show(rate)}${from.text === to.text ? '' : ` · 1 ${to.label} = ${from.show(back)}`}`,
        ],
      },
      { kind: 'note', spans: note },
      {
        kind: 'buttons',
        buttons: offered.map((label) => {
          const [one, other] = again[label];
          return { label, invocation: { command: 'convert', args: { amount: plain, from: one, to: other } } };
        }),
      },
    ],
  };
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
