// Bolt's logger on top of ours: only warnings and errors, static words, never a payload (its debug log prints messages and headers).
import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../../base/log.ts';

/** Each client and receiver gets its own: Bolt changes level and name of the logger it is given. */
export function boltLog(log: Log): Logger {
  const detail = (words: readonly unknown[]) =>
    words.map((word) => (word instanceof Error ? `${word.name}: ${word.message}` : String(word))).join(' ');
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...words) => log.warn({ detail: detail(words) }, 'slack library warns'),
    error: (...words) => log.warn({ detail: detail(words) }, 'slack library reports an error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
