// A coin's page as Discord previews its link: the compact card as a component embed, in servers without the bot, too.
import { raw } from 'hono/html';
import type { Html } from '../card.ts';
import { compactSource, headline, shortFigures, toneOf, type View } from '../../../app/blocks/quote.ts';
import type { Span } from '../../../app/card.ts';
import type { QuoteResult } from '../../../market/market.ts';

/** More is not read (https://docs.discord.com/developers/link-previews/component-embeds#adding-the-payload). */
const MOST_BYTES = 3000;

/** The types of https://docs.discord.com/developers/link-previews/component-embeds#compatible-components; buttons may only be links. */
const TYPE = { row: 1, button: 2, text: 10, gallery: 12, container: 17 } as const;
const LINK_STYLE = 5;

const ACCENTS: Readonly<Record<string, number>> = { up: 0x16a34a, down: 0xdc2626, flat: 0x64748b };
const OTHER_ACCENT = 0x2dd4bf;

/** `page`, `image`: absolute addresses. */
export type EmbedParts = { title: string; result: QuoteResult; view: View; page: string; image: string; alt: string };

/** The tag for the head of the page; empty without a price, and where it would be too long: Open Graph is there all the same. */
export function discordEmbed({ title, result, view, page, image, alt }: EmbedParts): Html | string {
  const { quote } = result;
  const price = headline(result, view);
  if (quote === null || price.kind !== 'headline') return '';
  const small = [price.detail, ...compactSource(result, quote.rank, view).map(noteText)].filter(Boolean).join(' · ');
  const figures = shortFigures(quote, view).map(({ label, value }) => `**${label}** ${markup(value)}`);
  const text = (content: string) => ({ type: TYPE.text, content });
  const component = {
    type: TYPE.container,
    accent_color: ACCENTS[toneOf(quote, view.now)] ?? OTHER_ACCENT,
    components: [
      text(
        `## [${escaped(title)}](${page})\n# ${escaped([price.value, price.change?.text].filter(Boolean).join(' '))}\n-# ${small}`,
      ),
      { type: TYPE.gallery, items: [{ media: { url: image }, description: alt }] },
      ...(figures.length === 0 ? [] : [text(figures.join('\u2002'))]),
      {
        type: TYPE.row,
        components: [
          ['Profile and sources', page],
          ['30 days', `${page}?range=30d`],
          ['1 year', `${page}?range=1y`],
        ].map(([label, url]) => ({ type: TYPE.button, style: LINK_STYLE, label, url })),
      },
    ],
  };
  const json = JSON.stringify({ component }).replaceAll('<', '\\u003c');
  if (Buffer.byteLength(json) > MOST_BYTES) return '';
  return raw(`<script id="discord:component-embed" type="application/json">${json}</script>`);
}

function noteText(block: ReturnType<typeof compactSource>[number]): string {
  return block.kind === 'note' ? markup(block.spans) : '';
}

/** Ages as moments that Discord keeps right, however long the preview stands. */
function markup(spans: readonly Span[]): string {
  return spans
    .map((span) => {
      if (typeof span === 'string') return escaped(span);
      if (span.kind === 'link') return `[${escaped(span.text)}](${span.href})`;
      if (span.kind === 'time') return `<t:${Math.floor(span.at / 1000)}:R>`;
      return span.kind === 'bold' ? `**${escaped(span.text)}**` : escaped(span.text);
    })
    .join('');
}

/** https://docs.discord.com/developers/reference#message-formatting: no text becomes markup. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_~|[\]()<>#-]/g, '\\$&');
}
