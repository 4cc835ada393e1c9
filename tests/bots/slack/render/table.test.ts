// Tables in Slack: the block where a workspace takes it, aligned lines elsewhere, and both within Slack's limits.
import { describe, expect, it } from 'vitest';
import { nativeTable, tableLines } from '../../../../src/bots/slack/render/table.ts';
import type { Table } from '../../../../src/bots/text-table.ts';

const table = (
  rows: Table['rows'],
  columns: Table['columns'] = [{ label: 'Coin' }, { label: '24 h', numeric: true }],
): Table => ({
  kind: 'table',
  caption: 'Past day',
  columns,
  rows,
});
const linesOf = (given: Table): string => {
  const { text } = tableLines(given) as unknown as { text: { text: string } };
  return text.text;
};

describe('the block', () => {
  it('has a row of labels, then the cells as raw text; an empty or missing cell is a dash', () => {
    expect(nativeTable(table([[['TAO'], ['+3.60%']], [[''], []], [['NEAR']]]))).toEqual({
      type: 'data_table',
      caption: 'Past day',
      page_size: 3,
      rows: [
        [
          { type: 'raw_text', text: 'Coin' },
          { type: 'raw_text', text: '24 h' },
        ],
        [
          { type: 'raw_text', text: 'TAO' },
          { type: 'raw_text', text: '+3.60%' },
        ],
        [
          { type: 'raw_text', text: '–' },
          { type: 'raw_text', text: '–' },
        ],
        [
          { type: 'raw_text', text: 'NEAR' },
          { type: 'raw_text', text: '–' },
        ],
      ],
    });
  });

  it('needs a row and a column', () => {
    expect([nativeTable(table([])), nativeTable(table([[['TAO']]], []))]).toEqual([null, null]);
  });

  it('shortens a long cell visibly, and takes no more rows than Slack does', () => {
    const many = nativeTable(table(Array.from({ length: 300 }, () => [['x'.repeat(500)], ['1']]))) as unknown as {
      rows: { text: string }[][];
      page_size: number;
    };
    expect(many.rows).toHaveLength(101); // https://docs.slack.dev/reference/block-kit/blocks/data-table-block
    expect(many.page_size).toBe(100);
    expect(many.rows[1]?.[0]?.text).toMatch(/^x{199}…$/);
  });

  it('with more columns than Slack takes is a mistake of ours', () => {
    const columns = Array.from({ length: 30 }, (_, at) => ({ label: String(at) }));
    expect(() => nativeTable(table([columns.map(({ label }) => [label])], columns))).toThrow('30 columns');
  });
});

describe('lines', () => {
  it('are aligned, in a block of code that no cell can end', () => {
    expect(
      linesOf(
        table([
          [['T`AO'], ['+3.60%']],
          [['NEAR'], ['-1%']],
        ]),
      ),
    ).toBe('```Past day\nCoin    24 h\nTˋAO  +3.60%\nNEAR     -1%```');
    expect(linesOf(table([[['```'], ['<!here>']]]))).not.toMatch(/```.*```.*```|<!/s);
  });

  it('a cell of several lines stays one row', () => {
    expect(linesOf(table([[['a\nb\t c'], ['1']]])).split('\n')).toHaveLength(3);
  });

  it('end with a mark when not all of them fit', () => {
    const text = linesOf(table(Array.from({ length: 500 }, (_, at) => [[`coin number ${at}`], ['1']])));
    expect(text.length).toBeLessThanOrEqual(3000); // https://docs.slack.dev/reference/block-kit/blocks/section-block
    expect(text).toMatch(/\n…```$/);
  });
});
