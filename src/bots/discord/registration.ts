// Tells Discord which commands there are, when they changed since the last time.
import type { Command } from '../../app/command.ts';
import type { Log } from '../../base/log.ts';
import type { KeyValue } from '../platform.ts';
import { applicationCommands, commandsHash } from './commands.ts';
import type { createPosts } from './send/posts.ts';

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 600_000;
/** Waits longer than this are not tried any more: the next start does it. */
const PATIENCE_MS = 60_000;

export type RegistrationOptions = {
  commands: readonly Command[];
  /** The only server that gets them; all get them when absent. */
  guildId?: string | undefined;
  keyValue: KeyValue;
  posts: Pick<ReturnType<typeof createPosts>, 'register'>;
  log: Log;
  sleep: (ms: number) => Promise<void>;
  /** True once the bot has ended. */
  isOff: () => boolean;
};

/** Returns what registers the commands of an application; creating is limited to 200 a day, so it is done only when they differ. Never throws. */
export function createRegistration({ commands, guildId, keyValue, posts, log, sleep, isOff }: RegistrationOptions) {
  return async (applicationId: string): Promise<void> => {
    const entries = applicationCommands(commands, { global: guildId === undefined });
    const key = `discord-commands:${applicationId}:${guildId ?? 'global'}`;
    const hash = commandsHash(entries);
    for (let wait = FIRST_WAIT_MS; !isOff(); wait = Math.min(wait * 3, LONGEST_WAIT_MS)) {
      try {
        if ((await keyValue.get(key)) === hash) return;
        await posts.register(applicationId, guildId, entries);
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
