// Pictures: first and warm render time, how long the main thread is held up, file size, and memory over many renders.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Charts, createCharts } from '../src/charts/charts.ts';
import type { ChartSpec } from '../src/charts/spec.ts';
import { AT, compare, compareFive, digest, price, walk } from '../tests/charts/samples.ts';
import { DAY, HOUR } from '../src/base/clock.ts';
import { isQuick } from './parts/quick.ts';

const FILE = fileURLToPath(import.meta.url);
const MEBIBYTE = 1_048_576;
const [WARMING, DRAWN, ON_PHONES, COMPARED] = isQuick() ? [5, 10, 12, 1] : [5, 60, 40, 6];

/** A picture that was never drawn before, of the kinds that people ask for in turn. */
function fresh(index: number): ChartSpec {
  const seed = 1000 + index;
  const theme = index % 2 === 0 ? 'dark' : 'light';
  const kinds: ChartSpec[] = [
    { ...price, theme, points: walk(seed, 169) },
    { ...price, theme, range: '30d', points: walk(seed, 721) },
    { ...price, theme, range: '1y', points: walk(seed, 366, 400, DAY, AT, 0.05) },
    { ...price, theme, range: '24h', points: walk(seed, 289, 400, HOUR / 12, AT, 0.004) },
    { ...digest, theme, points: walk(seed, 169) },
  ];
  return kinds[index % kinds.length] ?? price;
}

/**
 * All numbers of one run. `renders`: how many pictures the memory test draws in a process of its own (1,200 for the full bar, which
 * takes about two minutes; 200 shows the level, not the growth).
 */
export async function run({ renders = 200 }: { renders?: number } = {}): Promise<Record<string, number>> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  const charts = createCharts();
  await charts.png(price);
  const firstMs = performance.now() - started;
  const firstStallMs = delay.max / 1e6;

  const times: number[] = [];
  const stalls: number[] = [];
  let largestBytes = 0;
  for (let index = 0; index < WARMING + DRAWN; index++) {
    const spec = fresh(index);
    delay.reset();
    const start = performance.now();
    const png = await charts.png(spec);
    if (index < WARMING) continue;
    times.push(performance.now() - start);
    stalls.push(delay.max / 1e6);
    largestBytes = Math.max(largestBytes, png.byteLength);
  }
  const onPhones: number[] = [];
  for (let index = 0; index < ON_PHONES; index++) {
    const spec: ChartSpec = { ...price, canvas: 'phone', points: walk(5000 + index, 169) };
    const start = performance.now();
    await charts.png(spec);
    onPhones.push(performance.now() - start);
  }
  const comparing: number[] = [];
  const comparingFive: number[] = [];
  for (let index = 0; index < COMPARED; index++) {
    for (const [spec, list] of [
      [compare, comparing],
      [compareFive, comparingFive],
    ] as const) {
      const shifted = {
        ...spec,
        coins: spec.coins.map((coin, place) => ({ ...coin, points: walk(index * 10 + place, 721) })),
      };
      const start = performance.now();
      largestBytes = Math.max(largestBytes, (await charts.png(shifted)).byteLength);
      list.push(performance.now() - start);
    }
  }
  const million = isQuick() ? {} : { chartMillionPointsStallMs: await millionPoints(charts, delay) };
  await charts.close();
  delay.disable();
  return rounded({
    chartFirstMs: firstMs,
    chartFirstStallMs: firstStallMs,
    chartWarmP50Ms: quantile(times, 0.5),
    chartWarmP99Ms: quantile(times, 0.99),
    chartPhoneP50Ms: quantile(onPhones, 0.5),
    chartStallP50Ms: quantile(stalls, 0.5),
    chartStallMaxMs: Math.max(...stalls),
    chartCompareP50Ms: quantile(comparing, 0.5),
    chartCompareFiveP50Ms: quantile(comparingFive, 0.5),
    ...million,
    chartLargestKilobytes: largestBytes / 1000,
    ...(isQuick() ? {} : await memoryOf(renders)),
  });
}

/** Far more than any source gives; 20,000 of them are drawn. */
async function millionPoints(charts: Charts, delay: ReturnType<typeof monitorEventLoopDelay>): Promise<number> {
  const million: ChartSpec = { ...price, range: '1y', points: walk(5, 1_000_000, 400, 31_000, AT, 0.002) };
  await setTimeout(300); // so that making the points is not taken for a stall
  delay.reset();
  await charts.png(million);
  return delay.max / 1e6;
}

/**
 * Memory of a process that does nothing but draw, and of the drawing process beside it: after half and after all of the renders, and
 * at its highest.
 */
async function memoryOf(renders: number): Promise<Record<string, number>> {
  const { stdout } = await promisify(execFile)(process.execPath, [FILE, 'memory', String(renders)]);
  return { chartRenders: renders, ...(JSON.parse(stdout) as Record<string, number>) };
}

async function drawMany(renders: number): Promise<Record<string, number>> {
  const charts = createCharts();
  const own: number[] = [];
  const drawing: number[] = [];
  for (let index = 0; index < renders; index++) {
    await charts.png(fresh(index));
    own.push(process.memoryUsage.rss() / MEBIBYTE);
    drawing.push(childMebibytes());
  }
  await charts.close();
  const both = own.map((value, index) => value + (drawing[index] ?? 0));
  return {
    chartRssHalfMebibytes: both[renders >> 1] ?? 0,
    chartRssEndMebibytes: both.at(-1) ?? 0,
    chartRssPeakMebibytes: Math.max(...both),
    chartRssOwnEndMebibytes: own.at(-1) ?? 0,
    chartRssDrawingPeakMebibytes: Math.max(...drawing),
  };
}

/** Resident memory of our child processes; 0 where the system has no /proc. */
function childMebibytes(): number {
  try {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    const kilobytes = children.map((pid) =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
    );
    return kilobytes.reduce((sum, value) => sum + value, 0) / 1024;
  } catch {
    return 0;
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function rounded(numbers: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Math.round(value * 10) / 10]));
}

if (import.meta.main) {
  const [mode, count] = process.argv.slice(2);
  if (mode === 'memory') console.log(JSON.stringify(rounded(await drawMany(Number(count)))));
  else console.log(JSON.stringify(await run({ renders: mode === 'full' ? 1200 : 200 })));
}
