// The strict reader of the chain's encoding, against an encoder of its own and against everything that is not quite right.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeScale, hexBytes, ScaleError, ScaleReader } from '../../src/chain/scale.ts';
import { compact, compactText, i96f32, little, option, plainText, vector } from './encode.ts';

const U128 = (1n << 128n) - 1n;
const compactOf = (bytes: number[], most = U128) => decodeScale(Uint8Array.from(bytes), (scale) => scale.compact(most));

it('compact integers of the specification', () => {
  expect(compactOf([0x00])).toBe(0n);
  expect(compactOf([0xfc])).toBe(63n);
  expect(compactOf([0x01, 0x01])).toBe(64n);
  expect(compactOf([0xfe, 0xff, 0x03, 0x00])).toBe(65_535n);
  expect(compactOf([0x02, 0x09, 0x3d, 0x00])).toBe(1_000_000n);
  expect(compactOf([0x07, 0x00, 0x00, 0x00, 0x00, 0x01])).toBe(1n << 32n);
  expect(compactOf([0x13, ...Array.from({ length: 8 }, () => 0xff)])).toBe((1n << 64n) - 1n);
});

it.each([
  ['two bytes for 63', [0xfd, 0x00]],
  ['four bytes for 16,383', [0xfe, 0xff, 0x00, 0x00]],
  ['the long form for 2^30 - 1', [0x03, 0xff, 0xff, 0xff, 0x3f]],
  ['a leading zero byte', [0x07, 0xff, 0xff, 0xff, 0xff, 0x00]],
  ['more than 128 bits', [0x37, ...Array.from({ length: 17 }, () => 1)]],
  ['a byte missing', [0x02, 0x09, 0x3d]],
  ['nothing', []],
])('%s is refused', (_name, bytes) => {
  expect(() => compactOf(bytes)).toThrow(ScaleError);
});

it('an integer beyond its type is refused, with the place', () => {
  expect(() => compactOf([...compact(65_536)], 65_535n)).toThrow('out of range at byte 0');
  expect(() =>
    decodeScale(Buffer.concat([little(7, 2), compact(256)]), (scale) => [scale.u16(), scale.compactNumber(255)]),
  ).toThrow('at byte 2');
});

it('whatever is encoded comes back, to the last byte', () => {
  const value = fc.record({
    small: fc.nat(255),
    short: fc.nat(65_535),
    word: fc.nat(),
    long: fc.bigInt(0n, (1n << 64n) - 1n),
    huge: fc.bigInt(0n, U128),
    name: fc.string({ unit: 'binary', maxLength: 60 }),
    items: fc.array(fc.bigInt(0n, U128), { maxLength: 20 }),
    maybe: fc.option(fc.boolean()),
    price: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  });
  fc.assert(
    fc.property(value, (given) => {
      const bytes = Buffer.concat([
        little(given.small, 1),
        little(given.short, 2),
        little(given.word, 4),
        little(given.long, 8),
        little(given.huge, 16),
        compactText(given.name),
        plainText(given.name),
        vector(given.items.map((item) => compact(item))),
        option(given.maybe === null ? null : Buffer.from([given.maybe ? 1 : 0])),
        i96f32(given.price),
      ]);
      const read = decodeScale(bytes, (scale) => ({
        small: scale.u8(),
        short: scale.u16(),
        word: scale.u32(),
        long: scale.u64(),
        huge: scale.u128(),
        name: scale.compactText(),
        again: scale.text(),
        items: scale.vector(() => scale.compact(U128)),
        maybe: scale.option(() => scale.bool()),
        price: scale.i96f32(),
      }));
      const { price, again, ...rest } = read;
      const { price: wanted, ...others } = given;
      const name = Buffer.from(given.name).toString(); // lone surrogates are no text
      expect(rest).toEqual({ ...others, name });
      expect(again).toBe(name);
      expect(price).toBeCloseTo(wanted, 8);
      expect(() => decodeScale(bytes.subarray(1), () => 0)).toThrow(ScaleError);
    }),
    { numRuns: 300, seed: 7 },
  );
});

it('negative fixed-point numbers', () => {
  expect(decodeScale(i96f32(-1.5), (scale) => scale.i96f32())).toBe(-1.5);
  expect(decodeScale(little(-1, 16), (scale) => scale.i96f32())).toBeCloseTo(-(2 ** -32), 15);
});

it('a long text is cut, the bytes behind it are still read from the right place', () => {
  const long = '\u{1F600}'.repeat(25_000);
  const bytes = Buffer.concat([plainText(long), compactText(`${long.slice(0, 600)}é`), little(42, 1)]);
  const [plain, packed, after] = decodeScale(
    bytes,
    (scale) => [scale.text(), scale.compactText(), scale.u8()] as const,
  );
  expect(plain).toBe('\u{1F600}'.repeat(256));
  expect(packed).toBe('\u{1F600}'.repeat(256));
  expect(after).toBe(42);
});

it('a character that the limit cuts in two leaves nothing behind for the next text', () => {
  const bytes = Buffer.concat([plainText(`x${'é'.repeat(600)}`), plainText('plain')]);
  const texts = decodeScale(bytes, (scale) => [scale.text(), scale.text()]);
  expect(texts).toEqual([`x${'é'.repeat(511)}`, 'plain']);
});

it('lengths, options and booleans that cannot be are refused before anything is kept', () => {
  const reader = () => new ScaleReader(Buffer.concat([compact(1n << 60n), Buffer.alloc(50)]));
  expect(() => reader().vector(() => 0)).toThrow('length beyond the end at byte 0');
  expect(() => reader().text()).toThrow(ScaleError);
  expect(() => reader().compactText()).toThrow(ScaleError);
  expect(() => decodeScale(Uint8Array.of(2), (scale) => scale.option(() => 0))).toThrow('neither 0 nor 1');
  expect(() => decodeScale(Uint8Array.of(255), (scale) => scale.bool())).toThrow('neither 0 nor 1');
  expect(() => decodeScale(Uint8Array.of(1, 0), (scale) => scale.u8())).toThrow('1 bytes too many at byte 1');
});

it.each(['', '0', '0x0', '01', '0xzz', '0x 1', '0x01\n'])('"%s" is no answer in hexadecimal', (text) => {
  expect(() => hexBytes(text)).toThrow(ScaleError);
});

it('hexadecimal of either case', () => {
  expect([...hexBytes('0x00fFA1')]).toEqual([0, 255, 161]);
});
