// People who ask through Discord in tests: everybody is somebody else, so that the cool-down of one does not stop the next.
import { flatten, type MessageBody } from '../../fakes/discord/rest/check.ts';
import type { InteractionWish, MessageWish, OptionValue } from '../../fakes/discord/events.ts';
import { lookAt } from '../../fakes/discord/look.ts';
import type { DiscordScene } from '../../fakes/discord/scene.ts';
import type { FakeInteraction, FakeMessage } from '../../fakes/discord/state.ts';

let count = 0;
export const somebody = (): string => String(720_000_000_000_000_000n + BigInt(count++));

export async function ask(scene: DiscordScene, wish: InteractionWish): Promise<FakeInteraction> {
  const asked = scene.discord.interact({ id: somebody(), ...wish });
  await scene.discord.answered(asked);
  return asked;
}

export const slash = (
  scene: DiscordScene,
  command: string,
  options: Record<string, OptionValue> = {},
  more: object = {},
): Promise<FakeInteraction> => ask(scene, { command, options, ...more });

/** Writes a message and waits for the reply to it. */
export async function replyTo(scene: DiscordScene, wish: MessageWish): Promise<FakeMessage | undefined> {
  const id = scene.discord.message({ id: somebody(), ...wish });
  const reply = () => scene.discord.messages().find((message) => message.replyTo === id);
  await scene.discord.until(() => reply() !== undefined, `reply to ${wish.content.slice(0, 50)}`);
  return reply();
}

export const textOf = (message: FakeMessage | null | undefined): string =>
  message == null ? '' : lookAt(message.body).text;

/** Custom ids of buttons and values of menus. */
export const idsOf = (body: MessageBody): string[] =>
  flatten(body.components ?? []).flatMap((node) => node.options?.map((option) => option.value) ?? node.custom_id ?? []);
