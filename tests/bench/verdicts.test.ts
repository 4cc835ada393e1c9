// What the soak and the bench make of their figures: a leak is told from noise, a bar that is not met or not measured is named.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { misses, QUICK_FORM, unjudged } from '../../bench/parts/bars.ts';
import { machineMs } from '../../bench/parts/reference.ts';
import { slopesOf, type SoakSample } from '../../scripts/soak-verdict.ts';

const MIB = 1024 * 1024;
const CALM = { rss: 200 * MIB, heap: 90 * MIB, timers: 60, handles: 20, files: 50 };

/** Forty samples of ten minutes; `change` says what is different in one at that minute. */
const soak = (change: (minute: number, at: number) => Partial<SoakSample['reading']>): SoakSample[] =>
  Array.from({ length: 40 }, (_, at) => ({
    minute: (at + 1) / 4,
    reading: { ...CALM, ...change((at + 1) / 4, at) },
  }));
const growing = (samples: readonly SoakSample[]) => slopesOf(samples).flatMap(({ name, flat }) => (flat ? [] : [name]));

it('what fills in the first half and swings afterwards is flat', () => {
  const swing = (at: number) => (at % 2 === 0 ? 3 : -3);
  const samples = soak((minute, at) => ({
    heap: CALM.heap + Math.min(minute, 5) * 6 * MIB + swing(at) * MIB,
    timers: CALM.timers + 10 * swing(at),
  }));
  expect(growing(samples)).toEqual([]);
});

it.each([
  ['heap', { heap: 0.6 * MIB }],
  ['rss', { rss: 2.5 * MIB }],
  ['timers', { timers: 2 }],
  ['handles', { handles: 2 }],
  ['files', { files: 2 }],
] as const)('a leak of %s is found', (name, perMinute) => {
  const leak = (minute: number) =>
    Object.fromEntries(Object.entries(perMinute).map(([key, step]) => [key, CALM[name] + step * minute]));
  expect(growing(soak(leak))).toEqual([name]);
});

it('bars: met, not met, not measured, not a number, failed', () => {
  const words = { lookUpUnknownP99Ms: 0.2, completeP99Ms: 2, readNonsenseMaxMs: 5 };
  expect(misses('words', words, false)).toEqual([]);
  expect(misses('words', { ...words, completeP99Ms: 2.1 }, true)).toEqual(['words: completeP99Ms = 2.1, at most 2']);
  expect(misses('core', { 'core answers per second': 8999, 'core answers per reference work': 7.5 }, false)).toEqual([
    'core: core answers per second = 8999, at least 9000',
  ]);
  expect(misses('core', {}, false)).toEqual([
    'core: core answers per second was not measured',
    'core: core answers per reference work was not measured',
  ]);
  expect(misses('core', {}, true)).toEqual([]);
  expect(misses('core', { 'core answers per second': null }, true)).toHaveLength(1);
  expect(misses('core', { error: 'no figures' }, true)).toEqual(['core: no figures']);
  expect(misses('unheard', { anything: 1 }, false)).toEqual([]);
});

it('quick form: what is too small for a verdict is said to have none, and what is not measured, too', () => {
  const figures = { alertLookStallMs: 99, alertMemoryMiB: 99 };
  expect(misses('alerts', figures, true)).toEqual([]);
  expect(misses('alerts', figures, false)).toContain('alerts: alertLookStallMs = 99, at most 20');
  const said = unjudged('alerts', figures);
  expect(said).toContain('without verdict: alertLookStallMs, alertMemoryMiB');
  expect(said).toContain('not measured: quoteToMessageP99Ms');
  expect(misses('start', { startAnsweredMs: 1501 }, true)).toEqual(['start: startAnsweredMs = 1501, at most 1500']);
});

it('the reference work takes time, and every part says what is less in its quick form', () => {
  expect(machineMs(1)).toBeGreaterThan(0);
  const parts = ['..', '../process'].flatMap((folder) =>
    readdirSync(path.join(import.meta.dirname, '../../bench/parts', folder)).filter((file) => file.endsWith('.ts')),
  );
  for (const part of parts.filter((file) => file !== 'run.ts').map((file) => path.basename(file, '.ts')))
    expect(Object.keys(QUICK_FORM)).toContain(part);
});
