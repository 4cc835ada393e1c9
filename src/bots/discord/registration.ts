// Tells Discord which commands there are, when they changed since the last time, and learns their ids, by which texts mention them.
import { ApplicationCommandType } from 'discord.js';
import { type Command, topName } from '../../app/command.ts';
import type { Log } from '../../base/log.ts';
import type { KeyValue } from '../platform.ts';
import { applicationCommands, commandsHash } from './commands.ts';
import type { createPosts } from './send/posts.ts';

const FIRST_WAIT_MS = 2000;
/** Waits longer than this are not tried any more: the next start does it. */
const PATIENCE_MS = 60_000;

export type RegistrationOptions = {
  commands: readonly Command[];
  /** The only server that gets them; all get them when absent. */
  guildId?: string | undefined;
  keyValue: KeyValue;
  posts: Pick<ReturnType<typeof createPosts>, 'register' | 'registered'>;
  /** Filled with the id of each command by its whole name ("digest setup"), as Discord tells them to this process. */
  ids: Map<string, string>;
  log: Log;
  sleep: (ms: number) => Promise<void>;
  /** True once the bot has ended. */
  isOff: () => boolean;
};

/** Returns what registers the commands of an application; creating is limited to 200 a day, so it is done only when they differ. Never throws. */
export function createRegistration({
  commands,
  guildId,
  keyValue,
  posts,
  ids,
  log,
  sleep,
  isOff,
}: RegistrationOptions) {
  const learn = (answer: unknown): void => {
    for (const [name, id] of idsByName(answer, commands)) ids.set(name, id);
  };
  return async (applicationId: string): Promise<void> => {
    const entries = applicationCommands(commands, { global: guildId === undefined });
    const key = `discord-commands:${applicationId}:${guildId ?? 'global'}`;
    const hash = commandsHash(entries);
    for (let wait = FIRST_WAIT_MS; !isOff(); wait *= 3) {
      try {
        if ((await keyValue.get(key)) === hash) {
          if (ids.size === 0) learn(await posts.registered(applicationId, guildId));
          return;
        }
        learn(await posts.register(applicationId, guildId, entries));
        await keyValue.set(key, hash);
        log.info({ count: entries.length }, 'commands registered');
        return;
      } catch (error) {
        log.warn({ err: error }, 'commands could not be registered yet');
        if (wait > PATIENCE_MS) return;
        await sleep(wait);
      }
    }
  };
}

/** From Discord's list of commands; a subcommand is mentioned by the id of its group. Anything that is no such list names nothing. */
function idsByName(answer: unknown, commands: readonly Command[]): [string, string][] {
  if (!Array.isArray(answer)) return [];
  const tops = new Map(
    answer.flatMap((entry: unknown) => {
      const { type, name, id } = (entry ?? {}) as { type?: unknown; name?: unknown; id?: unknown };
      return type === ApplicationCommandType.ChatInput && typeof name === 'string' && /^\d{15,21}$/.test(String(id))
        ? [[name, String(id)] as const]
        : [];
    }),
  );
  return commands.flatMap((command): [string, string][] => {
    const id = tops.get(topName(command));
    return id === undefined ? [] : [[command.name, id]];
  });
}
