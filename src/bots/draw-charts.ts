// Draws the charts of a card, in bounded time; a picture that fails is left out, the card never waits for it forever.
import type { Log } from '../base/log.ts';
import { FILE_BYTES, GALLERY_ITEMS } from './discord/limits.ts';
import { chartsOf } from './discord/render/render.ts';
import type { Card, CardChart } from '../app/card.ts';

/** Finished pictures by chart. Never throws. */
export type Pictures = (card: Card) => Promise<ReadonlyMap<CardChart, Uint8Array>>;

/** Longest wait for one card's pictures; drawing takes a fraction of a second. */
const LONGEST_MS = 10_000;

export function createPictures(options: { log: Log; sleep: (ms: number) => Promise<void> }): Pictures {
  return async (card) => {
    const done = new Map<CardChart, Uint8Array>();
    const charts = chartsOf(card).slice(0, GALLERY_ITEMS);
    if (charts.length === 0) return done;
    const draw = async (chart: CardChart): Promise<void> => {
      try {
        const png = await chart.png?.('dark');
        if (png !== undefined && png.byteLength <= FILE_BYTES) done.set(chart, png);
      } catch (error) {
        options.log.warn({ err: error, chart: chart.fileName }, 'chart was not drawn');
      }
    };
    await Promise.race([Promise.all(charts.map(draw)), options.sleep(LONGEST_MS)]);
    return new Map(done);
  };
}
