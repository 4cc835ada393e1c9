// The texts of a coin's page: facts, sections and questions, each with its sources as footnotes.
import { html } from 'hono/html';
import { type Html, spansHtml } from '../card.ts';
import type { Footnotes } from './footnotes.ts';
import { cardSpans } from '../../../app/blocks/prose.ts';
import type { ContentServices } from '../../../app/services.ts';
import type { PlaceholderValues } from '../../../content/fill-placeholders.ts';
import type { Coin, Source } from '../../../content/schema.ts';
import { date } from '../../../format/dates.ts';

/** `open`: sections stand open; questions never do. */
export type TextOptions = {
  content: Pick<ContentServices, 'fill' | 'faq'>;
  values: PlaceholderValues;
  notes: Footnotes;
  locale: string;
  open: boolean;
};

export function factsTable(coin: Coin, { notes, locale }: TextOptions): Html {
  return html`<table class="facts">
    <tbody>
      ${coin.facts.map(
        (fact) =>
          html`<tr>
            <th scope="row">${fact.label}</th>
            <td>
              ${fact.value}${notes.marks(sourcesOf(fact.sources, coin))}
              <small class="asof">${date(Date.parse(fact.asOf), locale)}</small>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Sections that have words left once unknown numbers took their sentences along. */
export function sections(coin: Coin, { content, values, notes, open }: TextOptions): Html[] {
  return coin.sections.flatMap(({ id, title, paragraphs }) => {
    const filled = content.fill(paragraphs, values);
    if (filled.length === 0) return [];
    const body = filled.map((paragraph) => notes.prose(paragraph, coin.sources));
    return html`<details class="part" id="${id}" ${open ? 'open' : ''}>
      <summary><h2>${title}</h2></summary>
      ${body}
    </details>`;
  });
}

export function questions(coin: Coin, options: TextOptions): Html[] {
  const { content, values, notes } = options;
  const shared = coin.faq
    .flatMap((id) => content.faq.get(id) ?? [])
    .map((entry) => {
      const answer = content
        .fill(entry.answer, values)
        .map((paragraph) => html`<p>${spansHtml(cardSpans(paragraph))}</p>`);
      return question(entry, answer, entry.sources, options);
    });
  const own = coin.questions.map((entry) => {
    const answer = content.fill(entry.answer, values).map((paragraph) => notes.prose(paragraph, coin.sources));
    return question(entry, answer, sourcesOf(entry.sources, coin), options);
  });
  return [...shared, ...own];
}

function question(
  entry: { question: string; asOf: string },
  answer: readonly Html[],
  sources: readonly Source[],
  { notes, locale }: TextOptions,
): Html {
  return html`<details class="part">
    <summary><h3>${entry.question}</h3></summary>
    ${answer}
    <p class="asof">As of ${date(Date.parse(entry.asOf), locale)} ${notes.marks(sources)}</p>
  </details>`;
}

function sourcesOf(tags: readonly string[], coin: Coin): Source[] {
  return tags.flatMap((tag) => coin.sources[tag] ?? []);
}
