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
import type { Layer } from '../../src/faq/classifier.ts';
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

/** One weight per label in one row, for the labels of the shipped model. */
function tinyLayer(scale: number): Layer {
  const labels = loadFaqModel().labels.length;
  const dictionary = { rows: new Map([[4_294_967_295, 0]]), weights: Float32Array.of(1.5) };
  return { dictionary, weights: new Int8Array(labels).fill(-scale), scale, bias: new Float32Array(labels).fill(0.25) };
}

it('the model file survives a round trip and a damaged one is named', () => {
  const layers = {
    words: tinyLayer(3),
    grams: tinyLayer(5),
    usage: { sizes: [2], rarest: 9, counts: Uint8Array.of(1, 2, 3) },
  };
  const lists = { vocabulary: ['tao'], stems: { halving: 'halv' }, wordings: new Map([[7, 1]]) };
  const model = { ...loadFaqModel(), ...layers, ...lists };
  expect(decodeFaqModel(encodeFaqModel(model))).toEqual(model);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'faq-')), 'faq-model.bin');
  writeFileSync(file, 'not a model');
  expect(() => loadFaqModel(pathToFileURL(file))).toThrow(ContentError);
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
