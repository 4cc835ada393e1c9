// Controls carry their request as one short string, so they work after a restart without any state of ours.
import type { Block, Card, Invocation } from './card.ts';

/** Discord's limit for a component's custom id; Slack allows 255 and more. */
export const LONGEST_CONTROL_ID = 100;

/**
 * "coin?coin=bittensor&range=7d". Renderers leave out what does not fit before, see `withFittingControls`.
 * @throws Error when it does not fit.
 */
export function encodeInvocation(invocation: Invocation): string {
  const text = controlId(invocation);
  if (text.length > LONGEST_CONTROL_ID)
    throw new Error(`control of ${invocation.command} does not fit: ${text.length} characters`); // its text is somebody's words
  return text;
}

/** False for requests (of coins with very long ids, of long texts) that no control can carry. */
export function fitsControl(invocation: Invocation): boolean {
  const parts = [invocation.command, ...Object.entries(invocation.args).flat()];
  const length = parts.reduce((sum, part) => sum + part.length + 1, 0);
  if (length <= LONGEST_CONTROL_ID && parts.every((part) => UNCHANGED.test(part))) return true; // most controls: nothing to encode
  return controlId(invocation).length <= LONGEST_CONTROL_ID;
}

/** Characters that the encoding leaves as they are, one for one. */
const UNCHANGED = /^[\w:,.* -]*$/;

function controlId(invocation: Invocation): string {
  const query = new URLSearchParams(Object.entries(invocation.args))
    .toString()
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',');
  return query === '' ? invocation.command : `${invocation.command}?${query}`;
}

/** Reverses `encodeInvocation`; null for anything that is not of its form (a control of another app or version). */
export function decodeInvocation(text: string): Invocation | null {
  const match = /^([a-z][a-z -]{0,40})(?:\?(.*))?$/s.exec(text.slice(0, LONGEST_CONTROL_ID));
  if (match?.[1] === undefined) return null;
  const args: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [key, value] of new URLSearchParams(match[2] ?? '')) if (/^[a-z]+$/i.test(key)) args[key] = value;
  return { command: match[1], args };
}

/** The card without controls that no platform could carry; a row or menu without any goes, too. Each renderer begins with it. */
export function withFittingControls(card: Card): Card {
  const blocks = card.blocks.flatMap((block): Block[] => {
    if (block.kind === 'buttons') {
      const buttons = block.buttons.filter(({ invocation }) => fitsControl(invocation));
      return buttons.length === 0 ? [] : [{ ...block, buttons }];
    }
    if (block.kind !== 'menu') return [block];
    const options = block.options.filter(({ invocation }) => fitsControl(invocation));
    return options.length === 0 ? [] : [{ ...block, options }];
  });
  return { ...card, blocks };
}
