// One question in Discord, of somebody who manages the server, and the wait for its answer.
import type { FakeDiscord } from '../../../tests/fakes/discord/discord.ts';
import { MANAGE_CHANNELS, USER } from '../../../tests/fakes/discord/events.ts';

/** A command with its options, what a field holds while somebody types, or a message to the bot; each by another person unless it is about what one has. */
export type Question =
  | { command: string; options?: Record<string, string | boolean>; own?: true }
  | { complete: string; field: string; text: string }
  | { mention: string };

let people = 0;

export async function said(discord: FakeDiscord, question: Question): Promise<void> {
  const id = 'own' in question ? USER : String(725_000_000_000_000_000n + BigInt(people++));
  if ('mention' in question) {
    const asked = discord.message({ content: `<@${discord.botId}> ${question.mention}`, id });
    await discord.until(() => discord.messages().some(({ replyTo }) => replyTo === asked), 'a reply');
    return;
  }
  const person = { id, permissions: MANAGE_CHANNELS };
  const asked =
    'complete' in question
      ? discord.interact({ complete: question.complete, arg: question.field, text: question.text, ...person })
      : discord.interact({ command: question.command, options: question.options ?? {}, ...person });
  await discord.answered(asked);
}
