// A channel in an answer: each platform shows it by the name that the reader knows it by; a bare id says nothing to anybody.
import type { Span } from '../card.ts';

/** `text` stands where no platform can name it. */
export function channelNamed(id: string): Span {
  return { kind: 'channel', id, text: 'another channel' };
}
