// A card as complete plain text: for notifications, screen readers, logs of tests and the pipe of `npm run ask`.
import { type Block, blocksOn, type Card, type Outcome, spanText, type Surface } from './card.ts';

/** Outcomes that are no answer yet. */
const ASKS_BACK: ReadonlySet<Outcome> = new Set(['unsure', 'not-found', 'invalid']);

/**
 * The whole card in words, one line per fact, without markup. Controls are left out, but for those of an answer that is none: there they are
 * what can be asked instead, as a numbered list.
 */
export function plainText(card: Card, surface: Surface = 'page'): string {
  const head = card.subtitle === undefined ? card.title : `${card.title} · ${card.subtitle}`;
  const blocks = blocksOn(card, surface);
  const offered = ASKS_BACK.has(card.outcome) ? blocks.flatMap(labels) : [];
  return [head, ...blocks.flatMap(blockLines), ...offered.map((label, index) => `${index + 1}. ${label}`)].join('\n');
}

function labels(block: Block): string[] {
  if (block.kind === 'buttons') return block.buttons.map(({ label }) => label);
  return block.kind === 'menu' ? block.options.map(({ label }) => label) : [];
}

function blockLines(block: Block): string[] {
  switch (block.kind) {
    case 'headline':
      return [[block.value, block.change?.text, block.detail].filter(Boolean).join('  ')];
    case 'heading':
      return ['', block.text];
    case 'text':
    case 'note':
      return [spanText(block.spans)];
    case 'fields':
      return block.fields.map((field) => `${field.label}: ${spanText(field.value)}`);
    case 'list':
      return block.items.map((item) => `- ${spanText(item)}`);
    case 'table':
      return [
        ...(block.caption === '' ? [] : [block.caption]),
        block.columns.map((column) => column.label).join(' | '),
        ...block.rows.map((row) => row.map(spanText).join(' | ')),
      ];
    case 'chart':
      return [block.chart.alt];
    case 'buttons':
    case 'menu':
      return [];
  }
}
