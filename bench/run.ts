// `npm run bench [-- parts] [-- --quick]`: runs each part in a process of its own, with the flags of `npm start`; exit code 1 when a bar is not met.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { LEFT_OUT, misses } from './parts/bars.ts';
import { quickEnvironment } from './parts/quick.ts';
import { START_FLAGS } from './parts/start-flags.ts';

/** Parts by name; those in `process` have more than one process. */
const FILES = new Map(
  ['.', 'process']
    .flatMap((folder) => readdirSync(path.join(import.meta.dirname, folder)).map((file) => path.join(folder, file)))
    .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
    .map((file): [string, string] => [path.basename(file, '.ts'), path.join(import.meta.dirname, file)])
    .toSorted(([a], [b]) => a.localeCompare(b)),
);
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
const isLeftOut = (name: string): boolean => quick && LEFT_OUT[name]?.whole === true;

console.log(`load of the machine before: ${loadavg()[0]?.toFixed(1) ?? '?'}`);
const results: Record<string, unknown> = {};
const missed: string[] = [];
for (const name of asked.filter((one) => !isLeftOut(one))) {
  const started = performance.now();
  const figures = await figuresOf(FILES.get(name) ?? '');
  results[name] = figures;
  missed.push(...misses(name, figures, quick));
  for (const [figure, value] of Object.entries(figures))
    console.log(`${name}: ${figure} = ${typeof value === 'number' ? Number(value.toPrecision(4)) : String(value)}`);
  console.log(`${name}: took ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
console.log(JSON.stringify(results));
if (quick)
  for (const name of asked.filter((one) => LEFT_OUT[one] !== undefined))
    console.log(`skipped, ${name}: ${LEFT_OUT[name]?.what ?? ''}`);
for (const line of missed) console.log(`NOT MET ${line}`);
console.log(missed.length === 0 ? 'all bars are met' : `${missed.length} bars are not met`);
process.exitCode = missed.length === 0 ? 0 : 1;

function figuresOf(file: string): Promise<Record<string, unknown>> {
  const code = `const { run } = await import(${JSON.stringify(file)}); console.log('\\n@' + JSON.stringify(await run())); process.exit(0);`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...START_FLAGS, '--input-type=module', '-e', code],
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
