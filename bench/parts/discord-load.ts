// Load on a bot through the fake Discord: bursts of commands, and commands while something else is going on.
import type { FakeDiscord } from '../../tests/fakes/discord/discord.ts';
import type { FakeInteraction } from '../../tests/fakes/discord/state.ts';

let people = 0; // everybody is somebody else: the cool-down is not what is measured
const price = (discord: FakeDiscord): FakeInteraction =>
  discord.interact({
    command: 'price',
    options: { coins: 'tao' },
    id: String(720_000_000_000_000_000n + BigInt(people++)),
  });
const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** Discord takes no answer to a command after three seconds: whatever is not answered by then will not be. */
const LOST_MS = 5000;

/** `count` commands evenly over `overMs`; acknowledgement times in ms, and how many were too late. */
export async function burst(
  discord: FakeDiscord,
  count: number,
  overMs: number,
): Promise<{ acks: number[]; late: number }> {
  const asked: FakeInteraction[] = [];
  const started = performance.now();
  for (let index = 0; index < count; index++) {
    while (performance.now() - started < (index / count) * overMs) await wait(1);
    asked.push(price(discord));
  }
  const sent = performance.now();
  const done = (one: FakeInteraction): boolean =>
    one.message !== null || one.refused.length > 0 || performance.now() - sent > LOST_MS;
  await discord.until(() => asked.every(done), 'answers').catch(() => undefined);
  const acks = asked.map((one) => one.ackMs).filter((ms) => !Number.isNaN(ms));
  return { acks, late: asked.length - acks.length };
}

/** Three commands at a time, `rounds` times; ms until the final answer, and calls that the limiter refused so far. */
export async function trickle(discord: FakeDiscord, rounds: number): Promise<{ edits: number[]; refused: number }> {
  const edits: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const asked = [price(discord), price(discord), price(discord)];
    await Promise.all(asked.map((one) => discord.answered(one)));
    edits.push(...asked.map((one) => one.answerMs));
    await wait(300);
  }
  return { edits, refused: discord.state.calls.filter((call) => call.status === 429).length };
}
