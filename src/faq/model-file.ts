// The file that the learned part ships in: a JSON header and packed arrays, compressed.
import { readFileSync } from 'node:fs';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { ContentError } from '../base/errors.ts';
import { atOnce, type Pieces } from '../base/turns.ts';
import type { FaqModel, Layer } from './classifier.ts';
import { rememberStems } from './language/stem.ts';
import { numbersByHash } from './numbers-by-hash.ts';
import { sparseRowsInPieces, toDenseRows } from './sparse-rows.ts';

/** Where `npm run faq-train` writes. */
export const FAQ_MODEL_FILE = new URL('model.bin', import.meta.url);

type LayerHeader = { readonly rows: number; readonly scale: number };
type Header = Omit<FaqModel, 'words' | 'grams' | 'usage' | 'wordings'> & {
  readonly words: LayerHeader;
  readonly grams: LayerHeader;
  readonly usage: Omit<FaqModel['usage'], 'counts'> & { readonly counts: number };
  /** How many. */
  readonly wordings: number;
};

/** The shipped model, its stems handed to the stemmer and no longer in it. @throws ContentError when the file is absent or not a model. */
export function loadFaqModel(file: URL = FAQ_MODEL_FILE): FaqModel {
  return atOnce(faqModelInPieces(file));
}

/** The same in pieces; `unpacked`: the content of the file, where somebody has read and decompressed it before. */
export function* faqModelInPieces(file: URL = FAQ_MODEL_FILE, unpacked?: Uint8Array): Pieces<FaqModel> {
  try {
    const model = yield* decodeInPieces(unpacked ?? zstdDecompressSync(readFileSync(file)));
    yield;
    rememberStems(model.stems);
    return { ...model, stems: {} }; // they are with the stemmer now: no second table
  } catch (error) {
    const what = error instanceof Error ? error.message : 'cannot be read';
    throw new ContentError([`src/faq/model.bin: ${what} — run npm run faq-train`]);
  }
}

/** Layout: header length (32 bits, little-endian), header padded to 4 bytes, then per layer hashes, idf, bias, weights; then wordings and usage. */
export function encodeFaqModel(model: FaqModel): Buffer {
  const { words, grams, usage, wordings, ...rest } = model;
  const header: Header = {
    ...rest,
    words: describe(words),
    grams: describe(grams),
    usage: { ...usage, counts: usage.counts.length },
    wordings: wordings.size,
  };
  const wordingPairs = [...wordings.entries()];
  const hashes = Uint32Array.from(wordingPairs, ([hash]) => hash);
  const wordingLabels = Uint32Array.from(wordingPairs, ([, label]) => label);
  const json = pad(Buffer.from(JSON.stringify(header)), ' ');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const plain = Buffer.concat([
    length,
    json,
    ...layerParts(words),
    ...layerParts(grams),
    bytesOf(hashes),
    bytesOf(wordingLabels),
    bytesOf(usage.counts),
  ]);
  return zstdCompressSync(plain, {
    params: { [constants.ZSTD_c_compressionLevel]: 19, [constants.ZSTD_c_windowLog]: 20 },
  });
}

/** Holds on to nothing of `file`, nor of the unpacked whole: what is kept is copied out of it. */
export function decodeFaqModel(file: Uint8Array): FaqModel {
  return atOnce(decodeInPieces(zstdDecompressSync(file)));
}

function* decodeInPieces(plain: Uint8Array): Pieces<FaqModel> {
  // Typed arrays need offsets that are multiples of four: a copy only where the buffer does not begin so.
  const buffer = plain.byteOffset === 0 ? plain.buffer : new Uint8Array(plain).buffer;
  const headerLength = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(Buffer.from(buffer, 4, headerLength).toString()) as Header;
  yield;
  const labels = header.labels.length;
  let at = 4 + headerLength;
  const take = (bytes: number) => (at += bytes) - bytes;
  function* layer({ rows, scale }: LayerHeader): Pieces<Layer> {
    const hashes = new Uint32Array(buffer, take(rows * 4), rows);
    const rowsByHash = numbersByHash(hashes, hashes.keys().toArray());
    yield;
    const weightsOfRows = new Float32Array(buffer, take(rows * 4), rows).slice();
    const bias = new Float32Array(buffer, take(labels * 4), labels).slice();
    const dense = new Int8Array(buffer, take(padded(rows * labels)), rows * labels);
    const dictionary = { rows: rowsByHash, weights: weightsOfRows };
    return { dictionary, weights: yield* sparseRowsInPieces(dense, labels), scale, bias };
  }
  const words = yield* layer(header.words);
  const grams = yield* layer(header.grams);
  const hashes = new Uint32Array(buffer, take(header.wordings * 4), header.wordings);
  const wordingLabels = new Uint32Array(buffer, take(header.wordings * 4), header.wordings);
  const wordings = numbersByHash(hashes, wordingLabels);
  yield;
  const size = header.usage.counts;
  const usage = { ...header.usage, counts: new Uint8Array(buffer, take(size), size).slice() };
  return { ...header, words, grams, usage, wordings };
}

function describe(layer: Layer): LayerHeader {
  return { rows: layer.dictionary.weights.length, scale: layer.scale };
}

function layerParts({ dictionary, weights, bias }: Layer): Buffer[] {
  const dense = toDenseRows(weights, bias.length);
  const hashes = new Uint32Array(dictionary.weights.length);
  for (const [hash, row] of dictionary.rows.entries()) hashes[row] = hash;
  return [hashes, dictionary.weights, bias, dense].map((array) => pad(bytesOf(array), '\0'));
}

function bytesOf(array: ArrayBufferView): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

function pad(bytes: Buffer, filler: string): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(padded(bytes.length) - bytes.length, filler)]);
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
