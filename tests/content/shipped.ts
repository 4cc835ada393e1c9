// The shipped content and its texts as plain strings, for the tests that look at all of them.
import path from 'node:path';
import { loadContent } from '../../src/content/load.ts';
import type { Paragraph } from '../../src/content/prose.ts';

export const CONTENT_FOLDER = path.join(import.meta.dirname, '../../src/content');
export const shippedContent = loadContent(CONTENT_FOLDER);

export function plainText(paragraphs: readonly Paragraph[]): string {
  return paragraphs
    .map((spans) => spans.map((span) => (typeof span === 'string' ? span : 'text' in span ? span.text : '')).join(''))
    .join('\n');
}

/** All texts of the FAQ and of the profile of `coin`, each with the file and field where it stands. */
export function textsOf(coin: string): { at: string; text: string }[] {
  const profile = shippedContent.coins.get(coin);
  const own =
    profile === undefined
      ? []
      : [
          ...profile.facts.map(({ id, value }) => ({ at: `coins/${coin}.md › facts.${id}`, text: value })),
          ...profile.sections.map(({ title, paragraphs }) => ({
            at: `coins/${coin}.md › ${title}`,
            text: plainText(paragraphs),
          })),
          ...profile.questions.map(({ question, answer }) => ({
            at: `coins/${coin}.md › ${question}`,
            text: plainText(answer),
          })),
        ];
  const answers = Array.from(shippedContent.faq.values(), ({ id, answer }) => ({
    at: `faq/${id}.md`,
    text: plainText(answer),
  }));
  return [...own, ...answers];
}
