// The drawing thread: builds the SVG and turns it into a PNG, so that neither ever holds up an answer to a person.
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { drawChart } from './draw.ts';
import type { ChartSpec } from './spec.ts';

/** One picture to draw; the points of `spec` are empty and travel in `series`. */
export type Job = { id: number; spec: ChartSpec; series: readonly Float64Array<ArrayBuffer>[] };

export type Result = { id: number } & ({ png: Uint8Array<ArrayBuffer> } | { error: string });

// Every picture is drawn once and kept as PNG elsewhere: libvips' own cache and threads would only hold memory.
sharp.cache(false);
sharp.concurrency(1);

parentPort?.on('message', (job: Job) => void answer(job));

/** Chats take far more, but a picture above this is worth the slower compression (a fifth smaller); few are. */
const LARGEST = 245_000;

/** Opaque, so three channels; no palette, which would take three times as long and much memory. */
function encode(svg: Buffer, compressionLevel: number): Promise<Buffer> {
  return sharp(svg).removeAlpha().png({ compressionLevel }).toBuffer();
}

async function answer({ id, spec, series }: Job): Promise<void> {
  try {
    const svg = Buffer.from(drawChart(spec, series).svg());
    const quick = await encode(svg, 6);
    const drawn = quick.byteLength > LARGEST ? await encode(svg, 9) : quick;
    const png = new Uint8Array(drawn);
    parentPort?.postMessage({ id, png } satisfies Result, [png.buffer]);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    parentPort?.postMessage({ id, error: reason } satisfies Result, []);
  }
}
