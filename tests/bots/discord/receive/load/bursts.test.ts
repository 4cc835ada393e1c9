// A burst is answered as long as that can be in time; when the line does not end, whoever is answered is answered soon.
import { expect, it } from 'vitest';
import { createAdmission } from '../../../../../src/bots/admission.ts';
import { createTestClock } from '../../../../fakes/clock.ts';

/** As the bot bounds them. */
const [UNDER_WAY, PLACE_MS] = [96, 1000];
/** What a process manages, and how long Discord takes for a call. */
const [PER_SECOND, CALL_MS] = [250, 100];
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A process that answers one event after the other, so many a second, each in the order in which it began. */
function scene({ hangs = false }: { hangs?: boolean } = {}) {
  const clock = createTestClock({ start: 0 });
  const state = { lag: 0, begun: 0, refused: 0, ackMs: [] as number[] };
  const monotonic = () => clock.now() + state.lag;
  const admission = createAdmission({
    monotonic,
    sleep: clock.sleep,
    log: SILENT,
    longestWaitMs: 2000,
    refused: () => state.refused++,
  });
  let freeAt = 0;
  const arrive = (): void => {
    const arrived = clock.now();
    const run = async (): Promise<void> => {
      state.begun++;
      if (hangs) return await new Promise(() => undefined);
      freeAt = Math.max(freeAt, clock.now()) + 1000 / PER_SECOND;
      await clock.sleep(freeAt + CALL_MS - clock.now());
      state.ackMs.push(clock.now() - arrived);
    };
    void admission.enter({ run, refuse: () => Promise.resolve() });
  };
  const play = async (perSecond: number, seconds: number): Promise<void> => {
    for (let tick = 0; tick < seconds * 100; tick++) {
      for (let due = Math.floor((tick * perSecond) / 100); due < Math.floor(((tick + 1) * perSecond) / 100); due++)
        arrive();
      await clock.advance(10);
    }
  };
  return { clock, state, arrive, play };
}
const worst = (ms: readonly number[], share: number): number =>
  ms.toSorted((a, b) => a - b)[Math.floor(ms.length * share)] ?? 0;

it('answers all 500 events of a reconnect in time', async () => {
  const { clock, state, arrive } = scene();
  for (let event = 0; event < 500; event++) arrive();
  await clock.advance(4000);
  expect([state.refused, state.ackMs.length]).toEqual([0, 500]);
  expect(worst(state.ackMs, 1 - 1e-9)).toBeLessThan(3000);
});

it('lets nobody wait in calm service', async () => {
  const { state, play } = scene();
  await play(200, 3);
  expect([state.refused, worst(state.ackMs, 1 - 1e-9)]).toEqual([0, 108]); // two come at a time
});

it('acknowledges within a second whom it admits while more come than it can answer, as many as it can', async () => {
  const { state, play } = scene();
  await play(420, 20);
  expect(worst(state.ackMs, 0.99)).toBeLessThan(1000);
  expect(state.ackMs.length).toBeGreaterThan(0.95 * PER_SECOND * 20);
});

it('does so also when they come in waves, between which the oldest would have their turn', async () => {
  const { state, play } = scene();
  for (let wave = 0; wave < 8; wave++) {
    await play(450, 1);
    await play(100, 1);
  }
  expect(worst(state.ackMs.slice(PER_SECOND * 3), 0.99)).toBeLessThan(1000);
});

it('allows a burst again soon after a long line', async () => {
  const { clock, state, arrive, play } = scene();
  await play(420, 6);
  await clock.advance(4000);
  state.refused = 0;
  for (let event = 0; event < 500; event++) arrive();
  await clock.advance(4000);
  expect(state.refused).toBe(0);
});

it('gives no place away while the process itself is behind, but for three seconds at most', async () => {
  const { clock, state, arrive } = scene({ hangs: true });
  for (let event = 0; event < UNDER_WAY; event++) arrive();
  for (let second = 1; second <= 2; second++) {
    state.lag += 200;
    await clock.advance(PLACE_MS);
  }
  arrive();
  expect(state.begun).toBe(UNDER_WAY);
  state.lag += 200;
  await clock.advance(PLACE_MS);
  expect(state.begun).toBe(UNDER_WAY + 1);
});
