// Prose as data: what a paragraph is made of. Apart from its parser, which a start with checked content does not load.
import type { PlaceholderName } from './placeholders.ts';

/** A stretch of prose. Strings are literal text: renderers escape them and nothing in them is markup. */
export type Span =
  | string
  | { readonly kind: 'bold'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'cite'; readonly tag: string }
  /** `without`: the sentence is for when the value is unknown. */
  | { readonly kind: 'placeholder'; readonly name: PlaceholderName; readonly without?: true };

/** One paragraph; a list item is a paragraph that starts with a bullet or, in a numbered list, with its number. */
export type Paragraph = readonly Span[];

/** Merges neighbouring texts and drops empty ones. */
export function joinText(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (span === '') continue;
    if (typeof span === 'string' && typeof last === 'string') joined[joined.length - 1] = last + span;
    else joined.push(span);
  }
  return joined;
}
