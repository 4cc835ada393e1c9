// `npm run bench [-- parts] [-- --quick]`: runs each part in a process of its own, with the flags of a bot that has started; exit code 1 when a bar is not met.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { misses, unjudged } from './parts/bars.ts';
import { quickEnvironment } from './parts/quick.ts';
import { CALM_FLAGS } from './parts/start-flags.ts';

/** Parts by name; those in `process` have more than one process. */
const FILES = new Map(
  ['.', 'process']
    .flatMap((folder) => readdirSync(path.join(import.meta.dirname, folder)).map((file) => path.join(folder, file)))
    .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
    .map((file): [string, string] => [path.basename(file, '.ts'), path.join(import.meta.dirname, file)])
    .toSorted(([a], [b]) => a.localeCompare(b)),
);
const REFERENCE = path.join(import.meta.dirname, 'parts/reference.ts');
/** Longest time of one benchmark; a hanging one must not hang the others. */
const TIMEOUT_MS = 15 * 60_000;

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { quick } = values;
const unknown = positionals.filter((name) => !FILES.has(name));
if (unknown.length > 0)
  throw new Error(`no such part: ${unknown.join(', ')}; there are ${[...FILES.keys()].join(', ')}`);
const asked = positionals.length > 0 ? positionals : [...FILES.keys()];

const load = (): string => loadavg()[0]?.toFixed(1) ?? '?';
console.log(
  `machine: ${availableParallelism()} × ${cpus()[0]?.model ?? '?'}, Node ${process.version}; load before: ${load()}`,
);
const results: Record<string, Record<string, unknown>> = {};
const seconds: Record<string, number> = {};
const missed: string[] = [];
for (const name of asked) {
  const started = performance.now();
  const figures = await figuresOf(FILES.get(name) ?? '');
  results[name] = figures;
  seconds[name] = Number(((performance.now() - started) / 1000).toFixed(1));
  missed.push(...misses(name, figures, quick));
  const unit = figures['referenceMs'];
  for (const [figure, value] of Object.entries(figures))
    console.log(`${name}: ${figure} = ${said(figure, value, unit)}`);
  console.log(`${name}: took ${seconds[name]} s`);
}
const took = Object.entries(seconds).toSorted(([, a], [, b]) => b - a);
console.log(
  `seconds: ${took.map(([name, time]) => `${name} ${time}`).join(', ')}; together ${sum(Object.values(seconds))}; load after: ${load()}`,
);
console.log(JSON.stringify(results));
if (quick) for (const name of asked) console.log(`quick form of ${unjudged(name, results[name] ?? {})}`);
for (const line of missed) console.log(`NOT MET ${line}`);
console.log(missed.length === 0 ? 'all bars are met' : `${missed.length} bars are not met`);
process.exitCode = missed.length === 0 ? 0 : 1;

function sum(values: readonly number[]): string {
  return values.reduce((all, value) => all + value, 0).toFixed(1);
}

/** Times also as multiples of the reference work, which was timed in the same process. */
function said(figure: string, value: unknown, unit: unknown): string {
  if (typeof value !== 'number') return String(value);
  const plain = String(Number(value.toPrecision(4)));
  const isTime = figure !== 'referenceMs' && /(?:Ms|\bms\b)/.test(figure) && !/ratio|over/i.test(figure);
  return isTime && typeof unit === 'number' ? `${plain} (${(value / unit).toPrecision(3)} × reference work)` : plain;
}

function figuresOf(file: string): Promise<Record<string, unknown>> {
  const code = `
    const { machineMs } = await import(${JSON.stringify(REFERENCE)});
    const { run } = await import(${JSON.stringify(file)});
    const before = machineMs();
    const figures = await run();
    const referenceMs = (before + machineMs()) / 2;
    console.log('\\n@' + JSON.stringify({ ...figures, referenceMs }));
    process.exit(0);`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...CALM_FLAGS, '--input-type=module', '-e', code],
      {
        timeout: TIMEOUT_MS,
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, ...quickEnvironment(quick) },
      },
      (error, out) => {
        const line = out.split('\n').findLast((candidate) => candidate.startsWith('@'));
        resolve(
          line === undefined
            ? { error: error?.message.slice(0, 500) ?? 'no figures' }
            : (JSON.parse(line.slice(1)) as Record<string, unknown>),
        );
      },
    );
  });
}
