// Long JSON read in turns is what `JSON.parse` makes of it, sound or damaged, and no turn has more than a slice.
import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseInTurns } from '../../src/http/json-in-turns.ts';

const SLICE = 20;

function whole(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

it('any value, with any white space', async () => {
  const row = fc.oneof(fc.jsonValue(), fc.constantFrom('a,b', '"', '\\', '[', '}', '\u2028', ']'));
  await fc.assert(
    fc.asyncProperty(fc.array(row), fc.jsonValue(), fc.constantFrom(0, 1, '\t'), async (rows, value, indent) => {
      for (const text of [JSON.stringify(rows, null, indent), JSON.stringify(value), ` ${JSON.stringify(rows)}\n`])
        expect(await parseInTurns(text, SLICE)).toEqual(whole(text));
    }),
    { numRuns: 300, seed: 12 },
  );
});

it('any damage', async () => {
  const sound = JSON.stringify([1, 'a"b\\', { c: [null, 'd,]'] }, [[]], 'x'.repeat(30), -1.5e3, {}, 'ü']);
  const rubbish = fc.constantFrom(',', '[', ']', '{', '}', '"', '\\', ' ', '\u00a0', 'x', '1', '');
  const damage = fc.record({ at: fc.nat(sound.length), length: fc.nat(3), by: rubbish });
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
      let text = sound;
      for (const { at, length, by } of damages) text = text.slice(0, at) + by + text.slice(at + length);
      expect(await parseInTurns(text, SLICE)).toEqual(whole(text));
    }),
    { numRuns: 3_000, seed: 12 },
  );
});

it.each([
  '["longer than a slice",]',
  '[,1]',
  '[1,]',
  '[1,,2]',
  '[1]]',
  '[1}',
  '[1] x',
  '\u00a0[1]',
  '[1]\u00a0',
  '[',
  '[[1]',
  '',
  '["a]',
])('%j among many rows is no more than it is', async (end) => {
  const rows = Array.from({ length: 20 }, (_, at) => at).join();
  for (const text of [end, `[${rows},${end.slice(1)}`, `[${rows}${end}`, `${end}${rows}]`])
    expect(await parseInTurns(text, 10)).toEqual(whole(text));
});

it('a long array in slices, with turns for others between them', async () => {
  const rows = Array.from({ length: 2_000 }, (_, at) => ({ at, name: `half a " and a \\, ${at}` }));
  const state = { turns: 0, working: true };
  const reading = parseInTurns(JSON.stringify(rows), 1_000).finally(() => (state.working = false));
  while (state.working) {
    await turn();
    state.turns += 1;
  }
  expect(await reading).toEqual(rows);
  expect(state.turns).toBeGreaterThan(60);
});
