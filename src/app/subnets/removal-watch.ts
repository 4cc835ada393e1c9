// What the chain says about the next removal: who is next, how far the second is, whether registration is open, what a new subnet costs.
import type { Block, Field } from '../card.ts';
import type { CommandContext } from '../command.ts';
import { date } from '../../format/dates.ts';
import { ageText } from '../../format/freshness.ts';
import { amount } from '../../format/numbers.ts';
import { bothWays, blockTime, inTao, presentOf, subnetTitle } from './figures.ts';
import type { Subnet, SubnetSnapshot } from '../../chain/subnets/port.ts';
import type { Quote } from '../../market/market.ts';

/** The FAQ entry about removals, and the fact in it about what holders got. */
const FAQ_ENTRY = 'subnet-deregistration';
const PAYOUT_FACT = 'removal-payout';
const UNKNOWN = 'not known right now';

/** Facts as fields, a sentence on what holders got at past removals, and the way to the FAQ. No advice. */
export function removalWatch(snapshot: SubnetSnapshot, tao: Quote | null, context: CommandContext): Block[] {
  const { locale } = context.request;
  const { network } = snapshot;
  const [first, second] = snapshot.subnets
    .filter(({ removalRank }) => removalRank !== null)
    .toSorted((left, right) => (left.removalRank ?? 0) - (right.removalRank ?? 0));
  const known: [string, string | null][] = [
    ['Next to be removed', first === undefined ? UNKNOWN : withMovingPrice(first, locale)],
    ['Then', second === undefined ? null : withMovingPrice(second, locale)],
    ['Slots', slots(snapshot, locale)],
    ['Registration', registration(snapshot, context)],
    [
      'Price of a new subnet',
      network.registrationCostTao === null ? UNKNOWN : bothWays(network.registrationCostTao, tao, locale),
    ],
  ];
  const fields = known.flatMap(([label, text]): Field[] => (text === null ? [] : [{ label, value: [text] }]));
  return [...(fields.length === 0 ? [] : [{ kind: 'fields', fields } as const]), ...payout(context)];
}

/** Where the fact about payouts is explained, as a button. */
export const ABOUT_REMOVAL = {
  label: 'What happens at a removal?',
  invocation: { command: 'faq', args: { id: FAQ_ENTRY } },
} as const;

function withMovingPrice(subnet: Subnet, locale: string): string {
  const { movingPriceTao } = subnet;
  const price = movingPriceTao === null ? 'unknown' : inTao(movingPriceTao, locale);
  return `${subnetTitle(subnet)}, moving price ${price}`;
}

function slots({ subnets, network: { subnetLimit } }: SubnetSnapshot, locale: string): string | null {
  if (subnetLimit === null) return null;
  const free = subnetLimit - subnets.length;
  const taken = `${amount(subnets.length, locale, 0)} of ${amount(subnetLimit, locale, 0)} taken`;
  return free > 0
    ? `${taken}: a new subnet removes nobody yet`
    : `${taken}: a new subnet replaces the next to be removed`;
}

function registration(snapshot: SubnetSnapshot, { now }: CommandContext): string {
  const { registrationOpen, registrationOpensAtBlock } = snapshot.network;
  if (registrationOpen === null) return UNKNOWN;
  if (registrationOpen || registrationOpensAtBlock === null) return registrationOpen ? 'open' : 'closed';
  const wait = blockTime(registrationOpensAtBlock, snapshot) - presentOf(snapshot, now);
  return wait > 0 ? `closed, opens in about ${ageText(wait)}` : 'closed at the last reading, due to open';
}

/** What was paid out in the past, with its date; the FAQ says why. */
function payout({ services, request }: CommandContext): Block[] {
  const fact = services.content.facts.get(PAYOUT_FACT);
  if (fact === undefined) return [];
  const day = date(Date.parse(fact.asOf), request.locale);
  return [
    {
      kind: 'text',
      spans: [`At past removals holders got ${fact.value} of their alpha, as free TAO (reported, as of ${day}).`],
    },
  ];
}
