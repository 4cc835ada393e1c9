// Tables of a card: Slack's data table where a workspace takes it, aligned lines elsewhere.
import { spanText } from '../../../app/card.ts';
import { inColumns, type Table, textTable } from '../../text-table.ts';
import { LONGEST_SECTION, MOST_TABLE_COLUMNS, MOST_TABLE_ROWS } from '../limits.ts';
import type { SlackBlock } from './blocks.ts';
import { clean, cut, mrkdwn, plain, wholeLines } from './escape.ts';

const LONGEST_CELL = 200;
const LONGEST_CAPTION = 200;
/** Room for the marks around a block of code. */
const FENCES = 8;

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

/** The same as fixed-width lines. */
export function tableLines(table: Table): SlackBlock {
  const lines = textTable(table, (cell) => clean(cell).replaceAll(/\s+/g, ' '));
  const fitting = wholeLines(
    [plain(table.caption), ...lines].map((line) => inColumns(mrkdwn(line))),
    LONGEST_SECTION - FENCES,
  );
  return { type: 'section', text: { type: 'mrkdwn', text: `\`\`\`${fitting}\`\`\``, verbatim: true } };
}
