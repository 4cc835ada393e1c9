// The drawing process: builds the SVG and turns it into a PNG, away from the thread that answers people.
import sharp from 'sharp';
import { drawChart } from './draw.ts';
import type { ChartSpec } from './spec.ts';

/**
 * What the parent sends: first the points of each series (time and value side by side, in as many parts as they need), then the job.
 * The points of `spec` itself are empty.
 */
export type Request =
  | { kind: 'points'; series: number; values: Float64Array }
  | { kind: 'draw'; id: number; spec: ChartSpec; series: number };

export type Reply = { id: number } & ({ png: Uint8Array } | { error: string });

/** Chats take far more, but a picture above this is worth the slower compression (a tenth smaller); few are. */
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
    const svg = Buffer.from(drawChart(spec, series).svg());
    const quick = await encode(svg, 6);
    reply({ id, png: quick.byteLength > LARGEST_BYTES ? await encode(svg, 9) : quick });
  } catch (error) {
    reply({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** Opaque, so three channels; no palette, which would take three times as long and much memory. */
function encode(svg: Buffer, compressionLevel: number): Promise<Buffer> {
  return sharp(svg).removeAlpha().png({ compressionLevel }).toBuffer();
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
