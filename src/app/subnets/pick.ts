// From what somebody typed to a subnet: number, name or symbol; several of one name are asked back openly.
import type { Button, Card } from '../card.ts';
import { messageCard } from '../error-card.ts';
import type { Services } from '../services.ts';
import type { Subnet, SubnetMatches, SubnetSnapshot } from '../../chain/subnets/port.ts';
import { subnetNumber } from './number.ts';
import { headOf } from '../../base/visible-text.ts';

export type PickedSubnet = { subnet: Subnet; snapshot: SubnetSnapshot } | { card: Card };

const MOST_OFFERED = 5;
/** Slack's limit for the text of a button. */
const LONGEST_LABEL = 75;

/** The subnet that a text names, in the present snapshot, or the card that says why there is none. */
export async function pickSubnet(services: Services, text: string, command: string): Promise<PickedSubnet> {
  const result = await services.subnets.snapshot();
  if (result.snapshot === null) return { card: unavailableCard(result.reason) };
  const { exact, near } = matches(services, labelled(text));
  const [only, another] = exact;
  if (only !== undefined && another === undefined) return { subnet: only, snapshot: result.snapshot };
  if (only !== undefined)
    return { card: choice('not-found', 'Which subnet?', 'Several subnets go by that. Which one?', exact, command) };
  return { card: unknownSubnet(text, near, command, result.snapshot) };
}

/** By the text as it is; else without the word "subnet" around it ("chutes subnet"). */
function matches({ subnets }: Services, text: string): SubnetMatches {
  const whole = subnets.find(text);
  const bare = text.replace(/^(?:the )?subnet (?=\D)|(?<=\D) subnet$/giu, '');
  return whole.exact.length > 0 || bare === text ? whole : subnets.find(bare);
}

/** No snapshot was ever received: says why, and names no number. */
export function unavailableCard(reason: string): Card {
  return messageCard('subnet', 'unavailable', 'No subnet data right now', `Subnet prices are unavailable: ${reason}.`);
}

function unknownSubnet(text: string, near: readonly Subnet[], command: string, snapshot: SubnetSnapshot): Card {
  const shown = headOf(text.replaceAll(/\s+/g, ' '), 60);
  if (/^(?:(?:sn|subnet)?\s*0|(?:the )?root(?: network| subnet)?)$/iu.test(text.trim()))
    return messageCard('subnet', 'not-found', 'Root', 'Number 0 is the root network: it has no alpha and no price.');
  const known = `I don't know a subnet called "${shown}".`;
  if (near.length > 0)
    return choice('not-found', 'Unknown subnet', `${known} Did you mean one of these?`, near, command);
  const hint = hintFor(subnetNumber(text) ?? (/^\d{1,5}$/.test(text.trim()) ? Number(text) : null), snapshot);
  const card = messageCard('subnet', 'not-found', 'Unknown subnet', `${known} ${hint}`);
  return { ...card, blocks: [...card.blocks, { kind: 'buttons', buttons: [ALL_SUBNETS] }] };
}

/** Numbers go from 1 to the limit of the chain; those of removed subnets are given anew. */
function hintFor(netuid: number | null, { network: { subnetLimit } }: SubnetSnapshot): string {
  if (netuid === null) return 'Try a number like 64 or a name like Chutes.';
  return subnetLimit !== null && netuid > subnetLimit
    ? `The chain allows ${subnetLimit} subnets, numbered 1 to ${subnetLimit}.`
    : 'The number may be free.';
}

export const ALL_SUBNETS: Button = { label: 'All subnets', invocation: { command: 'subnets', args: {} } };

function choice(
  outcome: 'not-found',
  title: string,
  sentence: string,
  subnets: readonly Subnet[],
  command: string,
): Card {
  const offered = subnets.slice(0, MOST_OFFERED);
  const card = messageCard('subnet', outcome, title, sentence);
  const buttons = offered.map((subnet) => ({
    label: headOf(`SN${subnet.netuid} · ${subnet.name}`, LONGEST_LABEL),
    invocation: { command, args: { subnet: `sn${subnet.netuid}` } },
  }));
  return { ...card, blocks: [...card.blocks, { kind: 'buttons', buttons }] };
}

/** Our own label "SN64 · Chutes", sent back as it was shown: the number. */
function labelled(text: string): string {
  return /^(SN\d+) · /.exec(text)?.[1] ?? text;
}
