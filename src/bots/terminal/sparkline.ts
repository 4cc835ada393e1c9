// A line of a chart in braille dots, for terminals that cannot show pictures.

/** Dot bits of a braille cell by row, left and right column (Unicode block U+2800). */
const LEFT = [0x01, 0x02, 0x04, 0x40];
const RIGHT = [0x08, 0x10, 0x20, 0x80];

/** `width` × `height` characters, i.e. 2 × 4 dots each; the line is the mean of the values in each dot column. Empty without two finite values. */
export function brailleSparkline(values: readonly number[], width: number, height: number): string[] {
  const finite = values.filter((value) => Number.isFinite(value));
  if (finite.length < 2 || width < 1 || height < 1) return [];
  const columns = columnMeans(finite, width * 2);
  const [low, high] = columns.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  const dots = height * 4;
  const rowOf = (value: number) => (high === low ? Math.floor(dots / 2) : Math.round(((high - value) / (high - low)) * (dots - 1)));
  const cells = Array.from({ length: height }, () => Array.from({ length: width }, () => 0));
  for (const [index, value] of columns.entries()) {
    const row = rowOf(value);
    const before = rowOf(columns[index - 1] ?? value);
    for (let dot = Math.min(row, before + Math.sign(row - before)); dot <= Math.max(row, before + Math.sign(row - before)); dot++) {
      const line = cells[Math.floor(dot / 4)];
      if (line !== undefined) line[index >> 1] = (line[index >> 1] ?? 0) | ((index % 2 === 0 ? LEFT : RIGHT)[dot % 4] ?? 0);
    }
  }
  return cells.map((line) => String.fromCodePoint(...line.map((bits) => 0x2800 + bits)));
}

function columnMeans(values: readonly number[], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const part = values.slice(from, Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns)));
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
