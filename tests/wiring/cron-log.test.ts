// node-cron's lines are lines of our log, and a line that comes every second is written once a minute.
import cron from 'node-cron';
import { expect, it, vi } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { cronLog } from '../../src/wiring/cron-log.ts';

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

it('is what node-cron itself uses when a task fails', async () => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', secrets: [], write: (line) => void lines.push(line) });
  const said = vi.spyOn(console, 'error');
  const task = cron.createTask('* * * * * *', () => Promise.reject(new Error('broken tick')), {
    logger: cronLog(log, () => 0),
  });
  await task.execute().catch(() => undefined);
  await task.destroy();
  expect(said).not.toHaveBeenCalled();
  said.mockRestore();
  expect(lines.join('')).toContain('broken tick');
});
