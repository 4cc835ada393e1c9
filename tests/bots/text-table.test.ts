// Tables as text: columns stay aligned whatever stands in a cell.
import { expect, it } from 'vitest';
import { textTable } from '../../src/bots/text-table.ts';

it('aligns words to the left and numbers to the right, counts an emoji as one, and fills short rows', () => {
  const table = {
    kind: 'table' as const,
    caption: 'c',
    columns: [{ label: 'Coin' }, { label: '24 h', numeric: true }, { label: 'x' }],
    rows: [[['TAO'], ['+3.60%'], ['a']], [['👩‍👩‍👧 é'], ['-12%'], ['bb']], [['NEAR']]],
  };
  expect(textTable(table, (cell) => cell.replace('%', ' %'))).toEqual([
    'Coin     24 h  x',
    'TAO   +3.60 %  a',
    '👩‍👩‍👧 é     -12 %  bb',
    'NEAR',
  ]);
});
