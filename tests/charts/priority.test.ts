// The drawing process yields the core to the program that answers people: all of its threads, also those that draw.
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { expect, it } from 'vitest';
import { createCharts } from '../../src/charts/charts.ts';
import { price } from './samples.ts';

const children = (): string[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);

/** The 19th field: https://www.man7.org/linux/man-pages/man5/proc_pid_stat.5.html; the name before it may hold anything but ")". */
const niceOf = (stat: string): number => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);

it.skipIf(process.platform !== 'linux')('is below normal, with every thread that it draws with', async () => {
  const before = new Set(children());
  const charts = createCharts();
  await charts.png(price);
  const [pid = ''] = children().filter((child) => !before.has(child));
  expect(getPriority(Number(pid))).toBe(5);
  // Those that V8 makes while the process starts may be there before its priority is.
  const threads = readdirSync(`/proc/${pid}/task`).filter((thread) =>
    /^lib(uv|vips)/.test(readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8')),
  );
  expect(threads.length).toBeGreaterThan(1);
  const nice = threads.map((thread) => niceOf(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')));
  expect([...new Set(nice)]).toEqual([5]);
  await charts.close();
});
