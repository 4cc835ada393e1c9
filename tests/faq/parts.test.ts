// The parts of the FAQ search by themselves: normalising, chatter, spelling, lexicon, the model file.
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ContentError } from '../../src/base/errors.ts';
import { trimChatter } from '../../src/faq/language/small-talk.ts';
import { parseLexicon } from '../../src/faq/language/lexicon.ts';
import { decodeFaqModel, encodeFaqModel, FAQ_MODEL_FILE, loadFaqModel } from '../../src/faq/model-file.ts';
import type { FaqModel, Layer } from '../../src/faq/classifier.ts';
import { type NumbersByHash, numbersByHash } from '../../src/faq/numbers-by-hash.ts';
import { toDenseRows, toSparseRows } from '../../src/faq/sparse-rows.ts';
import { normaliseText } from '../../src/faq/language/normalise.ts';
import { createSpeller } from '../../src/faq/language/spelling.ts';
import { fitLogistic } from '../../training/confidence/logistic.ts';

it.each([
  ['WHAT’s a Subnet???', 'what is a subnet .'],
  ['ｗｈａｔ ｉｓ ｔａｏ', 'what is tao'],
  ['<@123456789> <#42> <:gm:77> wen halving 🚀', 'when halving ,'],
  ['see https://example.org/a?b=c or ```code``` now', 'see urltoken or . now'],
  ['`btcli stake add`', 'btcli stake add'],
  ['7,200 τ a day, 0.5 each, 18%', '7200 tao a day , 0p5 each , 18 percent'],
  ['z\u0336a\u0336l\u0336g\u0336o\u0336', 'zalgo'],
  ['sooooo goooood', 'soo good'],
  ['ta\u200bo\u202e', 'tao'],
])('normalises %s', (raw, expected) => {
  expect(normaliseText(raw)).toBe(expected);
});

it('normalised text is short and plain whatever comes in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (raw) => {
      expect(normaliseText(raw)).toMatch(/^(?:(?:[\p{L}\p{N}]+|[.,])(?: |$)){0,400}$/u);
    }),
    { numRuns: 25 },
  );
});

it.each([
  ['hey guys , how do i stake', 'how do i stake'],
  ['hello everyone . sorry for the silly question . what is tao . thanks in advance', 'what is tao'],
  ['thanks guys', 'thanks guys'],
  ['who are you', 'who are you'],
])('trims chatter from %s', (text, expected) => {
  expect(trimChatter(text)).toBe(expected);
});

it('spelling: a slip is corrected, a known or faraway word is left alone', () => {
  const speller = createSpeller(['halving', 'validator', 'wallet', 'stake']);
  expect(speller.correct('halvign')).toBe('halving');
  expect(speller.correct('validater')).toBe('validator');
  expect(speller.correct('walet')).toBe('wallet');
  expect(speller.correct('banana')).toBeUndefined();
  expect(speller.knows('stake')).toBe(true);
});

it('lexicon: forms of several words, by stem, under several concepts', () => {
  const lexicon = parseLexicon('# comment\nhalving = halving | emission cut\ncut = cut | slice\n');
  expect(lexicon.find(['emiss', 'cut'])).toEqual(['halving', 'cut']);
  expect(lexicon.find(['halv'])).toEqual(['halving']);
  expect(lexicon.find(['unrelated'])).toEqual([]);
});

/** One weight per label in one of two rows, for the labels of the shipped model. */
function tinyLayer(scale: number): Layer {
  const labels = loadFaqModel().labels.length;
  const rows = new Map([
    [7, 1],
    [4_294_967_295, 0],
  ]);
  const weights = toSparseRows(new Int8Array(2 * labels).fill(-scale, labels), labels);
  return {
    dictionary: { rows, weights: Float32Array.of(1.5, 2) },
    weights,
    scale,
    bias: new Float32Array(labels).fill(0.25),
  };
}

it('the model file survives a round trip and a damaged one is named', () => {
  const layers = {
    words: tinyLayer(3),
    grams: tinyLayer(5),
    usage: { sizes: [2], rarest: 9, counts: Uint8Array.of(1, 2, 3) },
  };
  const lists = { vocabulary: ['tao'], stems: { halving: 'halv' }, wordings: new Map([[7, 1]]) };
  const model = { ...loadFaqModel(), ...layers, ...lists };
  const decoded = decodeFaqModel(encodeFaqModel(model));
  const asMap = (table: NumbersByHash) => new Map(table.entries());
  const plain = ({ dictionary, ...layer }: Layer) => ({
    ...layer,
    idf: dictionary.weights,
    rows: asMap(dictionary.rows),
  });
  const comparable = ({ words, grams, wordings, ...rest }: FaqModel) => {
    return { ...rest, words: plain(words), grams: plain(grams), wordings: asMap(wordings) };
  };
  expect(comparable(decoded)).toEqual(comparable(model));
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'faq-')), 'faq-model.bin');
  writeFileSync(file, 'not a model');
  expect(() => loadFaqModel(pathToFileURL(file))).toThrow(ContentError);
});

it('a table of numbers by hash answers as a map does', () => {
  const hash = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const number = fc.integer({ min: 0, max: 2 ** 20 - 1 });
  const pairs = fc.uniqueArray(fc.tuple(hash, number), { selector: ([key]) => key });
  fc.assert(
    fc.property(pairs, fc.array(hash), (given, others) => {
      const map = new Map(given);
      const table = numbersByHash(Uint32Array.from(map.keys()), [...map.values()]);
      for (const key of [...map.keys(), ...others, 0, 2 ** 32 - 1]) expect(table.get(key)).toBe(map.get(key));
      expect(new Map(table.entries())).toEqual(map);
      expect(table.size).toBe(map.size);
    }),
    { numRuns: 50 },
  );
  expect(() => numbersByHash(Uint32Array.of(1), [2 ** 20])).toThrow(RangeError);
});

it('of a hash that a table holds twice the larger number counts, in whatever order they come', () => {
  for (const numbers of [
    [3, 9, 5],
    [9, 3, 5],
  ])
    expect(numbersByHash(Uint32Array.of(7, 7, 8), numbers).get(7)).toBe(9);
  expect(numbersByHash(new Uint32Array(0), []).get(0)).toBeUndefined();
  const near = numbersByHash(Uint32Array.of(1, 2, 3), [10, 20, 30]); // all of one group
  expect([0, 1, 2, 3, 4].map((hash) => near.get(hash))).toEqual([undefined, 10, 20, 30, undefined]);
});

it('a table without its zeros keeps the size of each step, and a last row that is cut short', () => {
  const dense = Int8Array.of(0, 127, -128, 0, 2, 0, 0, 55);
  const rows = toSparseRows(dense, 3);
  expect([...toDenseRows(rows, 3)]).toEqual([...dense, 0]);
  expect([...rows.starts]).toEqual([0, 2, 3, 4]);
  expect([...rows.steps]).toEqual([127, -128, 2, 55]);
});

it.each([3, 256, 300])('a table of %i columns without its zeros is the same table', (width) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: 1 }), { minLength: width * 2, maxLength: width * 2 }), (steps) => {
      const dense = Int8Array.from(steps);
      expect(toDenseRows(toSparseRows(dense, width), width)).toEqual(dense);
    }),
    { numRuns: 20 },
  );
});

it('the loaded model keeps no dense table and no second copy of its file: less than 6 MiB of arrays', () => {
  const buffers = new Set<ArrayBufferLike>();
  const collect = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) buffers.add(value.buffer);
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(part);
  };
  collect(loadFaqModel());
  expect([...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(6 * 2 ** 20);
});

it('the shipped model stays small: every training adds it to the history once more', () => {
  // 117 entries and 10 kinds of refusals: some 18 kB of weights each
  expect(statSync(FAQ_MODEL_FILE).size).toBeLessThan(2_600_000);
});

it('logistic regression finds the odds that made the data', () => {
  const rows = Array.from({ length: 400 }, (_, at) => [1, (at % 20) / 10 - 1]);
  const chance = (x: number) => 1 / (1 + Math.exp(-(0.5 + 2 * x)));
  const isRight = rows.map(([, x = 0], at) => Math.floor(at / 20) / 20 < chance(x));
  const [shift = 0, slope = 0] = fitLogistic(rows, isRight, 0.01);
  expect(shift).toBeCloseTo(0.5, 0);
  expect(slope).toBeCloseTo(2, 0);
});

it('logistic regression with few rows stays near the weights that it starts from', () => {
  const rows = [
    [1, 1],
    [1, -1],
  ];
  const fit = (ridge: number) => fitLogistic(rows, [true, false], ridge, undefined, [0, 3])[1] ?? 0;
  expect(fit(100)).toBeCloseTo(3, 1);
  expect(fit(100)).toBeGreaterThan(3);
  expect(fit(0.01)).toBeGreaterThan(4);
});
