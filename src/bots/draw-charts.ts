// Draws the charts of a card in bounded time: a picture that fails or comes too late is left out, and the card is sent without it.
import type { Canvas, Card, CardChart } from '../app/card.ts';
import type { Log } from '../base/log.ts';

/** Finished pictures (PNG) by chart. */
export type Pictures = ReadonlyMap<CardChart, Uint8Array>;

/** `most`: how many charts are drawn, the first of the card; undefined: all. `canvas`: how large they will be seen. */
export type DrawTools = { log: Log; sleep: (ms: number) => Promise<void>; most?: number; canvas?: Canvas };

/** The charts of a card in order. */
export function chartsOf(card: Card): CardChart[] {
  return card.blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []));
}

/** The pictures that are finished within `withinMs`, all drawn at once. Never throws. */
export async function drawCharts(
  card: Card,
  theme: 'dark' | 'light',
  withinMs: number,
  { log, sleep, most, canvas = 'wide' }: DrawTools,
): Promise<Pictures> {
  const done = new Map<CardChart, Uint8Array>();
  const draw = async (chart: CardChart): Promise<void> => {
    try {
      const png = await chart.png?.(theme, canvas);
      if (png !== undefined) done.set(chart, png);
    } catch (error) {
      log.warn({ err: error, chart: chart.fileName }, 'chart was not drawn');
    }
  };
  const charts = chartsOf(card)
    .filter((chart) => chart.png !== undefined)
    .slice(0, most);
  if (charts.length > 0) await Promise.race([Promise.all(charts.map(draw)), sleep(withinMs)]);
  return new Map(done);
}
