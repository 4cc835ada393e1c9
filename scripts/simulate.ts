// `npm run simulate -- --seeds 10000 [--from 1] [--workers 2] [--traces] [--planted no-look-up]`: plays that many seeds of trouble; prints each that
// breaks a promise, and exits 1 if one did. `--log` shows all that happens.
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { PLANTED } from '../tests/simulation/mistakes/planted.ts';
import { simulate, type SimulateOptions } from '../tests/simulation/simulate.ts';

type Played = { seed: number; problems: string[]; trace: string; cpuMs: number };

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
    traces: { type: 'boolean', default: false },
    planted: { type: 'string' },
    log: { type: 'boolean', default: false },
    /** For the processes that this one starts: which of the workers it is. */
    worker: { type: 'string' },
  },
});
const [first, count, workers] = [Number(values.from), Number(values.seeds), Number(values.workers)];
if (![first, count, workers].every((number) => Number.isSafeInteger(number) && number > 0))
  throw new Error('--seeds, --from and --workers are whole numbers above 0');
if (values.planted !== undefined && !PLANTED.some((name) => name === values.planted))
  throw new Error(`--planted is one of ${PLANTED.join(', ')}`);
const planted = PLANTED.find((name) => name === values.planted) ?? null;
const options: SimulateOptions = { planted, ...(values.log ? { listen: (line) => console.log(line) } : {}) };

/** Every `workers`-th seed from `begin` on. */
async function play(begin: number, tell: (played: Played) => void): Promise<void> {
  for (let seed = begin; seed < first + count; seed += workers) {
    const began = process.cpuUsage();
    const { problems, trace } = await simulate(seed, options);
    const { user, system } = process.cpuUsage(began);
    tell({ seed, problems, trace, cpuMs: (user + system) / 1000 });
  }
}

async function playAll(): Promise<void> {
  let [broken, played, cpuMs] = [0, 0, 0];
  const tell = (one: Played): void => {
    played++;
    cpuMs += one.cpuMs;
    if (one.problems.length > 0) broken++;
    if (values.traces) console.log(`${one.seed} ${one.trace}`);
    for (const problem of one.problems) console.log(`seed ${one.seed} (${one.trace}): ${problem}`);
    if (played % 500 === 0 && !values.traces) console.log(`${played} seeds played`);
  };
  const others = Array.from({ length: workers - 1 }, (_, index) => playElsewhere(index + 1, tell));
  await Promise.all([play(first, tell), ...others]);
  const seeds = `${played} seeds (${first} to ${first + count - 1})`;
  console.log(`${seeds}, ${broken} broken, ${(cpuMs / 1000).toFixed(0)} s of CPU time`);
  process.exitCode = broken === 0 ? 0 : 1;
}

/** In another process. */
function playElsewhere(worker: number, tell: (played: Played) => void): Promise<void> {
  const child = fork(import.meta.filename, [...process.argv.slice(2), '--worker', String(worker)]);
  child.on('message', tell);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`worker ${worker} ended with ${code}`))));
  });
}

if (values.worker === undefined) await playAll();
else {
  await play(first + Number(values.worker), (played) => void process.send?.(played));
  process.disconnect?.();
}
