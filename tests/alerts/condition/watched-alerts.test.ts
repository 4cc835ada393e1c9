// Which rows are read anew: those that changed, also where only a moment did, and never one that is older than what is held.
import { expect, it } from 'vitest';
import { createWatchedAlerts } from '../../../src/alerts/watched-alerts.ts';
import { alertRow } from '../../../bench/parts/alerts/row.ts';
import { START } from '../stage.ts';

const row = { ...alertRow(1, { coin: 'bittensor', price: 300, channel: 'user:u1', createdAt: START }), version: 3 };

it.each([
  ['the same', {}, true],
  ['an older version', { version: 2 }, true],
  ['a newer version', { version: 4 }, false],
  ['a telling', { told_at: START + 1 }, false],
  ['a crossing whose moment was put right', { crossed_at: START + 1 }, false],
  ['a snooze whose end was put right', { snoozed_until: START + 1 }, false],
  ['an end that was put right', { expires_at: START + 1 }, false],
  ['a beginning that was put right', { created_at: START + 1 }, false],
])('%s', (_, change, known) => {
  const watched = createWatchedAlerts();
  expect(watched.isKnown(row)).toBe(false);
  watched.set(row.id, row);
  expect(watched.isKnown({ ...row, ...change })).toBe(known);
});
