// When a condition comes true, value by value: armed, told, back, further on.
import { describe, expect, it } from 'vitest';
import { type Condition, firstMemory, step } from '../../../src/alerts/condition/condition.ts';

/** Values that are told, of those after the first one, at which the alert is made. */
function told(condition: Condition, [first, ...values]: readonly number[]): number[] {
  let memory = firstMemory(condition, first ?? null);
  return values.filter((value) => {
    const next = step(condition, memory, value);
    ({ memory } = next);
    return next.crossed;
  });
}

const move = (direction: 'up' | 'down' | 'either') =>
  ({ kind: 'move', percent: 10, direction, window: '24h' }) as const;

describe('a condition is told when it comes true, and again', () => {
  it.each<[string, Condition, number[], number[]]>([
    ['above: after 1 % back', { kind: 'above', price: 300 }, [299, 300, 299.5, 301, 297.1, 302, 297, 303], [300, 303]],
    ['above: 5 % further on', { kind: 'above', price: 300 }, [299, 300, 314.9, 315, 330.7, 330.8], [300, 315, 330.8]],
    ['above: made beyond', { kind: 'above', price: 300 }, [310, 311, 299, 312, 297, 300], [300]],
    ['below: after 1 % back', { kind: 'below', price: 200 }, [201, 200, 201.9, 199, 202, 198], [200, 198]],
    ['below: 5 % further on', { kind: 'below', price: 200 }, [201, 200, 190.1, 190, 180.6, 180.5], [200, 190, 180.5]],
    ['cost: after 1 % back', { kind: 'cost', price: 800 }, [900, 800, 807, 799, 808, 798], [800, 798]],
    ['cost: 5 % further on', { kind: 'cost', price: 800 }, [900, 800, 761, 760, 722.1, 722], [800, 760, 722]],
    ['up: a fifth calmer', move('up'), [0, 9.9, 10, 8.1, 11, 8, 12], [10, 12]],
    ['up: a threshold further on', move('up'), [0, 10, 19.9, 20, 29.9], [10, 20]],
    ['down: never upwards', move('down'), [0, 15, -9.9, -10, -8.1, -11, -8, -12], [-10, -12]],
    ['either way', move('either'), [0, -10, -8, 10, 7, -11], [-10, 10, -11]],
    ['next in line', { kind: 'removal' }, [0, 1, 1, 0, 1], [1, 1]],
    ['removed', { kind: 'removed' }, [0, 0, 1, 1], [1]],
    ['emission, either way', { kind: 'emission' }, [1, 1, 0, 0, 1], [0, 1]],
    ['a new subnet', { kind: 'new' }, [100, 100, 105, 105, 99, 106], [105, 106]],
    [
      'the marks of a halving, and of the next',
      { kind: 'halving' },
      [0.5, 0.9, 0.95, 0.99, 1, 0.1, 0.9],
      [0.9, 0.99, 1, 0.9],
    ],
    ['a record: one rise is one', { kind: 'ath' }, [100, 99, 101, 102, 101, 106.1, 105, 110], [101, 106.1, 110]],
    ['a record: half a percent back is no end of the rise', { kind: 'ath' }, [100, 101, 100.5, 102], [101]],
  ])('%s', (_, condition, values, expected) => {
    expect(told(condition, values)).toEqual(expected);
  });
});
