// The longest turns of the event loop of the whole program, by kind of work: at the first time, with code that was never run, and warm.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '../../src/store/database.ts';
import { type FarEnds, openFarEnds } from '../parts/process/far-ends.ts';
import type { Turns } from '../parts/process/loop-turns.mjs';
import { type Program, startProgram } from '../parts/process/program.ts';
import { quantile } from '../parts/quantile.ts';
import { isQuick } from '../parts/quick.ts';
import { choreTurns } from '../parts/turns/chores.ts';
import { type Kind, KINDS } from '../parts/turns/kinds.ts';
import { storeWishes } from '../parts/turns/stored.ts';

const [DIGESTS, ALERTS, OLD_ROWS] = isQuick() ? [500, 2000, 1200] : [10_000, 50_000, 20_000];
/** After the first time; the middle one counts (of two the shorter one), since a collection of the garbage may meet any. */
const WARM_ROUNDS = isQuick() ? 2 : 7;
/** Far more than one process can answer in a second, in both platforms. */
const CROWD = 600;
/** What is done behind an answer. */
const BEHIND_MS = isQuick() ? 5 : 50;
/** The list of coins, their index, digests and alerts are read. */
const START_MS = 6000;

type Found = Record<string, { first: Turns; warm: Turns }>;

/** Ms of the processor that a thread's longest turn took, and by the clock. `…First…`: code that was never run before, with what a start brings. */
export async function run(): Promise<Record<string, number | string>> {
  const { started, asked } = await program();
  const chores = await choreTurns(OLD_ROWS);
  const kinds = {
    ...asked,
    ...Object.fromEntries(Object.entries(chores).map(([name, warm]) => [name, { first: warm, warm }])),
  };
  return {
    ...longest('longestTurn', kinds, 'warm'),
    ...longest('longestFirstTurn', { ...asked, ...started }, 'first'),
    ...Object.fromEntries(Object.entries({ ...started, ...kinds }).map(([name, times]) => [name, said(times)])),
  };
}

async function program(): Promise<{ started: Found; asked: Found }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-turns-'));
  const url = `sqlite:${path.join(folder, 'turns.db')}`;
  const [ends, database] = await Promise.all([openFarEnds({ whole: true }), openDatabase(url)]);
  await storeWishes(database, DIGESTS, ALERTS);
  await database.close();
  const settings = { ...ends.settings, DATABASE_URL: url };
  try {
    const started: Found = {};
    if (!isQuick()) await calmStart(settings, ends, started);
    return { started, asked: await askAll(settings, ends, started) };
  } finally {
    ends.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Nobody asks: loading of the program, connecting, then whatever a start does behind that. */
async function calmStart(settings: Record<string, string>, ends: FarEnds, started: Found): Promise<void> {
  const program = await startProgram(settings, { probe: 'turns' });
  await ends.order('connected', null);
  const loading = await program.turns();
  program.watch('finely');
  await wait(START_MS);
  const behind = await program.turns();
  await program.stop();
  started['start until connected'] = { first: loading, warm: loading };
  started['behind the start'] = { first: behind, warm: behind };
}

async function askAll(settings: Record<string, string>, ends: FarEnds, started: Found): Promise<Found> {
  const program = await startProgram(settings);
  try {
    await ends.order('connected', null);
    const early = await during(program, () =>
      ask(program, ends, { command: 'faq', options: { question: 'what is a subnet?' } }),
    );
    started['question while the FAQ is loading'] = { first: early, warm: early };
    await ends.order('question', { command: 'subnets' });
    await wait(isQuick() ? 500 : START_MS);
    const asked: Found = {};
    for (const [name, kind] of Object.entries(KINDS)) {
      const rounds: Turns[] = [];
      for (let round = 0; round <= WARM_ROUNDS; round++)
        rounds.push(await during(program, () => ask(program, ends, kind)));
      const [first, ...warm] = rounds as [Turns, ...Turns[]];
      asked[name] = { first, warm: middle(warm) };
    }
    const crowd = await during(program, () => ends.order('traffic', { perSecond: CROWD, seconds: 1 }));
    started[`${CROWD} commands in a second`] = { first: crowd, warm: crowd }; // once, and the clean-up of memory after the start may meet it
    return asked;
  } finally {
    await program.stop();
  }
}

async function during(program: Program, work: () => Promise<unknown>): Promise<Turns> {
  program.watch('finely');
  await work();
  await wait(BEHIND_MS);
  return await program.turns();
}

async function ask(program: Program, ends: FarEnds, kind: Kind): Promise<void> {
  if (!('path' in kind)) return void (await ends.order('question', kind));
  const { path: where, body } = kind;
  const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };
  const posted = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(program.base + where, posted);
  await answer.arrayBuffer();
  if (answer.status >= 500) throw new Error(`${where}: ${answer.status}`);
}

function middle(rounds: readonly Turns[]): Turns {
  const of = (name: keyof Turns) =>
    quantile(
      rounds.map((round) => round[name]),
      rounds.length > 2 ? 0.5 : 0,
    );
  return { ms: of('ms'), cpuMs: of('cpuMs'), looks: of('looks') };
}

/** The worst kind of all. */
function longest(label: string, kinds: Found, time: 'first' | 'warm'): Record<string, number | string> {
  const [worst] = Object.entries(kinds).toSorted(([, a], [, b]) => b[time].cpuMs - a[time].cpuMs);
  return worst === undefined ? {} : { [`${label}CpuMs`]: worst[1][time].cpuMs, [`${label}Kind`]: worst[0] };
}

function said({ first, warm }: { first: Turns; warm: Turns }): string {
  const pair = ({ cpuMs, ms }: Turns) => `${cpuMs.toFixed(1)} (${ms.toFixed(1)} by the clock)`;
  return first === warm ? pair(warm) : `first ${pair(first)}, warm ${pair(warm)}`;
}
