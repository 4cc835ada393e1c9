// Block Kit blocks of words, and the type of all blocks.
import type { Span } from '../../../app/card.ts';
import { spansText } from './text.ts';

export type SlackBlock = { type: string; [field: string]: unknown };

/** Verbatim: Slack must not turn addresses or names in the text into links. */
export function section(text: string): SlackBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: text || '–', verbatim: true } };
}

/** A line of small text. */
export function context(spans: readonly Span[]): SlackBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: spansText(spans) || '–', verbatim: true }] };
}
