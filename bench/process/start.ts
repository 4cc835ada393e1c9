// A cold start until the first command is answered, and idle memory with both platforms connected, against the bare SDKs in one process.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openFarEnds } from '../parts/process/far-ends.ts';
import { startProgram } from '../parts/process/program.ts';
import { quantile } from '../parts/quantile.ts';
import { isQuick } from '../parts/quick.ts';

const ROUNDS = isQuick() ? 1 : 5;
/** Until everything that a start brings with it is over: lists of coins, indexes, registration of commands. */
const IDLE_MS = 15_000;
const BARE = [path.join(import.meta.dirname, '../parts/process/bare.mjs')];
const MIB = 1024 * 1024;

/** `idle…` after the garbage was collected, of the program without the process that draws; `idleAll…` with it. */
export async function run(): Promise<Record<string, number>> {
  const ours: Round[] = [];
  const bare: Round[] = [];
  for (const script of isQuick() ? [] : [undefined, BARE]) await round(script); // fills the compile caches; `npm install` does that, too
  for (let count = 0; count < ROUNDS; count++) {
    ours.push(await round());
    if (!isQuick()) bare.push(await round(BARE));
  }
  const middle = (rounds: readonly Round[], of: keyof Round) =>
    quantile(
      rounds.map((one) => one[of]),
      0.5,
    );
  const started = { startAnsweredMs: middle(ours, 'answeredMs'), startCpuMs: middle(ours, 'cpuMs') };
  if (isQuick()) return started;
  return {
    ...started,
    bareAnsweredMs: middle(bare, 'answeredMs'),
    startRatio: middle(ours, 'answeredMs') / middle(bare, 'answeredMs'),
    bareCpuMs: middle(bare, 'cpuMs'),
    startCpuRatio: middle(ours, 'cpuMs') / middle(bare, 'cpuMs'),
    ...(await idle()),
  };
}

async function idle(): Promise<Record<string, number>> {
  const [ours, all, bare] = [await idleOf(), await idleOf({ all: true }), await idleOf({ script: BARE })];
  return { idleMiB: ours, idleAllMiB: all, idleBareMiB: bare, idleRatio: ours / bare };
}

/**
 * From the start of the process to the first answer that Discord has; `cpuMs`: processor time of the process until then, which other work on
 * the machine changes far less.
 */
type Round = { answeredMs: number; cpuMs: number };

async function round(script?: readonly string[]): Promise<Round> {
  return await withEnds(async (settings, ends) => {
    const started = performance.timeOrigin + performance.now();
    const program = await startProgram(settings, script === undefined ? {} : { script });
    const { at } = await ends.order('first', null);
    const cpuMs = processorMs(program.child.pid ?? 0);
    await program.stop();
    return { answeredMs: at - started, cpuMs };
  });
}

/** Resident MiB; `all`: with the processes that it started. */
async function idleOf({ script, all = false }: { script?: readonly string[]; all?: boolean } = {}): Promise<number> {
  return await withEnds(async (settings, ends) => {
    const program = await startProgram(settings, script === undefined ? {} : { script });
    await ends.order('connected', null);
    await wait(IDLE_MS);
    const { rss } = await program.sample();
    const others = all ? childrenBytes(program.child.pid ?? 0) : 0;
    await program.stop();
    return (rss + others) / MIB;
  });
}

type Ends = Awaited<ReturnType<typeof openFarEnds>>;

async function withEnds<T>(work: (settings: Record<string, string>, ends: Ends) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-start-'));
  const ends = await openFarEnds();
  try {
    return await work({ ...ends.settings, DATABASE_URL: `sqlite:${path.join(folder, 'start.db')}` }, ends);
  } finally {
    ends.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of all threads, in and for the process; in ticks of 10 ms: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function childrenBytes(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  const kilobytes = children.map((child) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, value) => sum + value, 0) * 1024;
}
