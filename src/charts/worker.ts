// The drawing process: builds the SVG and turns it into a PNG, away from the thread that answers people.
import { flushCompileCache } from 'node:module';
import sharp, { type Sharp } from 'sharp';
import { drawChart } from './pictures/draw.ts';
import { withPlotNote } from './plot-note.ts';
import type { ChartSpec } from './spec.ts';
import { paletteOf } from './style/palette.ts';

/**
 * What the parent sends: first the points of each series (time and value side by side, in as many parts as they need), then the job.
 * The points of `spec` itself are empty.
 */
export type Request =
  | { kind: 'points'; series: number; values: Float64Array }
  | { kind: 'draw'; id: number; spec: ChartSpec; series: number };

export type Reply = { id: number } & ({ png: Uint8Array } | { error: string });

/** Chats take far more, but busy comparisons would be the slowest to load; above this they are reduced to 256 colours. */
const LARGEST_BYTES = 245_000;

// Every picture is drawn once and kept as PNG elsewhere: libvips' own cache and threads would only hold memory.
sharp.cache(false);
sharp.concurrency(1);

let parts: Float64Array[][] = [];

// `addListener` because this is the channel to the parent, not a signal; when the parent goes, the channel closes and nothing is left to wait for.
process.addListener('message', (message: Request) => {
  if (message.kind === 'points') {
    (parts[message.series] ??= []).push(message.values);
    return;
  }
  const series = Array.from({ length: message.series }, (_, index) => joined(parts[index] ?? []));
  parts = [];
  void answer(message.id, message.spec, series);
});

async function answer(id: number, spec: ChartSpec, series: readonly Float64Array[]): Promise<void> {
  try {
    const drawn = drawChart(spec, series);
    const svg = Buffer.from(drawn.svg());
    // Opaque, so three channels; level 4 is a tenth faster than the usual 6 and 4 % larger.
    const quick = await placed(sharp(svg), spec).removeAlpha().png({ compressionLevel: 4 }).toBuffer();
    const png = quick.byteLength > LARGEST_BYTES ? await fewerColours(quick) : quick;
    const { plot } = drawn;
    reply({ id, png: plot === null || spec.canvas === 'share' ? png : withPlotNote(png, plot) });
    keepCompiled();
  } catch (error) {
    reply({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** 1.91 to 1, at the size that previews of links ask for (https://ogp.me, https://docs.discord.com/developers/link-previews/overview). */
const SHARED = { width: 1200, height: 630 };

/** The picture on the canvas that was asked for. */
function placed(picture: Sharp, { canvas, theme }: ChartSpec): Sharp {
  if (canvas !== 'share') return picture;
  return picture.resize({ ...SHARED, fit: 'contain', background: paletteOf(theme).background });
}

/** Half the size without a visible difference (a mean of 0.1 of 255), for three times the time; so not for every picture. */
function fewerColours(png: Buffer): Promise<Buffer> {
  return sharp(png).png({ palette: true, effort: 1, dither: 0, compressionLevel: 9 }).toBuffer();
}

let isKept = false;

/** After the first picture, with all that it needed; at the end would be too late, as this process is killed. */
function keepCompiled(): void {
  if (!isKept) flushCompileCache();
  isKept = true;
}

function reply(message: Reply): void {
  process.send?.(message);
}

function joined(pieces: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let start = 0;
  for (const piece of pieces) {
    whole.set(piece, start);
    start += piece.length;
  }
  return whole;
}
