// Which commands depend on rights, and which channel they are about.
import type { Invocation } from '../app/card.ts';
import { type Command, HERE, topName } from '../app/command.ts';

/** Names of commands for which rights matter, and of their siblings ("digest list" shows managers more). */
export function managedNames(commands: readonly Command[]): ReadonlySet<string> {
  const groups = new Set(commands.filter((command) => command.manage === true || command.rights === true).map(topName));
  return new Set(commands.filter((command) => groups.has(topName(command))).map((command) => command.name));
}

/** Channels in arguments become bare ids. `idOf`: the id in the platform's way to name a channel, null for anything else. */
export function withChannelIds<T extends Invocation>(
  invocation: T,
  commands: readonly Command[],
  idOf: (text: string) => string | null,
): T {
  const names = channelArgs(invocation, commands);
  const args: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(invocation.args))
    args[name] = names.includes(name) ? (idOf(value) ?? value) : value;
  return { ...invocation, args };
}

/** The channel that a command is about: one it names, else the one it was typed in. */
export function targetChannel(invocation: Invocation, commands: readonly Command[], here: string): string {
  const named = channelArgs(invocation, commands)
    .map((name) => invocation.args[name] ?? '')
    .find((channel) => channel !== '');
  return named === undefined || named === HERE ? here : named;
}

function channelArgs({ command }: Invocation, commands: readonly Command[]): string[] {
  const specs = commands.find(({ name }) => name === command)?.args ?? {};
  return Object.entries(specs).flatMap(([name, spec]) =>
    spec.type === 'channel' || spec.type === 'voice' ? [name] : [],
  );
}
