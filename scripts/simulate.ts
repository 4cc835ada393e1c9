// `npm run simulate -- --seeds 10000 [--from 1] [--workers 2] [--traces] [--planted no-look-up]`: plays that many seeds of trouble; prints each that
// breaks a promise, and exits 1 if one did. `--log` shows all that happens.
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { PLANTED } from '../tests/simulation/planted.ts';
import { simulate, type SimulateOptions } from '../tests/simulation/simulate.ts';

type Played = { seed: number; problems: string[]; trace: string };

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
    traces: { type: 'boolean', default: false },
    planted: { type: 'string' },
    log: { type: 'boolean', default: false },
  },
});
const [first, count, workers] = [Number(values.from), Number(values.seeds), Number(values.workers)];
const planted = PLANTED.find((name) => name === values.planted) ?? null;
const options: SimulateOptions = { planted, ...(values.log ? { listen: (line) => console.log(line) } : {}) };

/** Every `step`-th seed. */
async function play(begin: number, step: number, tell: (played: Played) => void): Promise<void> {
  for (let seed = begin; seed < first + count; seed += step) {
    const { problems, trace } = await simulate(seed, options);
    tell({ seed, problems, trace });
  }
}

async function playAll(): Promise<void> {
  const began = process.cpuUsage();
  let [broken, played] = [0, 0];
  const tell = ({ seed, problems, trace }: Played): void => {
    played++;
    if (problems.length > 0) broken++;
    if (values.traces) console.log(`${seed} ${trace}`);
    for (const problem of problems) console.log(`seed ${seed} (${trace}): ${problem}`);
    if (played % 500 === 0 && !values.traces) console.log(`${played} seeds played`);
  };
  const others = Array.from({ length: workers - 1 }, (_, index) => playElsewhere(index + 1, tell));
  await Promise.all([play(first, workers, tell), ...others]);
  const { user, system } = process.cpuUsage(began);
  console.log(
    `${played} seeds (${first} to ${first + count - 1}), ${broken} broken, ${((user + system) / 1e6).toFixed(0)} s of CPU time`,
  );
  process.exitCode = broken === 0 ? 0 : 1;
}

/** In another thread, from `first` plus `offset` on. */
function playElsewhere(offset: number, tell: (played: Played) => void): Promise<void> {
  const worker = new Worker(new URL(import.meta.url), { argv: process.argv.slice(2), workerData: offset });
  worker.on('message', tell);
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}

if (isMainThread) await playAll();
else await play(first + Number(workerData), workers, (played) => parentPort?.postMessage(played));
