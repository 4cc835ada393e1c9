// "Not what I asked" under an answer: whoever asked or manages the channel takes it away for everybody, nobody else.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestClock } from '../../../fakes/clock.ts';
import { MANAGE_CHANNELS } from '../../../fakes/discord/events.ts';
import { type DiscordScene, openDiscordScene } from '../../../fakes/discord/scene.ts';
import { idsOf, replyTo, somebody, textOf } from '../people.ts';

let scene: DiscordScene;
beforeAll(async () => {
  const { now, sleep } = createTestClock({ freeMs: 100 });
  scene = await openDiscordScene({ bot: { now, sleep } });
});
afterAll(() => scene.close());

async function answered(asker: string) {
  const message = await replyTo(scene, { content: `<@${scene.discord.botId}> what is a subnet?`, id: asker });
  if (message === undefined) throw new Error('no answer');
  const button = idsOf(message.body).find((id) => id.includes('vote=other')) ?? '';
  expect(button).toContain(asker);
  return { message, button };
}

it.each([
  ['whoever asked', (asker: string) => ({ id: asker })],
  ['a manager of the channel', () => ({ id: somebody(), permissions: MANAGE_CHANNELS })],
])('%s takes it back, for everybody', async (_who, presser) => {
  const asker = somebody();
  const { message, button } = await answered(asker);
  scene.discord.interact({ button, on: message, ...presser(asker) });
  await scene.discord.until(() => textOf(message).includes('Answer taken back'));
  expect(textOf(message)).not.toContain('numbered market');
});

it('anybody else is told privately, and the answer stays', async () => {
  const { message, button } = await answered(somebody());
  const before = textOf(message);
  const pressed = scene.discord.interact({ button, on: message, id: somebody() });
  await scene.discord.until(() => pressed.followUps.length > 0 || pressed.message !== message);
  const told = pressed.followUps[0] ?? pressed.message;
  expect(told?.ephemeral).toBe(true);
  expect(textOf(told)).toContain('Not yours to remove');
  expect(textOf(message)).toBe(before);
});
