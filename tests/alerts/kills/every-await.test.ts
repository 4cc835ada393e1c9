// A process dies at every single moment at which it has to do with the world, from its first statement to its last: each alert is told once all the same.
// Here every eleventh moment, all of them with `npm run alert-kills`.
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import { newRow } from '../../../src/alerts/alert-row.ts';
import type { AlertRow } from '../../../src/store/alerts/alerts.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { START, wish } from '../stage.ts';
import { type Play, play } from './scene.ts';

/** Of person `u<index>`, made in channel c1: waits for TAO above 300. */
function row(index: number, platform: Play['platform'], change: Partial<AlertRow> = {}): AlertRow {
  const { target, label, currency, condition, repeat, locale } = wish();
  const made = newRow(
    {
      id: `alert${index}`,
      platform,
      tenant: 't1',
      channel: `user:u${index}`,
      made_in: 'c1',
      owner: `u${index}`,
      spec: JSON.stringify({ target, label, currency, condition, repeat, locale }),
      memory: JSON.stringify({ armed: true, reference: null, told: null }),
      expires_at: START + 30 * DAY,
      warned: 0,
    },
    START - DAY,
  );
  return { ...made, ...change };
}

const reached = (platform: Play['platform']): Play => ({
  platform,
  price: 310,
  rows: [row(1, platform), row(2, platform)],
  end: { status: 'done', events: { crossed: 2, told: 2 }, posts: { 'user:u1': 1, 'user:u2': 1 }, left: 0 },
});

const PLAYS: Readonly<Record<string, Play>> = {
  'a price that is reached, Discord': reached('discord'),
  'a price that is reached, Slack': reached('slack'),
  'a closed direct message, told in the channel': {
    ...reached('discord'),
    refuses: (channel) => (channel.startsWith('user:') ? 'closed-dm' : null),
    end: { status: 'done', events: { crossed: 2, told: 2 }, posts: { c1: 2 }, left: 0 },
  },
  'a channel that refuses, which pauses the alert': {
    ...reached('discord'),
    rows: [row(1, 'discord', { channel: 'c9' })],
    refuses: () => 'forbidden',
    end: { status: 'stopped', events: { crossed: 1, failed: 1 }, posts: {}, left: 0 },
  },
  'an end that is near': {
    platform: 'discord',
    price: 280,
    rows: [row(1, 'discord', { expires_at: START + 2 * DAY })],
    end: { status: 'active', events: {}, posts: { 'user:u1': 1 }, left: 0 },
  },
};

/** Moments between two ends: each of them with `ALERT_KILLS=all`. */
const STRIDE = process.env['ALERT_KILLS'] === 'all' ? 1 : 11;
/** So many processes in a row that died no more: the moments of a life differ by a few. */
const SURVIVORS = 3;
const MOST_MOMENTS = 2_000;

let shared: Database;
beforeAll(async () => {
  shared = await openDatabase('sqlite::memory:');
});
afterAll(() => shared.close());

it.each(Object.entries(PLAYS))('%s', { timeout: 600_000 }, async (_, one) => {
  let [survived, deaths] = [0, 0];
  const wrong: object[] = [];
  for (let endAt = 1; survived < SURVIVORS && endAt < MOST_MOMENTS; endAt += STRIDE) {
    const { end, died } = await play(shared, one, endAt);
    survived = died ? 0 : survived + 1;
    if (died) deaths++;
    if (!isDeepStrictEqual(end, one.end)) wrong.push({ endAt, ...end });
  }
  expect(wrong).toEqual([]);
  expect(deaths).toBeGreaterThan(80 / STRIDE); // else the lives are not played
  expect(survived).toBe(SURVIVORS);
});
