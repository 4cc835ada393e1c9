// The page of an answer: the card and nothing that was not asked for, with its own title, so that it can be shared.
import { type Html, cardHtml } from './card.ts';
import { html } from 'hono/html';
import { askBox, askHref, layout } from './layout.ts';
import { type Block, type Card, spanText } from '../../app/card.ts';

/** Characters of a description that search engines show. */
const LONGEST_DESCRIPTION = 160;

/** `question`: as it was typed, empty for a pressed control. Only answers of the FAQ are for search engines: other texts are endless. */
export function askPage(card: Card, question: string, publicUrl: string | null): Html {
  const body = html`<h1 class="sr-only">${card.title}</h1>
    ${askBox(question)} ${cardHtml(card)}`;
  const lasting = card.kind === 'faq' && card.outcome === 'ok' && question !== '';
  return layout({
    title: `${card.title} – taobot`,
    description: descriptionOf(card),
    body,
    publicUrl,
    charts: card.blocks.some(({ kind }) => kind === 'chart'),
    ...(lasting ? { path: askHref(card.title) } : {}),
  });
}

/** The first words of the answer, cut at a word. */
function descriptionOf({ blocks, title }: Card): string {
  const words = blocks.map(wordsOf).find((text) => text !== '') ?? title;
  if (words.length <= LONGEST_DESCRIPTION) return words;
  return `${words.slice(0, LONGEST_DESCRIPTION).replace(/\s+\S*$/, '')} …`;
}

function wordsOf(block: Block): string {
  if (block.kind === 'text') return spanText(block.spans);
  if (block.kind === 'headline') return [block.value, block.change?.text, block.detail].filter(Boolean).join(' ');
  return block.kind === 'chart' ? block.chart.alt : '';
}
