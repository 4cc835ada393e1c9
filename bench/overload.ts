// More than one process can carry: 600 Discord commands a second for ten seconds, and whether all is well five seconds later.
import { setTimeout as wait } from 'node:timers/promises';
import { pair } from './discord.ts';
import { isQuick } from './parts/quick.ts';

/** Commands, and ms. */
const CALM: readonly [number, number] = isQuick() ? [60, 300] : [200, 1000];
const PER_SECOND = 600;
const SECONDS = isQuick() ? 1 : 10;
/** Bars: at least half acknowledged within Discord's three seconds; five seconds later as before. */
const RECOVERY_MS = isQuick() ? 500 : 5000;

/** `overloadAckShare`: acknowledged in time, answers and polite refusals; times in ms. */
export async function run(): Promise<Record<string, number>> {
  const bot = await pair('bot');
  await bot.burst(...CALM); // warm
  const before = await bot.burst(...CALM);
  const over = await bot.burst(PER_SECOND * SECONDS, SECONDS * 1000);
  await wait(RECOVERY_MS);
  const after = await bot.burst(...CALM);
  bot.stop();
  return {
    overloadAckShare: 1 - over.late / (PER_SECOND * SECONDS),
    overloadAckP99Ms: over.p99,
    ackP99BeforeMs: before.p99,
    ackP99AfterMs: after.p99,
    lateAfter: after.late,
  };
}
