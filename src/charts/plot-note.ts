// Where in a picture which time stands, written into the PNG itself, so that a page can say what is under the pointer.
import { crc32 } from 'node:zlib';

/** Times (epoch ms) at the left and right end of the line, and where these ends are, in units of a canvas `width` wide. */
export type Plot = { from: number; to: number; left: number; right: number; width: number };

/** The PNG's signature and its first chunk, IHDR (https://www.w3.org/TR/png-3/#5PNG-file-signature). */
const HEAD_BYTES = 33;

/** The picture with a `tEXt` chunk "plot" behind its head: "from to left right width". https://www.w3.org/TR/png-3/#11tEXt */
export function withPlotNote(png: Uint8Array, { from, to, left, right, width }: Plot): Uint8Array {
  const words = [from, to, left.toFixed(1), right.toFixed(1), width].join(' ');
  const body = Buffer.from(`tEXtplot\0${words}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, HEAD_BYTES), chunk, png.subarray(HEAD_BYTES)]);
}
