// Raw strings to typed arguments, and controls as short strings.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { decodeInvocation, encodeInvocation, LONGEST_CONTROL_ID } from '../../../src/app/control-id.ts';
import { parseArgs, splitList } from '../../../src/app/input/arguments.ts';

describe('arguments and controls', () => {
  it('names what is missing and shows an example', () => {
    const subnet = COMMANDS.find(({ name }) => name === 'subnet');
    expect(() => parseArgs(subnet!, {})).toThrow(/needs a subnet: .*\/subnet 64/);
  });

  it('splits lists as people write them', () => {
    expect(splitList('tao, bitcoin cash; fet and render')).toEqual(['tao', 'bitcoin cash', 'fet', 'render']);
  });

  it('round-trips every control and refuses what does not fit', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ minLength: 1, maxLength: 12 }), { maxKeys: 2 }),
        (args) => {
          const invocation = { command: 'coin', args };
          let code: string;
          try {
            code = encodeInvocation(invocation);
          } catch {
            return;
          }
          expect(code.length).toBeLessThanOrEqual(LONGEST_CONTROL_ID);
          expect({ ...decodeInvocation(code), args: { ...decodeInvocation(code)?.args } }).toEqual(invocation);
        },
      ),
      { seed: 5 },
    );
    expect(() => encodeInvocation({ command: 'coin', args: { coin: 'x'.repeat(120) } })).toThrow(/does not fit/);
    expect(decodeInvocation('<script>')).toBeNull();
  });
});
