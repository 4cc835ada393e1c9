// What nobody can see does not travel further in; what people see stays.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HIDDEN_CHARACTERS, visibleLine, visibleText } from '../../src/base/visible-text.ts';

it.each([
  ['zero width', 'a\u200bb\u200c\u2060\ufeff', 'ab'],
  ['direction', '\u202eevil\u202c \u2066x\u2069', 'evil x'],
  ['control', 'a\u0000\u001b[31mb\u0085', 'a[31mb'],
  ['tags', 'tao\u{e0041}\u{e007f}', 'tao'],
  ['blank letters', 'a\u3164\u115f\uffa0b', 'ab'],
  ['lone halves of characters', 'a\ud800b', 'ab'],
  ['line separators', 'a\u2028b\u2029', 'ab'],
])('%s characters go', (_, text, seen) => {
  expect(visibleText(text)).toBe(seen);
  expect(visibleLine(text, 50).replaceAll(' ', '')).toBe(seen.replaceAll(' ', ''));
});

it('keeps line breaks, tabs, accents, other scripts and joined emoji', () => {
  const text = 'τ é e\u0301 比特币 हिन्दी\n\t👩\u200d💻 🏳\ufe0f\u200d🌈 👍🏽';
  expect(visibleText(text)).toBe(text);
  expect(visibleText('👩\u200d x')).toBe('👩 x');
});

it('a line is one line, trimmed, and counted in whole characters', () => {
  expect(visibleLine('  a\n\n b\u2028c  ', 50)).toBe('a b c');
  expect(visibleLine('🚀🚀🚀', 2)).toBe('🚀🚀');
  expect(visibleLine('ab cd', 3)).toBe('ab');
  expect(visibleLine('\u200b', 5)).toBe('');
});

it('whatever comes in, nothing hidden and never more than the limit comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
      const line = visibleLine(text, limit);
      expect(line.search(HIDDEN_CHARACTERS)).toBe(-1);
      expect(Array.from(line).length).toBeLessThanOrEqual(limit);
    }),
    { seed: 5 },
  );
});
