// Prose of the content room as blocks of a card: placeholders filled or their sentence left out, citations as links.
import type { Block, Span } from '../card.ts';
import type { Paragraph } from '../../content/prose.ts';
import type { Coin, Source } from '../../content/schema.ts';

/** Paragraphs as text blocks, without citation marks (`sourceNote` collects those). Placeholders must be filled before. */
export function proseBlocks(paragraphs: readonly Paragraph[]): Block[] {
  return paragraphs.map((paragraph) => ({ kind: 'text', spans: cardSpans(paragraph) }));
}

/** The spans of one paragraph in the card's own terms. */
export function cardSpans(paragraph: Paragraph): Span[] {
  return paragraph.flatMap((span): Span[] => {
    if (typeof span === 'string') return [span];
    if (span.kind === 'bold' || span.kind === 'code') return [{ kind: span.kind, text: span.text }];
    if (span.kind === 'link') return [{ kind: 'link', text: span.text, href: span.href }];
    return [];
  });
}

/** "Sources: taostats docs · runtime code", from the citations in the paragraphs; null when there are none. */
export function sourceNote(paragraphs: readonly Paragraph[], profile: Coin): Block | null {
  const tags = new Set(
    paragraphs.flatMap((paragraph) =>
      paragraph.flatMap((span) => (typeof span !== 'string' && span.kind === 'cite' ? [span.tag] : [])),
    ),
  );
  const sources = [...tags].flatMap((tag) => profile.sources[tag] ?? []);
  return sources.length === 0 ? null : { kind: 'note', spans: sourceSpans(sources) };
}

/** Linked source titles, at most four. */
export function sourceSpans(sources: readonly Source[]): Span[] {
  return sources
    .slice(0, 4)
    .flatMap((source, index): Span[] => [
      index === 0 ? (sources.length === 1 ? 'Source: ' : 'Sources: ') : ' · ',
      { kind: 'link', text: source.title, href: source.url },
    ]);
}
