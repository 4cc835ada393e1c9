// Random walks with clocks that are set back and forth by hours, and processes that act at the same time, against an oracle that knows the rule in words.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sqliteFile } from '../delivery/stage.ts';
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts';
import { openProcesses } from './processes.ts';
import { ASKER, START, wish } from './stage.ts';
import { HOUR, MINUTE } from '../../src/base/clock.ts';

const FIRST = 280;

type Moment = { minutes: number; level: number; event: (typeof EVENTS)[number]; hours: number };
/** `at`: true time; `clock`: what the processes read. `price`: null when there was nothing to believe. */
type Reading = { at: number; clock: number; price: number | null };

const EVENTS = [...Array<'none'>(7).fill('none'), ...(['glitch', 'stale', 'restart', 'clock', 'clock'] as const)];
const walks = fc.array(
  fc.record({
    minutes: fc.integer({ min: 1, max: 90 }),
    level: fc.integer({ min: -60, max: 60 }).map((thousandths) => thousandths / 1000),
    event: fc.constantFrom(...EVENTS),
    hours: fc.constantFrom(-5, -2, 0, 0, 3),
  }),
  { minLength: 30, maxLength: 50, size: 'max' },
);

/**
 * True times of what is told. As without clocks: beyond the target after having been back by 1 %, or 5 % further on, an hour after the last
 * telling. The hour runs on the clock of the processes; where that went back behind the last telling, it begins again.
 */
function oracle(readings: readonly Reading[], above: boolean, target: number): number[] {
  const beyond = (price: number) => (above ? price >= target : price <= target);
  const back = (price: number) => (above ? price <= target * 0.99 : price >= target * 1.01);
  const told: number[] = [];
  let last: { price: number; clock: number } | undefined;
  let armed = !beyond(FIRST);
  for (const { at, clock, price } of readings) {
    if (last !== undefined) last.clock = Math.min(last.clock, clock);
    if (price === null) continue;
    if (back(price)) armed = true;
    if (!beyond(price)) continue;
    const further = last !== undefined && (above ? price >= last.price * 1.05 : price <= last.price * 0.95);
    if ((!armed && !further) || (last !== undefined && clock - last.clock < HOUR)) continue;
    told.push(at);
    last = { price, clock };
    armed = false;
  }
  return told;
}

async function play(url: string, count: number, walk: readonly Moment[], above: boolean, target: number) {
  const stage = await openProcesses(url, { count, start: START });
  try {
    await stage.at(START, 0, { price: FIRST });
    const condition = { kind: above ? 'above' : 'below', price: target } as const;
    await stage.alerts().create(wish({ repeat: 'always', condition, days: 90 }), ASKER);
    const readings: Reading[] = [];
    let [at, price, wrongBy] = [START, FIRST, 0];
    for (const { minutes, level, event, hours } of walk) {
      at += minutes * MINUTE;
      if (event === 'clock') wrongBy = hours * HOUR;
      if (event === 'restart') await stage.restart();
      const wrong = price * (above ? 3 : 0.2);
      const clock = at + wrongBy;
      if (event === 'glitch') await stage.at(at, wrongBy, { price: wrong, at, checking: true });
      else if (event === 'stale') await stage.at(at, wrongBy, { price: wrong, at: clock - 20 * MINUTE });
      else if (wrongBy > 0) await stage.at(at, wrongBy, { price: wrong, at }); // by this clock everything is hours old
      else price = FIRST * (1 + level);
      const isRead = event !== 'glitch' && event !== 'stale' && wrongBy <= 0;
      if (isRead) await stage.at(at, wrongBy, { price, at });
      readings.push({ at, clock, price: isRead ? price : null });
    }
    return { told: stage.platform.posts.map((post) => post.at), expected: oracle(readings, above, target) };
  } finally {
    await stage.close();
  }
}

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres.stop());

it.each([
  ['one process on SQLite', 1, 6],
  ['two processes at once on PostgreSQL', 2, 5],
])(
  '%s: every true crossing is told exactly once, none that was not true',
  { timeout: 240_000 },
  async (_, count, numRuns) => {
    let tellings = 0;
    const property = fc.asyncProperty(
      walks,
      fc.boolean(),
      fc.integer({ min: 98, max: 102 }),
      async (walk, above, part) => {
        const place = count === 1 ? sqliteFile() : { url: await postgres.fresh(), remove: () => undefined };
        const { told, expected } = await play(place.url, count, walk, above, Math.round(FIRST * part) / 100);
        place.remove();
        tellings += told.length;
        expect(told).toEqual(expected);
      },
    );
    await fc.assert(property, { numRuns, seed: 20261129, endOnFailure: true });
    expect(tellings).toBeGreaterThan(10); // else the walks prove nothing
  },
);
