// Controls carry their request as one short string, so they work after a restart without any state of ours.
import type { Ask } from './card.ts';

/** Discord's limit for a component's custom id; Slack allows 255 and more. */
export const LONGEST_ASK = 100;

/**
 * "coin?coin=bittensor&range=7d". Ids and choices only ever go in here, so 100 characters suffice.
 * @throws Error when it does not fit: a card is being built that no platform could carry.
 */
export function encodeAsk(ask: Ask): string {
  const text = askText(ask);
  if (text.length > LONGEST_ASK)
    throw new Error(`control does not fit ${LONGEST_ASK} characters: ${text.slice(0, 120)}`);
  return text;
}

/** False for the few requests (of coins with very long ids) that no control can carry. */
export function fitsControl(ask: Ask): boolean {
  return askText(ask).length <= LONGEST_ASK;
}

function askText(ask: Ask): string {
  const query = new URLSearchParams(Object.entries(ask.args)).toString().replaceAll('%3A', ':').replaceAll('%2C', ',');
  return query === '' ? ask.command : `${ask.command}?${query}`;
}

/** Reverses `encodeAsk`; null for anything that is not of its form (a control of another app or version). */
export function decodeAsk(text: string): Ask | null {
  const match = /^([a-z][a-z -]{0,40})(?:\?(.*))?$/s.exec(text.slice(0, LONGEST_ASK));
  if (match?.[1] === undefined) return null;
  const args: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [key, value] of new URLSearchParams(match[2] ?? '')) if (/^[a-z]+$/i.test(key)) args[key] = value;
  return { command: match[1], args };
}
