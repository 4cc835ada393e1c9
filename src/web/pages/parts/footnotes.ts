// Sources as footnotes: numbered from 1 in the order in which a page cites them, listed once at its end.
import { html } from 'hono/html';
import { type Html, spansHtml } from '../card.ts';
import { cardSpans } from '../../../app/blocks/prose.ts';
import type { Paragraph } from '../../../content/prose.ts';
import type { Coin, Source } from '../../../content/schema.ts';

export type Footnotes = {
  /** Marks like "[1] [2]" for sources; each leads to its line in the list. */
  marks(sources: readonly Source[]): Html[];
  /** A paragraph with its citations as marks. */
  prose(paragraph: Paragraph, sources: Coin['sources']): Html;
  /** Everything that was cited until now. */
  list(): Html;
};

export function createFootnotes(): Footnotes {
  const cited = new Map<string, Source>();
  const mark = (source: Source): Html => {
    if (!cited.has(source.url)) cited.set(source.url, source);
    const number = [...cited.keys()].indexOf(source.url) + 1;
    return html`<span class="cite"
      ><a href="#source-${number}" aria-label="Source ${number}: ${source.title}" title="${source.title}"
        >[${number}]</a
      ></span
    >`;
  };
  return {
    marks: (sources) => sources.map(mark),
    prose(paragraph, sources) {
      const parts = paragraph.map((span) => {
        if (typeof span === 'string' || span.kind !== 'cite') return spansHtml(cardSpans([span]));
        const source = sources[span.tag];
        return source === undefined ? '' : mark(source);
      });
      return html`<p>${parts}</p>`;
    },
    list: () =>
      html`<ol class="sources">
        ${[...cited.values()].map((source, index) => html`<li id="source-${index + 1}"><a href="${source.url}" rel="noopener">${source.title}</a></li>`)}
      </ol>`,
  };
}
