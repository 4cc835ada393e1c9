// `npm run simulate -- --seeds 10000 [--from 1]`: plays that many seeds of trouble; prints each that breaks a promise, and exits 1 if one did.
import { parseArgs } from 'node:util';
import { simulate } from '../tests/simulation/simulate.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, from: { type: 'string', default: '1' } },
});
const [first, count] = [Number(values.from), Number(values.seeds)];
const began = process.cpuUsage();
let broken = 0;
for (let seed = first; seed < first + count; seed++) {
  const { problems, trace } = await simulate(seed);
  if (problems.length > 0) broken++;
  for (const problem of problems) console.log(`seed ${seed} (${trace}): ${problem}`);
}
const { user, system } = process.cpuUsage(began);
console.log(`${count} seeds, ${broken} broken, ${((user + system) / 1e6).toFixed(0)} s of CPU time`);
process.exitCode = broken === 0 ? 0 : 1;
