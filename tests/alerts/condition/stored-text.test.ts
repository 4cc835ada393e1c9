// What is stored of alerts, read back: anything but a whole wish is none, and anything but a whole mark is none.
import { expect, it } from 'vitest';
import { readBelieved } from '../../../src/alerts/condition/marks.ts';
import { memoryOf, readableSpec } from '../../../src/alerts/stored-spec.ts';
import { wish } from '../stage.ts';

const spec = (change: object) => JSON.stringify({ ...wish(), ...change });
const NO_OBJECTS = ['{broken', '', 'null', '[]', '1', '"x"'];

it.each([
  wish(),
  wish({ target: { kind: 'subnet', netuid: 64, registeredAt: 12 }, condition: { kind: 'removal' } }),
  wish({ target: { kind: 'network' }, condition: { kind: 'halving' } }),
  wish({
    condition: { kind: 'move', percent: 5, direction: 'either', window: '7d' },
    repeat: 'daily',
    locale: 'pt-BR',
  }),
])('a whole one: %j', (whole) => {
  expect(readableSpec({ spec: JSON.stringify(whole) })).toEqual(whole);
});

it.each([
  ...NO_OBJECTS,
  '{}',
  spec({ condition: { kind: 'above' } }),
  spec({ condition: { kind: 'above', price: '300' } }),
  spec({ condition: { kind: 'moonphase' } }),
  spec({ condition: { kind: 'move', percent: 5, direction: 'up', window: '1y' } }),
  spec({ condition: { kind: 'move', percent: 5, direction: 'sideways', window: '1h' } }),
  spec({ condition: null }),
  spec({ target: { kind: 'coin' } }),
  spec({ target: { kind: 'subnet', netuid: 64 } }),
  spec({ target: null }),
  spec({ label: 1 }),
  spec({ currency: null }),
  spec({ repeat: 'hourly' }),
  spec({ locale: 'x' }),
])('no wish: %s', (text) => {
  expect(readableSpec({ spec: text })).toBeNull();
});

it.each([...NO_OBJECTS, '{"armed":1,"reference":"x","told":[]}'])('a memory of %s is unarmed and empty', (memory) => {
  expect(memoryOf({ memory })).toEqual({ armed: false, reference: null, told: null });
});

it.each([...NO_OBJECTS, '{"price":"x"}', '{"price":1,"source":2}', '{"price":1,"changes":{"24h":"x"}}'])(
  'no mark: %s',
  (json) => {
    expect(readBelieved(json)).toBeNull();
  },
);

it('a whole mark', () => {
  const mark = { price: 1, source: 'coingecko', changes: { '1h': null, '24h': 2, '7d': 3 } };
  expect(readBelieved(JSON.stringify(mark))).toEqual(mark);
  expect(readBelieved('{"price":1,"source":"x"}')).toEqual({ price: 1, source: 'x' }); // of an earlier version
});
