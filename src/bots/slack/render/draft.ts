// A card drawn up for Slack before it is known what the workspace can show: charts and tables stay open until `settle`.
import type { Block, Card, CardChart, Span } from '../../../app/card.ts';
import { type ChartPlace, nativeChart, type SlackBlock } from './chart.ts';
import { buttonBlocks, coinSearchBlock, createNumbering, menuBlock, type Numbering } from './controls.ts';
import { cut, mrkdwn, plain } from './escape.ts';
import {
  LONGEST_ALT,
  LONGEST_FIELD,
  LONGEST_HEADER,
  LONGEST_SECTION,
  MOST_FIELDS,
  MOST_NATIVE_CHARTS,
} from '../limits.ts';
import { cutSpans, spansText } from './text.ts';
import { nativeTable, tableLines } from './table.ts';

/** A chart in three forms: Slack's own, a picture (see `picture`), or its words. `picture` indexes the files of the body. */
export type ChartSlot = {
  type: 'chart';
  native: SlackBlock | null;
  alt: string;
  title: string;
  path: string | null;
  picture: number;
};
export type TableSlot = { type: 'table'; native: SlackBlock | null; lines: SlackBlock };
/** Prose that may be shortened when the whole message is too long. */
export type ProseSlot = { type: 'prose'; form: 'section' | 'context'; spans: readonly Span[] };
export type DraftPart = ChartSlot | TableSlot | ProseSlot | { type: 'fixed'; block: SlackBlock };

export type Draft = { text: string; parts: DraftPart[] };

/** `search`: offer the coin search beneath coin cards. */
export type DraftOptions = ChartPlace & { search: boolean };

const HEADLINE_GAP = '   ';

/** The blocks of a card in order; `text` is the whole card in words. */
export function draftParts(card: Card, options: DraftOptions): DraftPart[] {
  const numbering = createNumbering();
  const charts: CardChart[] = [];
  const body = card.blocks.flatMap((block) => blockParts(block, { options, numbering, charts }));
  const search = options.search && (card.kind === 'coin' || card.kind === 'price') ? [fixed(coinSearchBlock())] : [];
  return [...headParts(card), ...body, ...search];
}

const fixed = (block: SlackBlock): DraftPart => ({ type: 'fixed', block });
const prose = (form: ProseSlot['form'], spans: readonly Span[]): DraftPart[] =>
  spans.length === 0 ? [] : [{ type: 'prose', form, spans }];

function headParts(card: Card): DraftPart[] {
  const title = cut(plain(card.title), LONGEST_HEADER) || '–';
  const page: Span[] = card.titleHref === undefined ? [] : [{ kind: 'link', text: 'Web page', href: card.titleHref }];
  const under: Span[] = [
    ...(card.subtitle === undefined ? [] : [card.subtitle]),
    ...(page.length > 0 && card.subtitle !== undefined ? [' · '] : []),
    ...page,
  ];
  return [
    fixed({ type: 'header', text: { type: 'plain_text', text: title, emoji: false } }),
    ...prose('context', under),
  ];
}

type RenderState = { options: DraftOptions; numbering: Numbering; charts: CardChart[] };

function blockParts(block: Block, state: RenderState): DraftPart[] {
  switch (block.kind) {
    case 'headline':
      return [fixed(section(headline(block)))];
    case 'heading':
      return [fixed(section(`*${mrkdwn(cut(block.text.replaceAll('*', '∗'), LONGEST_HEADER))}*`))];
    case 'text':
      return prose('section', block.spans);
    case 'note':
      return prose('context', block.spans);
    case 'list':
      return prose(
        'section',
        block.items.flatMap((item, index): Span[] => [index === 0 ? '• ' : '\n• ', ...item]),
      );
    case 'fields':
      return fieldParts(block.fields);
    case 'table':
      return [{ type: 'table', native: nativeTable(block), lines: tableLines(block) }];
    case 'chart':
      return [chartSlot(block.chart, state)];
    case 'buttons':
      return buttonBlocks(block.buttons, state.numbering).map(fixed);
    case 'menu':
      return menuBlock(block.placeholder, block.options, state.numbering).map(fixed);
  }
}

/** Verbatim: Slack must not turn addresses or names in the text into links. */
export function section(text: string): SlackBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: text || '–', verbatim: true } };
}

function headline(block: Extract<Block, { kind: 'headline' }>): string {
  const moved = [block.change?.text, block.detail].filter((part) => part !== undefined).join(' ');
  const value = `*${mrkdwn(cut(block.value, LONGEST_HEADER).replaceAll('*', '∗'))}*`;
  return cut(moved === '' ? value : `${value}${HEADLINE_GAP}${mrkdwn(moved)}`, LONGEST_SECTION);
}

function fieldParts(fields: Extract<Block, { kind: 'fields' }>['fields']): DraftPart[] {
  const parts: DraftPart[] = [];
  for (let start = 0; start < fields.length; start += MOST_FIELDS) {
    const texts = fields.slice(start, start + MOST_FIELDS).map((field) => {
      const label = `*${mrkdwn(cut(field.label, LONGEST_FIELD_LABEL).replaceAll('*', '∗'))}*`;
      return {
        type: 'mrkdwn',
        text: `${label}\n${spansText(cutSpans(field.value, LONGEST_FIELD - label.length - 10))}`,
        verbatim: true,
      };
    });
    parts.push(fixed({ type: 'section', fields: texts }));
  }
  return parts;
}

const LONGEST_FIELD_LABEL = 100;

function chartSlot(chart: CardChart, { options, charts }: RenderState): ChartSlot {
  const picture = charts.push(chart) - 1;
  const native = picture < MOST_NATIVE_CHARTS ? nativeChart(chart, options) : null;
  return {
    type: 'chart',
    native,
    alt: cut(plain(chart.alt), LONGEST_ALT),
    title: cut(plain(chart.title), LONGEST_HEADER),
    path: chart.path ?? null,
    picture,
  };
}

/** A line of small text. */
export function context(spans: readonly Span[]): SlackBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: spansText(spans) || '–', verbatim: true }] };
}
