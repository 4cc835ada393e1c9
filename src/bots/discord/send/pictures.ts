// The pictures of a card within Discord's limits.
import type { Card } from '../../../app/card.ts';
import { drawCharts, type DrawTools, type Pictures } from '../../draw-charts.ts';
import { FILE_BYTES, GALLERY_ITEMS } from '../limits.ts';

/** Never throws; a picture that cannot be had is missing. */
export type DrawPictures = (card: Card) => Promise<Pictures>;

/** Longest wait for one card's pictures; drawing takes a fraction of a second. */
const LONGEST_MS = 10_000;

export function createDrawPictures(tools: DrawTools): DrawPictures {
  return async (card) => {
    const drawn = await drawCharts(card, 'dark', LONGEST_MS, { ...tools, most: GALLERY_ITEMS, canvas: 'phone' });
    return new Map([...drawn].filter(([, png]) => png.byteLength <= FILE_BYTES));
  };
}
