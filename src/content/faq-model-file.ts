// The file that the learned part ships in: a JSON header and packed arrays, compressed.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { ContentError } from '../errors.ts';
import type { FaqModel, Layer } from './faq-model.ts';

/** Where `npm run faq-train` writes. */
export const FAQ_MODEL_FILE = new URL('faq-model.bin', import.meta.url);

type LayerHeader = { readonly rows: number; readonly scale: number };
type Header = Omit<FaqModel, 'words' | 'grams'> & { readonly words: LayerHeader; readonly grams: LayerHeader };

/** The shipped model. @throws ContentError when the file is absent or not a model. */
export function loadFaqModel(file: URL = FAQ_MODEL_FILE): FaqModel {
  try {
    return decodeFaqModel(readFileSync(file));
  } catch (error) {
    const what = error instanceof Error ? error.message : 'cannot be read';
    throw new ContentError([`faq-model.bin: ${what} — run npm run faq-train`]);
  }
}

/** Layout: header length (32 bits, little-endian), header padded to 4 bytes, then per layer hashes, idf, bias, weights. */
export function encodeFaqModel(model: FaqModel): Buffer {
  const { words, grams, ...rest } = model;
  const header: Header = { ...rest, words: describe(words), grams: describe(grams) };
  const json = pad(Buffer.from(JSON.stringify(header)), ' ');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const plain = Buffer.concat([length, json, ...layerParts(words), ...layerParts(grams)]);
  return brotliCompressSync(plain, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
}

export function decodeFaqModel(file: Uint8Array): FaqModel {
  // A copy with a buffer of its own, because typed arrays need offsets that are multiples of four.
  const buffer = new Uint8Array(brotliDecompressSync(file)).buffer;
  const headerLength = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(Buffer.from(buffer, 4, headerLength).toString()) as Header;
  const labels = header.labels.length;
  let at = 4 + headerLength;
  const take = (bytes: number) => (at += bytes) - bytes;
  function layer({ rows, scale }: LayerHeader): Layer {
    const hashes = new Uint32Array(buffer, take(rows * 4), rows);
    const weightsOfRows = new Float32Array(buffer, take(rows * 4), rows);
    const bias = new Float32Array(buffer, take(labels * 4), labels);
    const weights = new Int8Array(buffer, take(padded(rows * labels)), rows * labels);
    return { dictionary: { rows: rowsByHash(hashes), weights: weightsOfRows }, weights, scale, bias };
  }
  const words = layer(header.words);
  return { ...header, words, grams: layer(header.grams) };
}

function describe(layer: Layer): LayerHeader {
  return { rows: layer.dictionary.weights.length, scale: layer.scale };
}

function layerParts({ dictionary, weights, bias }: Layer): Buffer[] {
  const hashes = new Uint32Array(dictionary.weights.length);
  for (const [hash, row] of dictionary.rows) hashes[row] = hash;
  return [hashes, dictionary.weights, bias, weights].map((array) =>
    pad(Buffer.from(array.buffer, array.byteOffset, array.byteLength), '\0'),
  );
}

function rowsByHash(hashes: Uint32Array): Map<number, number> {
  const rows = new Map<number, number>();
  for (let row = 0; row < hashes.length; row++) rows.set(hashes[row] as number, row);
  return rows;
}

function pad(bytes: Buffer, filler: string): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(padded(bytes.length) - bytes.length, filler)]);
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
