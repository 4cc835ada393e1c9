// Damages a JSON body in one of many ways, the same way for the same seed.
import { mulberry32 } from '../../../src/base/hash.ts';

// prettier-ignore
const NUMBERS: readonly unknown[] = [-1, 0, -0, 1e21, 1e-12, Number.MAX_VALUE, 1e308, 0.1 + 0.2, 1_795_000_000, 1_795_000_000_000];
// prettier-ignore
const TEXTS: readonly unknown[] = [
  '', ' ', '412.5', '0x1F', '1,234', '١٢٣', 'NaN', '2099-01-01T00:00:00Z', '1970-01-01T00:00:00Z', 'Invalid Date',
  '\u202Eevil\u0000', '@everyone', 'x'.repeat(10_000),
];
const OTHERS: readonly unknown[] = [
  null,
  true,
  false,
  [],
  ['5'],
  [[[]]],
  {},
  { usd: 5 },
  { ['__proto__']: { usd: 1 } },
];
const WRONG: readonly unknown[] = [NUMBERS, TEXTS, OTHERS].flat();

type Rows = Record<string, unknown>[];

export function mutate(text: string, seed: number): string | Buffer {
  const next = mulberry32(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T;
  const rows = () => JSON.parse(text) as Rows;
  const ways: (() => string | Buffer)[] = [
    () => text.slice(0, Math.floor(next() * text.length)),
    () => {
      const bytes = Buffer.from(text);
      const at = Math.floor(next() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(next() * 8));
      return bytes;
    },
    () =>
      pick([
        Buffer.from(text, 'utf16le'),
        Buffer.from(`\uFEFF${text}`),
        Buffer.from(text.replace('Bitcoin', 'Bitc\u00F6in'), 'latin1'),
      ]),
    () =>
      pick([
        '',
        'null',
        '[]',
        '{}',
        '<html>',
        '"x"',
        '{"status":{"error_code":429}}',
        `${'['.repeat(2_000)}${']'.repeat(2_000)}`,
      ]),
    () => text.replace(/\d/gu, (digit) => (next() < 0.002 ? String(Math.floor(next() * 10)) : digit)),
    () =>
      text.replaceAll(
        pick(['"current_price":', '"last_updated":', '"id":']),
        pick(['"__proto__":', '"constructor":', '"price":']),
      ),
    () =>
      text.replace(/"current_price":[^,]+/gu, (found) =>
        next() < 0.5 ? found : `"current_price":${pick(['1e400', '-1', '1e-400', '00', '.5', '""'])}`,
      ),
    () => withRows(rows(), pick, (row, key) => ({ ...row, [key]: pick(WRONG) })),
    () => withRows(rows(), pick, (row, key) => ({ ...row, [key]: pick(WRONG) })),
    () =>
      withRows(rows(), pick, (row, key) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== key))),
    () =>
      withRows(rows(), pick, (row, key) =>
        typeof row[key] === 'number' ? { ...row, [key]: row[key] * pick([10, 1000, 17e6, 0.001, -1]) } : row,
      ),
    () => JSON.stringify(swapIds(rows(), pick)),
    () => JSON.stringify([...rows(), ...rows().map((row) => ({ ...row, current_price: 5 }))]),
    () =>
      JSON.stringify(
        rows().map((row) => ({ ...row, current_price: Number(row['current_price']) * pick([17e6, 0.01, 10]) })),
      ),
    () => JSON.stringify(Object.fromEntries(rows().map((row) => [row['id'], row]))),
    () =>
      JSON.stringify(
        rows().map((row) => ({
          ...row,
          sparkline_in_7d: pick<unknown>([
            {},
            { price: [] },
            { price: [1] },
            { price: Array.from({ length: 5000 }, () => 1) },
            { price: [null, 'x', 3] },
          ]),
        })),
      ),
  ];
  return pick(ways)();
}

function withRows(
  rows: Rows,
  pick: <T>(values: readonly T[]) => T,
  change: (row: Rows[number], key: string) => Rows[number],
): string {
  const at = rows.indexOf(pick(rows));
  return JSON.stringify(rows.map((row, index) => (index === at ? change(row, pick(Object.keys(row))) : row)));
}

function swapIds(rows: Rows, pick: <T>(values: readonly T[]) => T): Rows {
  const [left, right] = [pick(rows), pick(rows)];
  return rows.map((row) =>
    row === left ? { ...row, id: right['id'] } : row === right ? { ...row, id: left['id'] } : row,
  );
}
