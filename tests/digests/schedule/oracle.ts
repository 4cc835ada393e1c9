// A second opinion on local times, computed from Intl's offsets alone, without Temporal: candidates by offset, checked against the wall clock.

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes east of UTC that a zone's clock shows at a moment. */
export function offsetAt(zone: string, at: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (format.format(at).match(/\d+/g) ?? []).map(
    Number,
  );
  return (Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000) / 60_000;
}

/** Offset changes of a zone between two moments, found by halving: [moment of the change, offset before, offset after]. */
export function changes(zone: string, from: number, to: number): [number, number, number][] {
  const found: [number, number, number][] = [];
  const STEP = 5 * 86_400_000;
  for (let left = from; left < to; left += STEP) {
    let [low, high] = [left, Math.min(to, left + STEP)];
    const [before, after] = [offsetAt(zone, low), offsetAt(zone, high)];
    if (before === after) continue;
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (offsetAt(zone, middle) === before) low = middle;
      else high = middle;
    }
    found.push([high, before, after]);
  }
  return found;
}

/**
 * The moment of a local date and time by the stated rules: the first pass of a repeated time, a time in a gap moved forward by the gap.
 * `local`: the wall clock as if it were UTC (epoch ms). `list`: from `changes`, `start`: the offset before the first of them.
 */
export function momentOf(local: number, list: readonly [number, number, number][], start: number): number {
  let offset = start;
  for (const [at, before, after] of list) {
    offset = before;
    if (local - before * 60_000 < at) return local - before * 60_000;
    if (local - after * 60_000 < at) return local - before * 60_000; // inside a gap: the old offset gives the time moved forward
    offset = after;
  }
  return local - offset * 60_000;
}
