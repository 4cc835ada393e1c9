// A line chart in braille characters: two by four dots a character, for terminals that cannot show pictures.

/** Dots of a braille cell by column and row (Unicode Braille Patterns, U+2800 plus a bit for each dot). */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
const BLANK = 0x2800;

/**
 * `height` lines of `width` characters between the lowest and highest value, or those of `scale`. Every dot column shows all that lies in it, so no peak is lost; unusable values are left out,
 * and without any usable one there are no lines.
 */
export function brailleSparkline(
  values: readonly number[],
  width: number,
  height: number,
  scale?: { low: number; high: number },
): string[] {
  const sound = values.filter(Number.isFinite);
  if (sound.length === 0 || width < 1 || height < 1) return [];
  const columns = Math.floor(width) * 2;
  const rows = Math.floor(height) * 4;
  const low = scale?.low ?? sound.reduce((a, b) => Math.min(a, b));
  const high = scale?.high ?? sound.reduce((a, b) => Math.max(a, b));
  const row = (value: number): number =>
    high === low ? rows / 2 : Math.round(((high - value) / (high - low)) * (rows - 1));
  const cells = Array.from({ length: rows / 4 }, () => Array.from({ length: columns / 2 }, () => BLANK));
  let before: readonly [number, number] | null = null;
  for (let column = 0; column < columns; column++) {
    const [top, bottom] = columnSpan(sound, column, columns, row);
    // Reach for the neighbour, so that a steep move stays one line.
    const from = before === null ? top : Math.min(top, before[1] + 1);
    const to = before === null ? bottom : Math.max(bottom, before[0] - 1);
    for (let dot = from; dot <= to; dot++) mark(cells, column, dot);
    before = [top, bottom];
  }
  return cells.map((line) => String.fromCodePoint(...line));
}

type ToRow = (value: number) => number;

/** Highest and lowest dot of a column: of all its values when there are many, of the line between two when there are few. */
function columnSpan(values: readonly number[], column: number, columns: number, row: ToRow): [number, number] {
  if (values.length <= columns) {
    const place = (column / (columns - 1)) * (values.length - 1);
    const left = values[Math.floor(place)] ?? 0;
    const right = values[Math.ceil(place)] ?? left;
    const dot = row(left + (right - left) * (place % 1));
    return [dot, dot];
  }
  const from = Math.floor((column / columns) * values.length);
  const inside = values.slice(from, Math.ceil(((column + 1) / columns) * values.length));
  return [row(inside.reduce((a, b) => Math.max(a, b))), row(inside.reduce((a, b) => Math.min(a, b)))];
}

function mark(cells: readonly number[][], column: number, dot: number): void {
  const line = cells[Math.floor(dot / 4)];
  const cell = Math.floor(column / 2);
  const bit = DOTS[column % 2 === 0 ? 0 : 1][dot % 4];
  if (line !== undefined && bit !== undefined) line[cell] = (line[cell] ?? BLANK) | bit;
}
