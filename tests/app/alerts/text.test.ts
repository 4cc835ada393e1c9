// How alerts are said: every condition before and after it came true, the way that is left, and the state of an alert.
import { describe, expect, it } from 'vitest';
import { alertView } from './alert-view.ts';
import type { AlertView } from '../../../src/alerts/alerts.ts';
import {
  conditionWords,
  crossingWords,
  distanceWords,
  repeatWords,
  stateWords,
  whereSpan,
} from '../../../src/app/alerts/text.ts';
import { crossedCard } from '../../../src/app/alerts/card.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { DAY, HOUR } from '../../../src/base/clock.ts';

const NOW = Date.UTC(2026, 10, 22, 9);
const alert = alertView({ expiresAt: NOW + 30 * DAY });
const move = (direction: 'up' | 'down' | 'either', window: '1h' | '24h' | '7d' = '24h') =>
  ({ kind: 'move', percent: 5, direction, window }) as const;

describe('a condition, and what is said when it came true', () => {
  it.each<[AlertView['condition'], number, string, string]>([
    [{ kind: 'above', price: 300 }, 301.2, 'TAO above $300.00', 'TAO rose above $300.00: $301.20'],
    [{ kind: 'below', price: 0.5 }, 0.4999, 'TAO below $0.5000', 'TAO fell below $0.5000: $0.4999'],
    [move('up'), 5.1, 'TAO +5% in 24 h', 'TAO moved ▲ +5.10% in 24 h'],
    [move('down', '1h'), -6, 'TAO −5% in 1 h', 'TAO moved ▼ −6.00% in 1 h'],
    [move('either', '7d'), -5, 'TAO ±5% in 7 d', 'TAO moved ▼ −5.00% in 7 d'],
    [{ kind: 'ath' }, 761, 'TAO at a new all-time high', 'TAO at a new all-time high: $761.00'],
    [{ kind: 'removal' }, 1, 'TAO next in line for removal', 'TAO is next in line for removal'],
    [{ kind: 'removed' }, 1, 'TAO removed', 'TAO was removed from the network'],
    [{ kind: 'emission' }, 1, 'emission of TAO switched on or off', 'Emission of TAO was switched on'],
    [{ kind: 'emission' }, 0, 'emission of TAO switched on or off', 'Emission of TAO was switched off'],
    [{ kind: 'new' }, 8_123_456, 'a new subnet', 'A new subnet was registered at block 8,123,456'],
    [
      { kind: 'cost', price: 800 },
      799.5,
      'price of a new subnet below 800.00 TAO',
      'A new subnet costs 799.50 TAO now, less than 800.00 TAO',
    ],
    [{ kind: 'halving' }, 0.9, 'the next halving at 90%, 99% and done', '90.0% of the way to the next halving'],
    [{ kind: 'halving' }, 1, 'the next halving at 90%, 99% and done', 'The halving has happened'],
  ])('%o at %d', (condition, value, waiting, told) => {
    const said = { ...alert, condition };
    expect([conditionWords(said), crossingWords(said, value)]).toEqual([waiting, told]);
  });

  it('in the currency and the form of numbers of whoever made it', () => {
    const said = { ...alert, currency: 'eur', locale: 'de', condition: { kind: 'above', price: 1234.5 } } as const;
    expect(conditionWords(said).replaceAll('\u00a0', ' ')).toBe('TAO above 1.234,50 €');
    expect(conditionWords({ ...said, condition: { ...move('up'), percent: 2.5 } })).toBe('TAO +2,5% in 24 h');
  });
});

describe('the way that is left', () => {
  it.each<[string, AlertView['condition'], number | null, string | null]>([
    ['up', { kind: 'above', price: 300 }, 250, '20.0% to go from $250.00'],
    ['down', { kind: 'below', price: 200 }, 250, '20.0% to go from $250.00'],
    [
      'none, for a price that is there',
      { kind: 'above', price: 300 },
      300,
      'it is $300.00 already, so I tell you the next time that it gets above',
    ],
    [
      'none, below',
      { kind: 'below', price: 300 },
      299,
      'it is $299.00 already, so I tell you the next time that it gets below',
    ],
    ['to a price of a new subnet, in TAO', { kind: 'cost', price: 800 }, 1000, '20.0% to go from 1,000.00 TAO'],
    ['of a move: how large it is now', move('up'), -1.2, '▼ −1.20% in 24 h'],
    ['to the halving', { kind: 'halving' }, 0.161, '16.1% of the way'],
    ['unknown without a price', { kind: 'above', price: 300 }, null, null],
    ['unknown for a price of nothing', { kind: 'above', price: 300 }, 0, null],
    ['none where something happens or not', { kind: 'removal' }, 0, null],
  ])('%s', (_, condition, value, words) => {
    expect(distanceWords({ ...alert, condition }, value)).toBe(words);
  });
});

describe('the state', () => {
  it.each<[Partial<AlertView>, string]>([
    [{}, 'until 22 Dec 2026'],
    [{ locale: 'de' }, 'until 22. Dez. 2026'],
    [{ snoozedUntil: NOW + HOUR }, 'snoozed until 22 Nov 2026, 10:00 UTC'],
    [{ snoozedUntil: NOW }, 'until 22 Dec 2026'],
    [{ status: 'done', toldAt: NOW - HOUR }, 'told on 22 Nov 2026, 08:00 UTC'],
    [{ status: 'done' }, 'on its way'],
    [{ status: 'stopped', trouble: 'Your direct messages are closed.' }, 'paused. Your direct messages are closed.'],
    [{ status: 'stopped' }, 'paused.'],
    [{ status: 'paused' }, 'paused'],
    [{ status: 'expired' }, 'expired'],
  ])('%o', (change, words) => {
    expect(stateWords({ ...alert, ...change }, NOW)).toBe(words);
  });
});

it('where it tells, and how often', () => {
  expect([null, 'C1', 'C2'].map((channel) => whereSpan({ channel }, { here: 'C1', platform: 'discord' }))).toEqual([
    'you, in a direct message',
    'this channel',
    { kind: 'channel', id: 'C2', text: 'another channel' },
  ]);
  const words = (kind: 'new' | 'halving') =>
    (['once', 'daily', 'always'] as const).map((repeat) => repeatWords({ repeat, condition: { kind } }));
  expect(words('halving')).toEqual(['once', 'at most once a day', 'at each of these']);
  expect(words('new')).toEqual(['once', 'at most once a day', 'each time, an hour apart at least']);
});

it("a message to a channel calls the alert nobody's own, a message to its owner calls it theirs", () => {
  const told = (channel: string | null, mention: string | null) =>
    plainText(crossedCard({ alert: { ...alert, channel }, crossedAt: NOW, value: 301, mention }, NOW));
  expect(told(null, null)).toContain('Your alert: TAO above');
  expect(told(null, 'U1')).toContain('Your alert: TAO above'); // in a channel, because direct messages are closed
  expect(told('C1', null)).toContain('Alert of this channel: TAO above');
  expect(told('C1', null)).not.toContain('Your alert');
});
