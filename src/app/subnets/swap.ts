// A conversion with a subnet in it: what the chain's own simulation would give now, beside the spot price, with fee and slippage.
import type { Block, Card, Field, Span } from '../card.ts';
import type { CommandContext } from '../command.ts';
import { messageCard } from '../error-card.ts';
import { coinAmount, type Side, sideOf, sideRemarks } from '../input/conversion-side.ts';
import { ageSpans, SAMPLE_AGE, sourceName, type View } from '../blocks/quote.ts';
import { plainNumber } from '../reader/arguments/convert-args.ts';
import { UserError } from '../../base/errors.ts';
import { share } from '../../format/numbers.ts';
import { subnetId } from './as-coin.ts';
import { chainSource, subnetTitle } from './figures.ts';
import { modeNote } from './notes.ts';
import { pickSubnet } from './pick.ts';
import type { Subnet, SubnetSnapshot, SwapDirection, SwapQuote } from '../../chain/subnets/port.ts';
import { subnetNumber } from './number.ts';

export type SwapWish = { from: string; to: string; amount: number };

/** From here on the amount itself moves the price so much that it is said first. */
const LARGE_PERCENT = 2;
const TAO = 'id:bittensor';

/** A pool of a subnet, or a coin or currency that is reached by way of TAO. */
type End = { subnet: Subnet; snapshot: SubnetSnapshot } | { side: Side };
/** A pool that is passed; `quote` null: only its spot price is known, for this reason. */
type Step = { subnet: Subnet; direction: SwapDirection; quote: SwapQuote | null; reason: string };
/** `got` and `atSpot` in what is wanted; `taken`: the part (0..1) that the pools take; `fee` and `slippage` are parts (0..1) of the whole way, null when a step has no quote. */
type Outcome = {
  got: number;
  atSpot: number;
  taken: number;
  fee: number | null;
  slippage: number | null;
  steps: readonly Step[];
};

/**
 * Selling (`5000 sn64 tao`), buying (`100 tao sn64`), or from one subnet to another.
 * @throws UserError when both sides are the same subnet or the amount is zero
 */
export async function swapCard(wish: SwapWish, context: CommandContext): Promise<Card> {
  if (wish.amount === 0) throw new UserError('bad-number', 'The amount must be above zero.');
  const [from, to, tao] = await Promise.all([endOf(wish.from, context), endOf(wish.to, context), sideOf(TAO, context)]);
  if ('card' in from) return from.card;
  if ('card' in to) return to.card;
  if ('subnet' in from && 'subnet' in to && from.subnet.netuid === to.subnet.netuid)
    throw new UserError('two-units', `Both sides are SN${from.subnet.netuid}. Name another one, or \`tao\`.`);
  const rates = [rateOf(from, tao), rateOf(to, tao)];
  const missing = rates.find((rate) => typeof rate === 'string');
  if (missing !== undefined)
    return messageCard('convert', 'unavailable', 'No rate right now', `Price unavailable: ${missing}`);
  const outcome = await way(wish.amount, { from, to }, rates as [number, number], context);
  return outcome === null
    ? noPrice(from, to)
    : card(wish.amount, { from, to, tao: 'worth' in tao ? tao : null }, outcome, context);
}

async function endOf(text: string, context: CommandContext): Promise<End | { card: Card }> {
  const netuid = subnetNumber(text);
  if (netuid !== null) return await pickSubnet(context.services, subnetId(netuid), 'subnet');
  const found = await sideOf(text, context);
  if ('card' in found) return found;
  if ('reason' in found)
    return { card: messageCard('convert', 'unavailable', 'No rate right now', `Price unavailable: ${found.reason}`) };
  return { side: found };
}

/** TAO for one of a side that is no subnet; a sentence part when TAO itself has no price. */
function rateOf(end: End, tao: Awaited<ReturnType<typeof sideOf>>): number | string {
  if ('subnet' in end || end.side.text === TAO) return 1;
  if ('worth' in tao) return end.side.worth / tao.worth;
  return 'reason' in tao ? tao.reason : 'TAO is not listed';
}

/** Passes the pools one after the other; null when one of them has no price at all. */
async function way(
  amount: number,
  { from, to }: { from: End; to: End },
  [before, after]: [number, number],
  { services }: CommandContext,
): Promise<Outcome | null> {
  const ends: [End, SwapDirection][] = [
    [from, 'sell'],
    [to, 'buy'],
  ];
  const steps: Step[] = [];
  let [got, atSpot, taken] = [amount * before, amount * before, 1];
  for (const [end, direction] of ends) {
    if (!('subnet' in end)) continue;
    const { subnet } = end;
    if (subnet.priceTao === null) return null;
    const result = await services.subnets.swapQuote(subnet.netuid, direction, got);
    const spot = direction === 'sell' ? subnet.priceTao : 1 / subnet.priceTao;
    const { quote } = result;
    steps.push({ subnet, direction, quote, reason: quote === null ? result.reason : '' });
    atSpot = quote === null ? atSpot * spot : (atSpot / got) * quote.atSpot;
    taken *= quote === null ? 1 : quote.paid / got;
    got = quote?.received ?? got * spot;
  }
  const quotes = steps.flatMap(({ quote }) => (quote === null ? [] : [quote]));
  const whole = quotes.length === steps.length;
  const lost = (part: (quote: SwapQuote) => number) =>
    whole ? 1 - quotes.reduce((kept, quote) => kept * (1 - part(quote)), 1) : null;
  return {
    got: got / after,
    atSpot: atSpot / after,
    taken,
    fee: lost(({ fee, paid }) => fee / paid),
    slippage: lost(({ impact, atSpot: full }) => impact / full),
    steps,
  };
}

function card(
  amount: number,
  { from, to, tao }: { from: End; to: End; tao: Side | null },
  { got, atSpot, taken, fee, slippage, steps }: Outcome,
  context: CommandContext,
): Card {
  const view: View = { locale: context.request.locale, now: context.now };
  const { locale } = view;
  const [given, wanted] = [show(from, locale), show(to, locale)];
  const large = slippage !== null && slippage * 100 >= LARGE_PERCENT;
  const known: [string, string | null][] = [
    ['At the spot price', wanted(atSpot)],
    ['Fee', fee === null ? null : share(fee * 100, locale)],
    ['Slippage', slippage === null ? null : share(slippage * 100, locale)],
    ['Rate', `1 ${label(from)} = ${wanted(got / (amount * taken))}`],
  ];
  const again = (a: End, b: End, size: number) => ({
    command: 'convert',
    args: { amount: plainNumber(size), from: idOf(a), to: idOf(b) },
  });
  return {
    kind: 'convert',
    outcome: 'ok',
    tone: large || slippage === null ? 'warn' : 'info',
    title: `${given(amount)} in ${label(to)}`,
    subtitle: steps.map(({ subnet }) => subnetTitle(subnet)).join(' → '),
    blocks: [
      { kind: 'headline', value: wanted(got) },
      ...(large ? [largeNote(slippage, locale)] : []),
      ...steps.flatMap((step) => stepNotes(step, locale)),
      {
        kind: 'fields',
        fields: known.flatMap(([name, text]): Field[] => (text === null ? [] : [{ label: name, value: [text] }])),
      },
      ...sources([from, to], steps, tao, view),
      {
        kind: 'buttons',
        buttons: [
          { label: 'Reverse', invocation: again(to, from, Number(got.toPrecision(6))) },
          { label: 'Refresh', invocation: again(from, to, amount) },
          ...steps.map(({ subnet }) => ({
            label: `SN${subnet.netuid} card`,
            invocation: { command: 'subnet', args: { subnet: subnetId(subnet.netuid) } },
          })),
        ],
      },
    ],
  };
}

function largeNote(slippage: number, locale: string): Block {
  const words = ` · an amount of this size moves the price in the pool: ${share(slippage * 100, locale, 1)} less than at the spot price.`;
  return { kind: 'text', spans: [{ kind: 'bold', text: '⚠ large for this pool' }, words] };
}

/** What a step could not do: no simulation, or a pool that takes less than the amount. */
function stepNotes({ subnet, direction, quote, reason }: Step, locale: string): Block[] {
  if (quote === null) return [{ kind: 'text', spans: [`Spot price only, fee and slippage unknown: ${reason}.`] }];
  if (!quote.partly) return [];
  const unit = direction === 'sell' ? `SN${subnet.netuid}` : 'TAO';
  const taken = `${coinAmount(quote.paid, locale)} ${unit}`;
  const words = ` · the pool of SN${subnet.netuid} takes only ${taken}; the figures are for that part.`;
  return [{ kind: 'text', spans: [{ kind: 'bold', text: '⚠ partly' }, words] }];
}

function sources(ends: readonly End[], steps: readonly Step[], tao: Side | null, view: View): Block[] {
  const [first] = ends.flatMap((end) => ('subnet' in end ? [end.snapshot] : []));
  if (first === undefined) return [];
  const quoted = steps.find(({ quote }) => quote !== null)?.quote;
  const at =
    quoted === undefined || quoted === null ? first : { ...first, block: quoted.block, blockAt: quoted.blockAt };
  const simulated: Span[] = quoted == null ? [] : ['A simulation, nothing is traded · '];
  const priced = ends.flatMap((end) => ('side' in end && end.side.text !== TAO ? [end.side] : []));
  const sides = priced.length === 0 || tao === null ? [] : [...priced, tao];
  const older = sides.toSorted((left, right) => left.at - right.at)[0];
  return [
    { kind: 'note', spans: [...simulated, ...chainSource(at, view, ageSpans)] },
    ...(older === undefined || older.source.id === 'sample'
      ? []
      : [{ kind: 'note', spans: [...sideSpans(older, view), ...sideRemarks(sides)] } as const]),
    ...modeNote(first),
  ];
}

function sideSpans({ source, at }: Side, view: View): Span[] {
  const old: Span[] = source.id === 'sample' ? [SAMPLE_AGE] : ageSpans(at, view);
  return [{ kind: 'link', text: sourceName(source), href: source.url }, ' · ', ...old];
}

function noPrice(...ends: End[]): Card {
  const name = ends.flatMap((end) =>
    'subnet' in end && end.subnet.priceTao === null ? [subnetTitle(end.subnet)] : [],
  );
  return messageCard(
    'convert',
    'unavailable',
    'No rate right now',
    `The chain has no price for ${name.join(' and ')}.`,
  );
}

const label = (end: End): string => ('subnet' in end ? `SN${end.subnet.netuid}` : end.side.label);
const idOf = (end: End): string => ('subnet' in end ? subnetId(end.subnet.netuid) : end.side.text);
const show = (end: End, locale: string) => (value: number) =>
  'subnet' in end ? `${coinAmount(value, locale)} ${label(end)}` : end.side.show(value);
