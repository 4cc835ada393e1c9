// Finds the subnets that a person may mean: by number in any of its spellings, by name, by symbol.
import type { Subnet, SubnetMatches } from './port.ts';

/** `64`, `sn64`, `SN 64`, `#64`, `τ64`, `subnet 64`, `sn-64`; a number below zero is none. */
const NUMBER = /^(?:(?:sn|subnet|netuid|τ|#)[\s-]?)?(\d{1,5})$/u;
const MOST_NEAR = 25;

export function findSubnets(subnets: readonly Subnet[], text: string): SubnetMatches {
  const wanted = folded(text);
  if (wanted === '') return { exact: [], near: [] };
  const number = NUMBER.exec(wanted)?.[1];
  const numbered = subnets.filter(({ netuid }) => netuid === Number(number));
  if (numbered.length > 0) return { exact: numbered, near: [] };
  const symbol = text.trim();
  const named = subnets.filter((subnet) => folded(subnet.name) === wanted);
  const exact = named.length > 0 ? named : subnets.filter((subnet) => subnet.symbol === symbol);
  const near = subnets
    .map((subnet) => ({ subnet, at: placeOf(subnet, wanted) }))
    .filter(({ subnet, at }) => at < 3 && !exact.includes(subnet))
    .sort((left, right) => left.at - right.at || left.subnet.netuid - right.subnet.netuid)
    .map(({ subnet }) => subnet)
    .slice(0, MOST_NEAR);
  return { exact, near };
}

/** 0: the name begins with the text, or a number does; 1: a word of the name does; 2: it is somewhere inside; 3: nowhere. */
function placeOf({ netuid, name, symbol }: Subnet, wanted: string): 0 | 1 | 2 | 3 {
  const within = folded(name);
  const digits = /^(?:sn|τ|#)?(\d+)$/u.exec(wanted)?.[1];
  if (within.startsWith(wanted) || (digits !== undefined && String(netuid).startsWith(digits))) return 0;
  if (within.split(' ').some((word) => word.startsWith(wanted)) || folded(symbol) === wanted) return 1;
  return within.includes(wanted) ? 2 : 3;
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim().slice(0, 100);
}
