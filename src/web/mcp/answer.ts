// A card as the answer of a tool: words for the model, sources and age beside them, the card itself as data.
import { z } from 'zod';
import { type Block, type Card, isErrorCard, type Span, spanText } from '../../app/card.ts';
import { plainText } from '../../app/plain-text.ts';

/** `asOf`: ISO time of the oldest moment that the card names; null when it names none (answers of the FAQ say their day in `text`). */
export const ANSWER = {
  title: z.string(),
  outcome: z.string(),
  text: z.string(),
  sources: z.array(z.object({ title: z.string(), url: z.string().nullable() })),
  asOf: z.string().nullable(),
  ageSeconds: z.number().nullable(),
  card: z.record(z.string(), z.unknown()),
};

type Content = { type: 'text'; text: string } | { type: 'image'; data: string; mimeType: string };

export type ToolAnswer = { content: Content[]; structuredContent: Record<string, unknown>; isError: boolean };

/** `now`: epoch ms. A picture that cannot be drawn is left out: its series is in the card. */
export async function toolAnswer(card: Card, now: number): Promise<ToolAnswer> {
  const spans = card.blocks.flatMap(spansOf);
  const moments = spans.flatMap((span) =>
    typeof span !== 'string' && span.kind === 'time' && span.at <= now ? [span.at] : [],
  );
  const at = moments.length === 0 ? null : Math.min(...moments);
  const text = plainText(card);
  const pictures = await Promise.all(card.blocks.map(pictureOf));
  return {
    content: [{ type: 'text', text }, ...pictures.flat()],
    structuredContent: {
      title: card.title,
      outcome: card.outcome,
      text,
      sources: [
        ...new Map(card.blocks.flatMap(sourcesOf).map((source) => [source.url ?? source.title, source])).values(),
      ],
      asOf: at === null ? null : new Date(at).toISOString(),
      ageSeconds: at === null ? null : Math.max(0, Math.ceil((now - at) / 1000)),
      card: JSON.parse(JSON.stringify(card)) as Record<string, unknown>, // without the function that draws
    },
    isError: isErrorCard(card),
  };
}

/** Links, or in a note that says an age without a link (the chain has none) its first words. */
function sourcesOf(block: Block): { title: string; url: string | null }[] {
  const spans = spansOf(block);
  const links = spans.flatMap((span) =>
    typeof span !== 'string' && span.kind === 'link' && span.href.startsWith('https://')
      ? [{ title: span.text, url: span.href }]
      : [],
  );
  const dated = block.kind === 'note' && spans.some((span) => typeof span !== 'string' && span.kind === 'time');
  if (links.length > 0 || !dated) return links;
  const words = spanText(spans).split(' · ');
  return [{ title: words.find((part) => !part.startsWith('⚠')) ?? '', url: null }];
}

function spansOf(block: Block): readonly Span[] {
  if (block.kind === 'note' || block.kind === 'text') return block.spans;
  if (block.kind === 'fields') return block.fields.flatMap(({ value }) => value);
  if (block.kind === 'list') return block.items.flat();
  return block.kind === 'table' ? block.rows.flat(2) : [];
}

async function pictureOf(block: Block): Promise<Content[]> {
  if (block.kind !== 'chart') return [];
  const png = await block.chart.png?.('light').catch(() => undefined);
  return png === undefined ? [] : [{ type: 'image', data: Buffer.from(png).toString('base64'), mimeType: 'image/png' }];
}
