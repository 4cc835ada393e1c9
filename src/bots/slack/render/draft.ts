// A card drawn up for Slack before it is known what the workspace can show: charts and tables stay open until `settle`.
import { type Block, blocksOn, type Card, type CardChart, type Field, type Span, spanText } from '../../../app/card.ts';
import { withFittingControls } from '../../../app/control-id.ts';
import { plainText } from '../../../app/plain-text.ts';
import {
  LONGEST_ALT,
  LONGEST_FIELD,
  LONGEST_FIELD_LABEL,
  LONGEST_HEADER,
  LONGEST_SECTION,
  LONGEST_TEXT,
  MOST_FIELDS,
  MOST_NATIVE_CHARTS,
} from '../limits.ts';
import { section, type SlackBlock } from './blocks.ts';
import { type ChartPlace, nativeChart } from './chart.ts';
import { buttonBlocks, coinSearchBlock, createNumbering, menuBlock, type Numbering, overflow } from './controls.ts';
import { cut, mrkdwn, plain, wholeLines } from './escape.ts';
import { nativeTable, tableLines } from './table.ts';
import { cutSpans, spansText } from './text.ts';

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

/** `text`: the whole card in words. */
export type Draft = { text: string; parts: DraftPart[] };

/** `search`: offer the coin search beneath coin cards. */
export type DraftOptions = ChartPlace & { search: boolean };

const DEFAULTS: DraftOptions = { locale: 'en', timeZone: 'UTC', search: true };
const HEADLINE_GAP = '   ';
/** Labels of so many characters ("30 d", "Cap") stand beside their value, longer ones above it. */
const SHORT_LABEL = 4;
/** Characters of label and value that fit a column of a phone in two lines. */
const SHORT_FIELD = 28;
/** A line of the top-level text is cut to this when the whole is too long. */
const LONGEST_LINE = 300;

/** Drawn up once; `settle` gives it a form for a workspace. */
export function draft(whole: Card, options: Partial<DraftOptions> = {}): Draft {
  const card = withFittingControls(whole);
  const pinged = mentionOf(card);
  const parts = draftParts(card, { ...DEFAULTS, ...options });
  return pinged === null
    ? { text: topText(card), parts }
    : { text: `${pinged} ${topText(card)}`, parts: [fixed(section(pinged)), ...parts] };
}

/** The one ping that a message may have (https://docs.slack.dev/messaging/formatting-message-text#mentioning-users), null for none. */
function mentionOf({ mention }: Card): string | null {
  return mention !== undefined && /^[UW][A-Z0-9]{2,30}$/.test(mention) ? `<@${mention}>` : null;
}

/** True when the draft looks different in a workspace without the newer blocks. */
export function hasModernBlocks({ parts }: Draft): boolean {
  return parts.some((part) => (part.type === 'chart' || part.type === 'table') && part.native !== null);
}

export function hasCharts({ parts }: Draft): boolean {
  return parts.some((part) => part.type === 'chart');
}

/** The blocks of a card in order. */
function draftParts(card: Card, options: DraftOptions): DraftPart[] {
  const numbering = createNumbering();
  const charts: CardChart[] = [];
  const blocks = blocksOn(card, 'chat');
  const beside = blocks.find((block): block is Menu => block.kind === 'menu' && block.beside === 'headline');
  const more = blocks.some(({ kind }) => kind === 'headline') ? beside : undefined;
  const body = blocks
    .filter((block) => block !== more)
    .flatMap((block) => blockParts(block, { options, numbering, charts, more }));
  const choosing = card.kind === 'coin' && blocks.some((block) => block.kind === 'menu' && block !== more);
  const search = options.search && (card.kind === 'price' || choosing) ? [fixed(coinSearchBlock())] : [];
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

type Menu = Extract<Block, { kind: 'menu' }>;

/** `more`: the menu that hangs beside the headline. */
type RenderState = { options: DraftOptions; numbering: Numbering; charts: CardChart[]; more: Menu | undefined };

function blockParts(block: Block, state: RenderState): DraftPart[] {
  switch (block.kind) {
    case 'headline':
      return [fixed({ ...section(headline(block)), ...overflow(state.more?.options ?? [], state.numbering) })];
    case 'heading':
      return [fixed(section(`*${mrkdwn(cut(block.text.replaceAll('*', '∗'), LONGEST_HEADER))}*`))];
    case 'text':
      return prose('section', block.spans);
    case 'note':
      return prose('context', block.spans);
    case 'list':
      return prose(
        'section',
        block.items.flatMap((item, index): Span[] => [
          index === 0 ? '' : '\n',
          block.plain === true ? '' : '• ',
          ...item,
        ]),
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

function headline(block: Extract<Block, { kind: 'headline' }>): string {
  const moved = [block.change?.text, block.detail].filter((part) => part !== undefined).join(' ');
  const value = `*${mrkdwn(cut(block.value, LONGEST_HEADER).replaceAll('*', '∗'))}*`;
  return cut(moved === '' ? value : `${value}${HEADLINE_GAP}${mrkdwn(moved)}`, LONGEST_SECTION);
}

/** Fields stand in two columns, which a phone makes narrow: those that are longer follow below them, each on lines of its own. */
function fieldParts(fields: readonly Field[]): DraftPart[] {
  const isShort = ({ label, value }: Field): boolean => label.length + spanText(value).length <= SHORT_FIELD;
  const short = fields.filter(isShort);
  const parts: DraftPart[] = [];
  for (let start = 0; start < short.length; start += MOST_FIELDS) {
    const texts = short.slice(start, start + MOST_FIELDS).map(({ label, value }) => {
      const name = `*${mrkdwn(label.replaceAll('*', '∗'))}*`;
      return {
        type: 'mrkdwn',
        text: `${name}${label.length <= SHORT_LABEL ? ' ' : '\n'}${spansText(cutSpans(value, LONGEST_FIELD - name.length - 1))}`,
        verbatim: true,
      };
    });
    parts.push(fixed({ type: 'section', fields: texts }));
  }
  const lines = fields
    .filter((field) => !isShort(field))
    .flatMap(({ label, value }, index): Span[] => [
      index === 0 ? '' : '\n',
      { kind: 'bold', text: cut(label, LONGEST_FIELD_LABEL) },
      ' ',
      ...value,
    ]);
  return [...parts, ...prose('section', lines)];
}

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

/** Everything that is on the card in words, also when prose is long: figures, age and source come through whole, long lines are cut. */
function topText(card: Card): string {
  const whole = mrkdwn(plainText(card, 'chat'));
  if (whole.length <= LONGEST_TEXT) return whole;
  const lines = plainText(card, 'chat')
    .split('\n')
    .map((line) => mrkdwn(cut(line, LONGEST_LINE)));
  return wholeLines(lines, LONGEST_TEXT);
}
