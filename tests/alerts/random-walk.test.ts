// Random walks of prices with gaps, glitches, restarts and two processes, against an oracle that only knows the rule in words.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ASKER, openAlertStage, START, wish } from './stage.ts';
import { HOUR, MINUTE } from '../../src/base/clock.ts';

/** A moment of the walk: minutes since the one before, the price's move, and what else happens. */
type Moment = { minutes: number; move: number; event: 'none' | 'glitch' | 'stale' | 'silence' | 'restart' };
type Reading = { at: number; price: number };

const walks = fc.array(
  fc.record({
    minutes: fc.integer({ min: 1, max: 90 }),
    move: fc.integer({ min: -60, max: 60 }).map((thousandths) => thousandths / 1000),
    event: fc.constantFrom<Moment['event'][]>('none', 'none', 'none', 'glitch', 'stale', 'silence', 'restart'),
  }),
  { minLength: 10, maxLength: 60, size: 'max' },
);

/**
 * Moments at which an alert is told: the price is beyond the target, it went back by 1 % since the last telling (or moved on by 5 %), the first
 * telling needs that it was not beyond at the start (or went back since), and an hour passed since the last one where it repeats.
 */
function oracle(
  readings: readonly Reading[],
  { above, price, repeats }: { above: boolean; price: number; repeats: boolean },
): number[] {
  const beyond = (value: number) => (above ? value >= price : value <= price);
  const back = (value: number) => (above ? value <= price * 0.99 : value >= price * 1.01);
  const told: Reading[] = [];
  let since = readings[0]?.at ?? 0;
  readings.slice(1).forEach((reading, index) => {
    if (!beyond(reading.price)) return;
    const last = told.at(-1);
    if (last !== undefined && (!repeats || reading.at - last.at < HOUR)) return;
    const between = readings.slice(0, index + 1).filter(({ at }) => at >= since && at <= reading.at);
    const free = last === undefined && !beyond(readings[0]?.price ?? 0);
    const wentBack = between.some((one) => back(one.price) && (last === undefined || one.at > last.at));
    const further =
      last !== undefined && (above ? reading.price >= last.price * 1.05 : reading.price <= last.price * 0.95);
    if (!free && !wentBack && !further) return;
    told.push(reading);
    since = reading.at;
  });
  return told.map(({ at }) => at);
}

it.each([
  ['once, one process', false, 1],
  ['each time, one process', true, 1],
  ['each time, two processes', true, 2],
])(
  '%s: every true crossing is told exactly once, none that was not true',
  { timeout: 120_000 },
  async (_, repeats, instances) => {
    let tellings = 0;
    await fc.assert(
      fc.asyncProperty(walks, fc.boolean(), fc.integer({ min: 97, max: 103 }), async (walk, above, part) => {
        const stage = await openAlertStage({ instances });
        try {
          const target = Math.round(280 * part) / 100;
          await stage.price(START, 280);
          await stage.alerts.create(
            wish({
              repeat: repeats ? 'always' : 'once',
              condition: { kind: above ? 'above' : 'below', price: target },
              days: 90,
            }),
            ASKER,
          );
          const readings: Reading[] = [{ at: START, price: 280 }];
          let [now, price] = [START, 280];
          for (const { minutes, move, event } of walk) {
            now += minutes * MINUTE;
            const wrong = price * (above ? 3 : 0.2);
            stage.silence(event === 'silence');
            if (event === 'restart') await stage.restart();
            if (event === 'glitch') await stage.price(now, { price: wrong, checking: true });
            else if (event === 'stale') await stage.price(now, { price: wrong, at: now - 20 * MINUTE });
            else if (event === 'silence') await stage.at(now);
            else {
              price *= 1 + move;
              await stage.price(now, price);
              readings.push({ at: now, price });
            }
          }
          const told = stage.virtual.platform.posts.map(({ at }) => at);
          tellings += told.length;
          expect(told).toEqual(oracle(readings, { above, price: target, repeats }));
        } finally {
          await stage.close();
        }
      }),
      { numRuns: 10, seed: 20261128 },
    );
    expect(tellings).toBeGreaterThan(5); // else the walks prove nothing
  },
);
