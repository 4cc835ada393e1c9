// What runs by the clock, with node-cron's own lines as lines of our log; the same line comes at most once a minute.
import cron, { type Logger as CronLogger, type ScheduledTask } from 'node-cron';
import { MINUTE } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { withUtcParts } from './utc-parts.ts';

/** Late by so much, a turn is still taken. */
const LATE_MS = MINUTE;

/** Runs `work` at the times of a cron expression in UTC, never twice at once. */
export function runByClock(
  times: string,
  work: () => Promise<void>,
  { log, monotonic }: { log: Log; monotonic: () => number },
): ScheduledTask {
  return withUtcParts(() =>
    cron.schedule(times, work, {
      timezone: 'UTC',
      noOverlap: true,
      missedExecutionTolerance: LATE_MS,
      logger: cronLog(log, monotonic),
    }),
  );
}

export function cronLog(log: Log, monotonic: () => number): CronLogger {
  const saidAt = new Map<string, number>();
  /** Dates stand in some of the lines; they say nothing new. */
  const write = (level: keyof Log, said: string | Error, error?: Error): void => {
    const line = said instanceof Error ? said.name : said.replace(/ at .*?!/u, '!');
    if (monotonic() - (saidAt.get(line) ?? Number.NEGATIVE_INFINITY) < MINUTE) return;
    saidAt.set(line, monotonic());
    if (saidAt.size > MOST_LINES) saidAt.clear();
    const err = error ?? (said instanceof Error ? said : undefined);
    log[level]({ detail: line, ...(err === undefined ? {} : { err }) }, 'clock of the ticks');
  };
  return {
    info: (line) => write('debug', line),
    warn: (line) => write('warn', line),
    error: (line, error) => write('error', line, error),
    debug: (line, error) => write('debug', line, error),
  };
}

/** node-cron has about ten different lines. */
const MOST_LINES = 100;
