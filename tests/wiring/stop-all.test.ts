// The end of a process that waits for timers only, as in the first moments after its start: exit 0, and every step was taken.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { stopAll } from '../../src/wiring/stop-all.ts';

const room = (file: string) => pathToFileURL(path.join(import.meta.dirname, '../../src', file)).href;

it('a step that waits on a timer which holds no process is waited for', () => {
  const program = `
    import { stopAll } from '${room('wiring/stop-all.ts')}';
    import { realSleep } from '${room('base/clock.ts')}';
    const steps = [() => realSleep(20), () => Promise.reject(new Error('no')), async () => console.log('last step')];
    process.exitCode = await stopAll(steps, { error: (_, text) => console.log(text) });
  `;
  const end = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(end.stdout).toBe('stopping failed\nlast step\n');
  expect(end.status).toBe(0); // 13: Node found nothing that held the process
});

it('a step that never ends is left at the deadline, and told', async () => {
  const told: unknown[] = [];
  const log = { error: (fields: object, text: string) => void told.push([text, fields]) };
  expect(await stopAll([() => new Promise(() => undefined)], log, 20)).toBe(0);
  expect(await stopAll([() => Promise.resolve()], log, 20)).toBe(0);
  expect(told).toEqual([['stopping took too long: what was not through is left', { limitMs: 20 }]]);
});
