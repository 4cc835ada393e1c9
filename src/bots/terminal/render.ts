// A card as lines for a terminal: colour only where the terminal wants it, never as the only carrier.
import { styleText } from 'node:util';
import { type Block, blocksOn, type Card, type CardChart, type Span } from '../../app/card.ts';
import type { Direction } from '../../format/numbers.ts';
import { type Table, textTable } from '../text-table.ts';
import { brailleSparkline } from './sparkline.ts';

type Style = Parameters<typeof styleText>[0];

/** `colour`: use escape codes. `width`: columns. `image`: the escape sequence of a chart when the terminal shows pictures. */
export type TerminalOptions = { colour: boolean; width: number; image?: (chart: CardChart) => string | null };

const CHANGE: Record<Direction, Style> = { up: 'green', down: 'red', flat: 'dim' };

export function renderTerminal(card: Card, options: TerminalOptions): string {
  const paint = (style: Style, text: string) =>
    options.colour ? styleText(style, text, { validateStream: false }) : text;
  const head = `${paint('bold', clean(card.title))}${card.subtitle === undefined ? '' : ` ${paint('dim', clean(card.subtitle))}`}`;
  return [head, ...blocksOn(card, 'page').flatMap((block) => blockLines(block, options, paint))].join('\n');
}

type Paint = (style: Style, text: string) => string;

function blockLines(block: Block, options: TerminalOptions, paint: Paint): string[] {
  switch (block.kind) {
    case 'headline': {
      const moved = block.change === undefined ? '' : `  ${paint(CHANGE[block.change.direction], block.change.text)}`;
      return [
        `${paint('bold', block.value)}${moved}${block.detail === undefined ? '' : ` ${paint('dim', block.detail)}`}`,
      ];
    }
    case 'heading':
      return ['', paint('bold', clean(block.text))];
    case 'text':
      return wrap(spans(block.spans, paint, options.colour), options.width);
    case 'note':
      return wrap(spans(block.spans, paint, options.colour), options.width).map((line) => paint('dim', line));
    case 'fields':
      return fieldLines(
        block.fields.map((field) => [clean(field.label), spans(field.value, paint, options.colour)]),
        options.width,
        paint,
      );
    case 'list':
      return block.items.flatMap((item) => wrap(`• ${spans(item, paint, options.colour)}`, options.width, '  '));
    case 'table':
      return tableLines(block, paint);
    case 'chart':
      return chartLines(block.chart, options, paint);
    case 'buttons':
    case 'menu':
      return []; // a terminal has words: what a control asks can be typed
  }
}

function spans(list: readonly Span[], paint: Paint, links: boolean): string {
  const text = (span: Span): string => {
    if (typeof span === 'string') return clean(span);
    if (span.kind === 'bold') return paint('bold', clean(span.text));
    if (span.kind === 'link')
      return links
        ? `\u001b]8;;${clean(span.href).replaceAll(' ', '%20')}\u001b\\${clean(span.text)}\u001b]8;;\u001b\\`
        : `${clean(span.text)} (${clean(span.href)})`;
    return clean(span.text);
  };
  return list.map(text).join('');
}

/** Control characters (escape codes among them) and bidi marks never reach the terminal. */
export function clean(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ');
}

function fieldLines(fields: readonly (readonly [string, string])[], width: number, paint: Paint): string[] {
  const label = Math.min(24, Math.max(...fields.map(([name]) => name.length)));
  return fields.flatMap(([name, value]) =>
    wrap(`${paint('dim', name.padEnd(label))}  ${value}`, width, ' '.repeat(label + 2)),
  );
}

function tableLines(block: Table, paint: Paint): string[] {
  const [header = '', ...rows] = textTable(block, clean);
  return [paint('dim', clean(block.caption)), paint('dim', header), ...rows];
}

function chartLines(chart: CardChart, options: TerminalOptions, paint: Paint): string[] {
  const image = options.image?.(chart) ?? null;
  if (image !== null) return [image, paint('dim', chart.alt)];
  const width = Math.min(60, options.width);
  return [
    ...chart.series.flatMap((series) => [
      ...(chart.series.length > 1 ? [series.label] : []),
      ...brailleSparkline(
        series.points.map(([, value]) => value),
        width,
        4,
      ),
    ]),
    ...wrap(chart.alt, options.width).map((line) => paint('dim', line)),
  ];
}

/** Breaks at spaces; escape codes do not count as width. */
function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && visible(line) + 1 + visible(word) > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' && lines.length === 0 ? word : line === '' ? indent + word : `${line} ${word}`;
  }
  return [...lines, line];
}

function visible(text: string): number {
  return text.replaceAll(/\u001b(?:\[[\d;]*m|\]8;;[^\u001b]*\u001b\\)/g, '').length;
}
