// The pace of one Slack workspace: even, spaced per channel, halved once per warning, and faster again when all is well.
import { expect, it } from 'vitest';
import { createAdaptiveRate } from '../../../src/delivery/limits/adaptive-rate.ts';
import { SLACK_SEND_RULES } from '../../../src/bots/slack/send-rules.ts';

function stage() {
  const clock = { now: 0 };
  const sleep = (ms: number) => Promise.resolve(void (clock.now += ms));
  return { clock, pace: createAdaptiveRate(SLACK_SEND_RULES, { monotonic: () => clock.now, sleep }) };
}

it('starts at 4 a second, 1.1 s apart in one channel', async () => {
  const { clock, pace } = stage();
  for (let index = 0; index < 9; index++) await pace.turn(`c${index}`);
  expect(clock.now).toBe(2000);
  await pace.turn('c8');
  expect(clock.now).toBe(3100);
});

it('waits as asked, halves once however many posts were refused, and speeds up to at most 500 a minute', async () => {
  const { clock, pace } = stage();
  await pace.turn('a');
  for (let refused = 0; refused < 4; refused++) pace.slowDown(10_000);
  expect(pace.holdMs()).toBe(10_050);
  await pace.turn('b');
  expect(clock.now).toBe(10_050);
  await pace.turn('c');
  expect(clock.now).toBe(10_550); // 2 a second
  for (let sent = 0; sent < 1000; sent++) pace.sent();
  await pace.turn('d');
  const before = clock.now;
  await pace.turn('e');
  expect(clock.now - before).toBeCloseTo(120, 0);
});
