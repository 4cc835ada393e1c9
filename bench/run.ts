// `npm run bench [names]`: runs each benchmark in a process of its own, with the flags of `npm start`; the last line is one JSON object of all figures.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const NAMES = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'))
  .filter((name) => name !== 'run')
  .sort();
/** Memory and pauses depend on them: what is measured is what runs. */
const FLAGS = flagsOfStart();
/** Longest time of one benchmark; a hanging one must not hang the others. */
const TIMEOUT_MS = 15 * 60_000;

const only = process.argv.slice(2);
const results: Record<string, unknown> = {};
for (const name of NAMES.filter((candidate) => only.length === 0 || only.includes(candidate))) {
  results[name] = await figures(name);
  for (const [figure, value] of Object.entries(results[name] as Record<string, unknown>))
    console.log(`${name}: ${figure} = ${typeof value === 'number' ? Number(value.toPrecision(4)) : String(value)}`);
}
console.log(JSON.stringify(results));

function figures(name: string): Promise<Record<string, unknown>> {
  const code = `const { run } = await import(${JSON.stringify(path.join(import.meta.dirname, `${name}.ts`))}); console.log('\\n@' + JSON.stringify(await run())); process.exit(0);`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...FLAGS, '--input-type=module', '-e', code],
      { timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 },
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

function flagsOfStart(): string[] {
  const text = readFileSync(path.join(import.meta.dirname, '../package.json'), 'utf8');
  const { scripts } = JSON.parse(text) as { scripts: { start: string } };
  return scripts.start.match(/--[a-z0-9=-]+(?=.*?src\/main\.mjs \|\|)/gu) ?? [];
}
