// A card as lines for a terminal: colour only where the terminal wants it, never as the only carrier.
import { styleText } from 'node:util';
import { type Block, blocksOn, type Card, type CardChart, type Span } from '../../app/card.ts';
import type { Direction } from '../../format/numbers.ts';
import { type Table, textTable } from '../text-table.ts';
import { brailleFrame } from './chart.ts';
import { choicesIn } from './choices.ts';

type Style = Parameters<typeof styleText>[0];

/** `colour`: use escape codes. `width`: columns. `image`: the escape sequence of a chart when the terminal shows pictures. */
export type TerminalOptions = {
  colour: boolean;
  width: number;
  locale?: string;
  image?: (chart: CardChart) => string | null;
};

const CHANGE: Record<Direction, Style> = { up: 'green', down: 'red', flat: 'dim' };

export function renderTerminal(card: Card, options: TerminalOptions): string {
  const paint = (style: Style, text: string) =>
    options.colour ? styleText(style, text, { validateStream: false }) : text;
  const head = `${paint('bold', clean(card.title))}${card.subtitle === undefined ? '' : ` ${paint('dim', clean(card.subtitle))}`}`;
  let count = 0;
  const parts = blocksOn(card, 'page').map((block) => {
    const choices = choicesIn(block);
    const lines = choices.length === 0 ? blockLines(block, options, paint) : choiceLines(block, count, options, paint);
    count += choices.length;
    return lines;
  });
  return [head, ...parts.flatMap((lines, index) => (spaced(lines, index) ? ['', ...lines] : lines))].join('\n');
}

type Paint = (style: Style, text: string) => string;

/** Blocks are kept apart by a blank line, but for the first, and for those that bring their own. */
function spaced(lines: readonly string[], index: number): boolean {
  return index > 0 && lines.length > 0 && lines[0] !== '';
}

/** "1 24h   2 7d": numbers that can be typed; options of a menu below its name. */
function choiceLines(block: Block, before: number, { width }: TerminalOptions, paint: Paint): string[] {
  const words = choicesIn(block).map(({ label }, index) => {
    const name = clean(label).replaceAll(' ', '\u00a0');
    return `${paint('bold', String(before + index + 1))}\u00a0${name} `;
  });
  const lines = wrap(words.join(' '), width).map((line) => line.replaceAll('\u00a0', ' ').trimEnd());
  return block.kind === 'menu' ? [paint('dim', clean(block.placeholder).replace(/(?<![?:])$/, ':')), ...lines] : lines;
}

function blockLines(block: Block, options: TerminalOptions, paint: Paint): string[] {
  switch (block.kind) {
    case 'headline': {
      const moved =
        block.change === undefined ? '' : `  ${paint(CHANGE[block.change.direction], clean(block.change.text))}`;
      const detail = block.detail === undefined ? '' : ` ${paint('dim', clean(block.detail))}`;
      return [`${paint('bold', clean(block.value))}${moved}${detail}`];
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
      return []; // numbered by `choiceLines`
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

function chartLines(given: CardChart, options: TerminalOptions, paint: Paint): string[] {
  const image = options.image?.(given) ?? null;
  const alt = clean(given.alt);
  if (image !== null) return [image, paint('dim', alt)];
  const chart = { ...given, series: given.series.map((one) => ({ ...one, label: clean(one.label) })) };
  const colours: readonly Style[] = ['cyan', 'yellow', 'magenta', 'white', 'green'];
  const colour = (series: number, text: string): string =>
    chart.series.length > 1 ? paint(colours[series % colours.length] ?? 'white', text) : text;
  return [
    ...brailleFrame(chart, { width: options.width, locale: options.locale ?? 'en', colour }),
    ...wrap(alt, options.width).map((line) => paint('dim', line)),
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
