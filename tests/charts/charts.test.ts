// The whole way to PNG on the real drawing process: size, cache, sharing, order, failure and end.
import { type ChildProcess, execFile } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { afterAll, expect, it, vi } from 'vitest';
import { createCharts } from '../../src/charts/charts.ts';
import { FIRST_PICTURE, FIRST_SERIES } from '../../src/charts/first-picture.ts';
import { createDrawingProcess } from '../../src/charts/renderer.ts';
import type { ChartSpec } from '../../src/charts/spec.ts';
import { AT, compareFive, digest, price, walk } from './samples.ts';

const charts = createCharts();
afterAll(() => charts.close());

const size = (png: Uint8Array): [number, number] => {
  const { width, height } = PNG.sync.read(Buffer.from(png));
  return [width, height];
};

it('draws every kind at its exact size and at most 250 kB', async () => {
  const { progress: _, ...short } = digest;
  const specs: ChartSpec[] = [
    price,
    { ...price, theme: 'light' },
    digest,
    compareFive,
    { ...compareFive, theme: 'light' },
  ];
  for (const spec of specs) {
    const png = await charts.png(spec);
    expect(size(png)).toEqual([2000, 1200]);
    expect(png.byteLength).toBeLessThanOrEqual(250_000);
  }
  expect(size(await charts.png(short))).toEqual([2000, 908]);
});

it('says within the picture where which time stands, but not on the canvas for previews', async () => {
  const noteOf = async (spec: ChartSpec) =>
    /plot\0(\d+) (\d+) ([\d.]+) ([\d.]+) (\d+)/
      .exec(Buffer.from((await charts.png(spec)).subarray(0, 300)).toString('latin1'))
      ?.slice(1)
      .map(Number);
  const [from, to] = [price.points[0]?.[0], price.points.at(-1)?.[0]];
  expect((await noteOf(price))?.slice(0, 3)).toEqual([from, to, 40]);
  expect((await noteOf({ ...price, canvas: 'phone' }))?.at(-1)).toBe(600);
  for (const spec of [{ ...price, canvas: 'share' } as const, compareFive, digest])
    expect(await noteOf(spec)).toBeUndefined();
});

it('finds a picture again by what it shows, not by when it is drawn', async () => {
  const before = charts.stats();
  const first = await charts.png({ ...price, points: walk(99, 169) });
  expect(await charts.png({ ...price, points: walk(99, 169), now: AT + 5 * 60_000 })).toBe(first);
  expect(await charts.png({ ...price, points: walk(99, 169), now: AT + 50 * 60_000 })).not.toBe(first);
  expect(await charts.png({ ...price, points: walk(98, 169) })).not.toBe(first);
  const after = charts.stats();
  expect([after.drawn - before.drawn, after.hits - before.hits]).toEqual([3, 1]);
});

it('draws once for many who ask at the same time, and bounds what it keeps', async () => {
  const small = createCharts({ cacheMegabytes: 0.3 });
  const [a, b] = await Promise.all([small.png(price), small.png(price)]);
  expect(a).toBe(b);
  for (const seed of [1, 2, 3]) await small.png({ ...price, points: walk(seed, 169) });
  const { drawn, cachedBytes, cached } = small.stats();
  expect(drawn).toBe(4);
  expect(cached).toBe(1);
  expect(cachedBytes).toBeLessThan(0.3 * 1_048_576);
  await small.close();
});

it('draws a million points', async () => {
  const points = walk(5, 1_000_000, 398.4, 31_000, AT, 0.002);
  expect(size(await charts.png({ ...price, range: '1y', points }))).toEqual([2000, 1200]);
});

it('fails one picture calmly, goes on with the next, and starts anew after a lost process', async () => {
  const broken = { ...price, name: 5 } as unknown as ChartSpec;
  await expect(charts.png(broken)).rejects.toMatchObject({ code: 'chart' });
  expect(size(await charts.png({ ...price, name: 'After' }))).toEqual([2000, 1200]);
  const hasty = createCharts({ timeoutMs: 1 });
  const results = await Promise.allSettled([hasty.png(price), hasty.png(digest)]);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  expect(hasty.stats()).toMatchObject({ failed: 2, waiting: 0 });
  await hasty.close();
});

it('refuses after close and settles what was waiting', async () => {
  const ending = createCharts();
  const waiting = [ending.png(price), ending.png(digest)].map((one) => one.catch((error: unknown) => error));
  await ending.close();
  for (const one of waiting) expect(await one).toMatchObject({ code: 'chart' });
  await expect(ending.png(price)).rejects.toMatchObject({ code: 'chart' });
});

it('keeps no process alive once it has nothing to draw', async () => {
  const child = path.join(import.meta.dirname, 'one-picture.child.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [child], { timeout: 15_000 });
  expect(stdout).toBe('true');
});

it('a process that was prepared has drawn for nobody before the first picture is asked for', async () => {
  const ready = createCharts();
  ready.prepare();
  expect(ready.stats()).toMatchObject({ waiting: 1, drawn: 0, cached: 0 });
  await vi.waitUntil(() => ready.stats().waiting === 0, { timeout: 15_000 });
  await ready.png(price);
  expect(ready.stats()).toMatchObject({ drawn: 1, failed: 0, cached: 1 });
  await ready.close();
  const drawing = createDrawingProcess({ timeoutMs: 15_000, idleMs: 1 });
  expect(size(await drawing.draw(FIRST_PICTURE, [FIRST_SERIES], 'chat').png)).toEqual([1200, 600]);
  drawing.close();
});

it('a process that was prepared draws the first picture, and goes when none comes', async () => {
  const started: ChildProcess[] = [];
  const note = (message: unknown): void => void started.push((message as { process: ChildProcess }).process);
  subscribe('child_process', note);
  const ready = createCharts();
  ready.prepare();
  ready.prepare();
  expect(started).toHaveLength(1);
  expect(size(await ready.png(price))).toEqual([2000, 1200]);
  ready.prepare();
  expect(started).toHaveLength(1);
  await ready.close();
  const unused = createCharts({ idleMs: 1 });
  unused.prepare();
  const [, second] = started;
  if (second === undefined) throw new Error('no drawing process');
  if (second.exitCode === null) await once(second, 'exit');
  expect([second.exitCode, second.signalCode]).toEqual([0, null]);
  await unused.close();
  unused.prepare();
  expect(started).toHaveLength(2);
  unsubscribe('child_process', note);
});

it('ends an idle drawing process and starts it again when needed', async () => {
  const started: ChildProcess[] = [];
  const note = (message: unknown): void => void started.push((message as { process: ChildProcess }).process);
  subscribe('child_process', note); // https://nodejs.org/api/diagnostics_channel.html#built-in-channels
  const brief = createCharts({ idleMs: 1 });
  await brief.png(price);
  const [first] = started;
  if (first === undefined) throw new Error('no drawing process');
  if (first.exitCode === null) await once(first, 'exit');
  expect([first.exitCode, first.signalCode]).toEqual([0, null]);
  expect(size(await brief.png(digest))).toEqual([2000, 1200]);
  expect(started).toHaveLength(2);
  await brief.close();
  unsubscribe('child_process', note);
});
