// The pacer in virtual time: no limiter model ever says no, replies overtake, a refusal stops everything, clocks may step.
import { describe, expect, it } from 'vitest';
import { createPacer } from '../../src/bots/pacer.ts';
import { createLimiter, type LimiterModel } from '../fakes/discord/rest/limiter.ts';

/** A clock that moves when somebody sleeps. `jitterMs`: timers come late by up to this. */
function virtualTime(jitterMs = 0) {
  let time = 1_000_000;
  let seed = 7;
  const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  return {
    now: () => time,
    step: (ms: number) => void (time += ms),
    sleep: (ms: number): Promise<void> => Promise.resolve(void (time += Math.ceil(ms) + random() * jitterMs)),
  };
}

describe('pacer', () => {
  it.each<[LimiterModel, number]>([
    ['fixed', 0],
    ['sliding', 0],
    ['gcra', 0],
    ['fixed', 15],
    ['sliding', 15],
    ['gcra', 15],
  ])('2,000 calls pass a %s limiter of 50/s (timers late by up to %d ms)', async (model, jitterMs) => {
    const clock = virtualTime(jitterMs);
    const pacer = createPacer({ perSecond: 47, ...clock });
    const limiter = createLimiter(model, 50);
    const started = clock.now();
    let refused = 0;
    await Promise.all(
      Array.from({ length: 2000 }, () => pacer.slot('digest').then(() => void (limiter(clock.now()) > 0 && refused++))),
    );
    expect(refused).toBe(0);
    expect(clock.now() - started).toBeLessThan((2000 / 47) * 1000 * (jitterMs > 0 ? 1.05 : 1.01));
  });

  it('serves replies before digests', async () => {
    const clock = virtualTime();
    const pacer = createPacer({ perSecond: 47, ...clock });
    const order: string[] = [];
    const digests = Array.from({ length: 100 }, () => pacer.slot('digest').then(() => order.push('digest')));
    await pacer.slot('reply').then(() => order.push('reply'));
    expect(order.indexOf('reply')).toBeLessThan(5);
    await Promise.all(digests);
  });

  it('stops for as long as it is told, then is slower and recovers; absurd waits are bounded', async () => {
    const clock = virtualTime();
    const pacer = createPacer({ perSecond: 47, perSecondAfterPause: 30, ...clock });
    await pacer.slot('reply');
    pacer.pause(30_000);
    const paused = clock.now();
    await pacer.slot('reply');
    expect(clock.now() - paused).toBeGreaterThanOrEqual(30_000);
    const resumed = clock.now();
    await Promise.all(Array.from({ length: 60 }, () => pacer.slot('digest')));
    expect(clock.now() - resumed).toBeGreaterThan(1800);
    for (const [wait, least, most] of [
      [Number.NaN, 5000, 5100],
      [-5, 1000, 1100],
      [1e12, 3_600_000, 3_601_000],
    ] as const) {
      const before = clock.now();
      pacer.pause(wait);
      await pacer.slot('reply');
      expect(clock.now() - before).toBeGreaterThanOrEqual(least);
      expect(clock.now() - before).toBeLessThan(most);
    }
  });

  it('survives a clock that steps back an hour', async () => {
    const clock = virtualTime();
    const pacer = createPacer({ perSecond: 47, ...clock });
    for (let index = 0; index < 5; index++) await pacer.slot('reply');
    clock.step(-3_600_000);
    const before = clock.now();
    for (let index = 0; index < 5; index++) await pacer.slot('reply');
    expect(clock.now() - before).toBeLessThan(1000);
  });

  it('lets nobody wait after it was closed', async () => {
    const pacer = createPacer({ perSecond: 1, now: () => 0, sleep: () => new Promise(() => undefined) });
    await pacer.slot('reply');
    const waiting = pacer.slot('digest');
    pacer.close();
    await expect(waiting).rejects.toThrow(/closed/);
    await expect(pacer.slot('reply')).rejects.toThrow(/closed/);
  });
});
