// A table of a card as lines of text: columns aligned, numbers to the right.
import { type Block, spanText } from '../app/card.ts';

export type Table = Extract<Block, { kind: 'table' }>;

/** Most cells: a character is a column. */
const ASCII = /^[\x20-\x7e]*$/;
/** Made at first use: the first one of a process takes as long as loading fifty files. */
let segmenter: Intl.Segmenter | null = null;

/** The header first, then the rows. `clean` makes one cell safe for the platform; it must not lead to line breaks. */
export function textTable(table: Table, clean: (cell: string) => string): string[] {
  const cells = [table.columns.map(({ label }) => label), ...table.rows.map((row) => row.map(spanText))].map((row) =>
    row.map(clean),
  );
  const widths = table.columns.map((_, index) => Math.max(...cells.map((row) => characters(row[index] ?? ''))));
  return cells.map((row) =>
    table.columns
      .map(({ numeric }, index) => padded(row[index] ?? '', widths[index] ?? 0, numeric === true))
      .join('  ')
      .trimEnd(),
  );
}

/** The rest of a cell from a letter of a script that is written from right to left: the figures of the next columns would follow it to the left. */
const LEFTWARDS =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}].*?(?= {2}| *$)/gu;
const LEFT_TO_RIGHT_MARK = '\u200e';

/** A line of a table, escaped already, with its columns in their order also behind a name in Hebrew or Arabic (https://www.unicode.org/reports/tr9/#N1). */
export function inColumns(line: string): string {
  return ASCII.test(line) ? line : line.replaceAll(LEFTWARDS, `$&${LEFT_TO_RIGHT_MARK}`);
}

function padded(text: string, width: number, right: boolean): string {
  const fill = ' '.repeat(Math.max(0, width - characters(text)));
  return right ? fill + text : text + fill;
}

/** Characters as people count them, so that an emoji does not shift a column. */
function characters(text: string): number {
  if (ASCII.test(text)) return text.length;
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text)).length;
}
