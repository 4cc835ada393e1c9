// Questions in which a subnet is named by its number: the general answer, and the way to that very subnet.
import type { Card } from '../card.ts';
import type { Services } from '../services.ts';
import { headOf } from '../../base/visible-text.ts';

const NAMED = /\b(?:sn|subnet|netuid)[\s-]?#?([1-9]\d{0,4})\b/i;
/** Slack's limit for the text of a button. */
const LONGEST_LABEL = 75;

/** `general`: the same question about any subnet. Null where no number of one is named. */
export function subnetWithin(question: string): { netuid: number; general: string } | null {
  const match = NAMED.exec(question);
  return match === null ? null : { netuid: Number(match[1]), general: question.replace(match[0], 'a subnet') };
}

/** The card with a button to the card of that subnet, when there is one. */
export function withSubnet(card: Card, netuid: number, { subnets }: Services): Card {
  const [subnet] = subnets.find(`sn${netuid}`).exact;
  if (subnet === undefined) return card;
  const label = headOf(`SN${netuid} · ${subnet.name}`, LONGEST_LABEL);
  const button = { label, invocation: { command: 'subnet', args: { subnet: `sn${netuid}` } } };
  return { ...card, blocks: [...card.blocks, { kind: 'buttons', buttons: [button] }] };
}
