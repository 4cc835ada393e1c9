// The tiles of the digest: market cap, volume, day's range, and progress with bar and words over the same denominator.
import type { Figures } from '../style/number-labels.ts';
import { drawableName, ellipsis, type DrawingContext, LEFT, RIGHT } from './header.ts';
import type { DigestSpec } from '../spec.ts';
import { element } from '../style/svg-canvas.ts';

const ROW = { y: 258, width: 296, height: 126, gap: 16, padding: 22 };
const UNKNOWN = 'Unknown';

/** Everything that the progress tile says; `share` is 0..1. */
export type ProgressWords = { title: string; share: number; caption: string; right: string };

/** Words of the progress tile, or null when there is nothing sound to show. */
export function progressWords(figures: Figures, spec: DigestSpec): ProgressWords | null {
  const { progress } = spec;
  if (progress === undefined) return null;
  const [done, whole] =
    progress.kind === 'halving' ? [progress.issued, progress.era] : [progress.circulating, progress.max];
  if (!(done >= 0 && whole > 0 && Number.isFinite(whole) && Number.isFinite(done))) return null;
  const unit = drawableName(spec.symbol, spec.name).toUpperCase();
  const amount = `${figures.shortNumber(done)} of ${figures.shortNumber(whole)} ${unit}`;
  const share = Math.min(1, done / whole);
  if (progress.kind === 'supply')
    return { title: 'Circulating supply', share, caption: amount, right: 'of maximum supply' };
  const { estimate } = progress;
  const [from, to] = estimate === undefined ? ['', ''] : [figures.month(estimate.from), figures.month(estimate.to)];
  const right = from === '' ? '' : `Est. ${from === to ? from : `${from} – ${to}`}`;
  return { title: 'Progress to next halving', share, caption: `${amount} issued this era`, right };
}

/** Market cap, volume and range of the day, side by side. */
export function marketTiles(context: DrawingContext, spec: DigestSpec, decimals: number): void {
  const { figures } = context;
  const { marketCap, volume24h } = spec;
  const share = marketCap !== null && volume24h !== null && marketCap > 0 ? (volume24h / marketCap) * 100 : null;
  const rank = spec.rank === null ? '' : `Rank #${spec.rank}`;
  const cap = marketCap === null ? UNKNOWN : figures.shortMoney(marketCap);
  const volume = volume24h === null ? UNKNOWN : figures.shortMoney(volume24h);
  valueTile(context, 0, 'Market cap', cap, rank);
  valueTile(context, 1, '24h volume', volume, share === null ? '' : `${figures.share(share)} of market cap`);
  rangeTile(context, spec, decimals);
}

function tile(
  { surface, palette }: DrawingContext,
  index: number,
  label: string,
): { x: number; inner: number; end: number } {
  const x = LEFT + index * (ROW.width + ROW.gap);
  surface.draw('rect', { x, y: ROW.y, width: ROW.width, height: ROW.height, rx: 18, fill: palette.tile });
  const inner = x + ROW.padding;
  surface.text(label, { x: inner, y: ROW.y + 38, size: 23, weight: 500, fill: palette.text2 });
  return { x, inner, end: x + ROW.width - ROW.padding };
}

function valueTile(context: DrawingContext, index: number, label: string, value: string, below: string): void {
  const { surface, palette } = context;
  const { inner, end } = tile(context, index, label);
  const unknown = value === UNKNOWN;
  const size = Math.min(36, (36 * (end - inner)) / surface.widthOf(value, 36, 700));
  surface.text(value, {
    x: inner,
    y: ROW.y + 80,
    size,
    weight: unknown ? 600 : 700,
    fill: unknown ? palette.text3 : palette.text,
  });
  if (below === '') return;
  const text = ellipsis(below, end - inner, 21, 500);
  surface.text(text, { x: inner, y: ROW.y + 109, size: 21, weight: 500, fill: palette.text3 });
}

function rangeTile(context: DrawingContext, spec: DigestSpec, decimals: number): void {
  const { surface, palette, figures } = context;
  const { low24h, high24h, price } = spec;
  if (low24h === null || high24h === null) return valueTile(context, 2, '24h range', UNKNOWN, '');
  const { inner, end } = tile(context, 2, '24h range');
  const width = end - inner;
  const share = high24h > low24h ? Math.min(1, Math.max(0, (price - low24h) / (high24h - low24h))) : 0.5;
  const knob = inner + 10 + share * (width - 20);
  const bar = { y: ROW.y + 60, height: 10, rx: 5 };
  const colour = palette.accent[spec.change24h === null ? 'flat' : figures.direction(spec.change24h)];
  surface.draw('rect', { ...bar, x: inner, width, fill: palette.track });
  surface.draw('rect', { ...bar, x: inner, width: knob - inner, fill: colour, 'fill-opacity': 0.85 });
  surface.draw('circle', { cx: knob, cy: bar.y + 5, r: 10, fill: colour, stroke: palette.tile, 'stroke-width': 4 });
  const texts = [figures.bare(low24h, decimals), figures.bare(high24h, decimals)] as const;
  const wide = texts.reduce((sum, text) => sum + surface.widthOf(text, 23, 600), 16);
  const size = Math.min(23, (23 * width) / wide);
  const style = { y: ROW.y + 107, size, weight: 600, fill: palette.text } as const;
  surface.text(texts[0], { ...style, x: inner });
  surface.text(texts[1], { ...style, x: end, anchor: 'end' });
}

/** Title, percentage, bar and captions across the whole width. */
export function progressTile(context: DrawingContext, { title, share, caption, right }: ProgressWords): void {
  const { surface, palette, figures } = context;
  const y = 400;
  const [inner, end] = [LEFT + ROW.padding, RIGHT - ROW.padding];
  surface.draw('rect', { x: LEFT, y, width: RIGHT - LEFT, height: 130, rx: 18, fill: palette.tile });
  surface.text(title, { x: inner, y: y + 38, size: 23, weight: 500, fill: palette.text2 });
  const percent = { x: end, y: y + 39, size: 28, weight: 700, fill: palette.text, anchor: 'end' } as const;
  surface.text(figures.share(share * 100), percent);
  const bar = { x: inner, y: y + 56, height: 16, rx: 8 };
  surface.draw('rect', { ...bar, width: end - inner, fill: palette.track });
  const stop = (offset: number, opacity: number) =>
    element('stop', { offset, 'stop-color': palette.progress, 'stop-opacity': opacity });
  surface.draw('linearGradient', { id: 'progress' }, stop(0, 0.72) + stop(1, 1));
  if (share > 0) surface.draw('rect', { ...bar, width: Math.max(16, share * (end - inner)), fill: 'url(#progress)' });
  const note = surface.text(right, { x: end, y: y + 104, size: 23, weight: 500, fill: palette.text2, anchor: 'end' });
  const text = ellipsis(caption, note.x - 24 - inner, 23, 500);
  surface.text(text, { x: inner, y: y + 104, size: 23, weight: 500, fill: palette.text });
}
