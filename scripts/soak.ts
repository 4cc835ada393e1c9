// `npm run soak [-- --seconds 600]`: the program with both platforms for ten minutes of ordinary use; says whether memory, handles and timers stay flat.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openFarEnds } from '../bench/parts/process/far-ends.ts';
import { startProgram } from '../bench/parts/process/program.ts';
import { type Reading, slopesOf, type SoakSample } from './soak-verdict.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '600' } } });
const SECONDS = Number(values.seconds);
if (!(SECONDS > 0)) throw new Error('--seconds is a number above 0');
/** What is shorter ends while caches still fill: it shows that all works, and judges no growth. */
const SHORTEST_JUDGED = 300;
/** Samples of the whole time; each costs a collection of all garbage. */
const SAMPLES = 40;
/** After the last request, until connections that are kept for the next one are closed. */
const REST_MS = 20_000;

const folder = mkdtempSync(path.join(tmpdir(), 'taobot-soak-'));
const ends = await openFarEnds();
const database = `sqlite:${path.join(folder, 'soak.db')}`;
const program = await startProgram({ ...ends.settings, DATABASE_URL: database }, { probe: 'timers' });
await ends.order('connected', null);

const started = performance.now();
const minutes = (): number => (performance.now() - started) / 60_000;
const life = ends.order('life', { seconds: SECONDS, base: program.base });
const samples: SoakSample[] = [];
console.log('minute  rss MiB  heap MiB  timers  handles  files');
for (let count = 1; minutes() * 60 < SECONDS; count++) {
  await wait(Math.max(0, ((count / SAMPLES) * SECONDS - minutes() * 60) * 1000));
  samples.push({ minute: minutes(), reading: await program.sample() });
  print(samples.at(-1));
}
const lived = await life;
await wait(REST_MS);
console.log('at rest:');
print({ minute: minutes(), reading: await program.sample() });
const figures = await (await fetch(`${program.base}/metrics`)).text();
const code = await program.stop();
ends.close();
rmSync(folder, { recursive: true, force: true });

console.log(JSON.stringify(lived));
for (const line of figures.split('\n').filter((one) => /^taobot_(events_total|answer_seconds_count).* [1-9]/.test(one)))
  console.log(line);
const slopes = slopesOf(samples);
for (const { name, perMinute, bar, flat } of slopes)
  console.log(
    `${name}: ${perMinute.toFixed(2)} a minute over the second half, at most ${bar}: ${flat ? 'flat' : 'GROWS'}`,
  );
const faults = [
  ...slopes.filter(({ flat }) => !flat && SECONDS >= SHORTEST_JUDGED).map(({ name }) => `${name} grows`),
  ...(lived.unanswered > 0 ? [`${lived.unanswered} unanswered (${JSON.stringify(lived.problems)})`] : []),
  ...(lived.digestPosts === lived.digests ? [] : [`${lived.digestPosts} posts for ${lived.digests} digests`]),
  ...(code === 0 ? [] : [`it did not stop in order: ${code ?? 'killed'}. ${program.lastWords()}`]),
];
console.log(faults.length === 0 ? 'passed' : `FAILED: ${faults.join('; ')}`);
process.exitCode = faults.length === 0 ? 0 : 1;

function print(sample: SoakSample | undefined): void {
  if (sample === undefined) return;
  const { rss, heap, timers, handles, files } = sample.reading satisfies Reading;
  const mib = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
  console.log([sample.minute.toFixed(2), mib(rss), mib(heap), timers, handles, files].join('\t'));
}
