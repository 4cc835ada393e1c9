// node-cron's lines are lines of our log, and a line that comes every second is written once a minute.
import { expect, it, vi } from 'vitest';
import { importsOf, sourceFiles } from '../../scripts/structure.ts';
import { createLog } from '../../src/base/log.ts';
import { cronLog, runByClock } from '../../src/wiring/cron-log.ts';
import { PATIENCE_MS } from '../fakes/patience.ts';

it('writes JSON through our log, each line at most once a minute', () => {
  const lines: { level: string; msg: string }[] = [];
  const log = createLog({ level: 'info', secrets: ['topsecret'], write: (line) => void lines.push(JSON.parse(line)) });
  let clock = 0;
  const logger = cronLog(log, () => clock);
  for (clock = 0; clock < 120_000; clock += 1000) {
    logger.warn('task still running, new execution blocked by overlap prevention!');
    logger.warn(`missed execution at ${new Date(clock).toISOString()}! Possible blocking IO`);
  }
  logger.error('Task failed with error!', new Error('topsecret'));
  expect(lines).toHaveLength(5);
  expect(new Set(lines.map(({ msg }) => msg))).toEqual(new Set(['clock of the ticks']));
  expect(JSON.stringify(lines)).not.toContain('topsecret');
});

it('is what node-cron itself uses, for a task that fails and for one that is not done yet', async () => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', secrets: [], write: (line) => void lines.push(line) });
  const said = ['warn', 'error', 'log'].map((level) => vi.spyOn(console, level as 'warn'));
  const state = { turns: 0 };
  const waiting = Promise.withResolvers<void>();
  const work = async () => {
    state.turns += 1;
    if (state.turns === 1) throw new Error('broken tick');
    await waiting.promise;
  };
  const task = runByClock('* * * * * *', work, { log, monotonic: () => 0 });
  await vi.waitFor(() => expect(lines.join('')).toContain('overlap prevention'), { timeout: PATIENCE_MS });
  waiting.resolve();
  await task.destroy();
  for (const spy of said) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
  expect(lines.join('')).toContain('broken tick');
  expect(state.turns).toBe(2); // never twice at once
});

it('nothing runs by the clock beside it', () => {
  const users = sourceFiles().filter((file) => importsOf(file).some(({ target }) => target === 'node-cron'));
  expect(users.map(({ file }) => file)).toEqual(['src/wiring/cron-log.ts']);
});
