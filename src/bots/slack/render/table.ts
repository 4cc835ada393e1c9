// Tables of a card: Slack's data table where a workspace takes it, aligned lines elsewhere.
import { type Block, spanText } from '../../../app/card.ts';
import type { SlackBlock } from './chart.ts';
import { clean, cut, mrkdwn, plain } from './escape.ts';
import { LONGEST_SECTION, MOST_TABLE_COLUMNS, MOST_TABLE_ROWS } from '../limits.ts';

type Table = Extract<Block, { kind: 'table' }>;

const LONGEST_CELL = 200;
const LONGEST_CAPTION = 200;

/** Null when there are no rows: the block needs a header and at least one row. */
export function nativeTable(table: Table): SlackBlock | null {
  if (table.rows.length === 0 || table.columns.length === 0) return null;
  if (table.columns.length > MOST_TABLE_COLUMNS)
    throw new Error(`a table of ${table.columns.length} columns does not fit Slack`);
  const cell = (text: string) => ({ type: 'raw_text', text: cut(plain(text), LONGEST_CELL) || '–' });
  const rows = table.rows
    .slice(0, MOST_TABLE_ROWS - 1)
    .map((row) => table.columns.map((_, index) => cell(spanText(row[index] ?? []))));
  return {
    type: 'data_table',
    caption: cut(plain(table.caption), LONGEST_CAPTION),
    rows: [table.columns.map(({ label }) => cell(label)), ...rows],
    page_size: Math.min(rows.length, 100),
  };
}

/** The same as fixed-width lines, columns aligned, numbers to the right. */
export function tableLines(table: Table): SlackBlock {
  const cells = [table.columns.map(({ label }) => label), ...table.rows.map((row) => row.map(spanText))].map((row) =>
    row.map((text) => clean(text).replaceAll(/\s+/g, ' ')),
  );
  const widths = table.columns.map((_, index) => Math.max(...cells.map((row) => (row[index] ?? '').length)));
  const lines = cells.map((row) =>
    table.columns
      .map((column, index) =>
        column.numeric === true
          ? (row[index] ?? '').padStart(widths[index] ?? 0)
          : (row[index] ?? '').padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const text = fitting([plain(table.caption), ...lines]);
  return { type: 'section', text: { type: 'mrkdwn', text: `\`\`\`${text}\`\`\``, verbatim: true } };
}

/** Whole lines only; a last "…" says that some are missing. */
function fitting(lines: readonly string[]): string {
  const kept: string[] = [];
  let room = LONGEST_SECTION - 10;
  for (const line of lines.map((raw) => mrkdwn(raw).replaceAll('`', 'ˋ'))) {
    if (line.length + 1 > room) return [...kept, '…'].join('\n');
    kept.push(line);
    room -= line.length + 1;
  }
  return kept.join('\n');
}
