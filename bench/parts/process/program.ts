// The program as `npm start` runs it, in a process of its own, with a probe beside it that says what memory, timers and handles are left.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Turns } from './loop-turns.mjs';
import { START_ENVIRONMENT, START_FLAGS } from '../start-flags.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const PROBE = path.join(import.meta.dirname, 'probe.mjs');
/** Longer than any orderly end takes. */
const END_MS = 20_000;

/** What is left after the garbage was collected: bytes and numbers. `timers` is 0 unless they are counted; `cpu`: seconds of the processor until then. */
export type Sample = {
  cpu: number;
  rss: number;
  heap: number;
  arrayBuffers: number;
  timers: number;
  handles: number;
  files: number;
};

export type Program = {
  child: ChildProcess;
  /** Address of its web server. */
  base: string;
  /** The last lines of its log. */
  lastWords(): string;
  sample(): Promise<Sample>;
  /** Watches the event loop from now on, with `finely` every millisecond; `turns` ends that. */
  watch(finely?: 'finely'): void;
  turns(): Promise<Turns>;
  /** Resident bytes now and at most so far, without disturbing it. */
  resident(): { now: number; most: number };
  /** Ends it in order; its exit code, null when it had to be killed. */
  stop(): Promise<number | null>;
};

/**
 * @param settings the environment, beside PATH and PORT
 * @param options.script what runs instead of the program; `probe`: counts timers, which costs some time, or watches the event loop from the first line on
 */
export async function startProgram(
  settings: Readonly<Record<string, string>>,
  {
    script = ['src/main.mjs'],
    probe = 'memory',
  }: { script?: readonly string[]; probe?: 'memory' | 'timers' | 'turns' } = {},
): Promise<Program> {
  const port = await freePort();
  const child = spawn(process.execPath, [...START_FLAGS, '--import', PROBE, ...script], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'] ?? '',
      ...START_ENVIRONMENT,
      PORT: String(port),
      TAOBOT_PROBE: probe,
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-4000)));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const ask = async (order: string): Promise<unknown> => {
    child.send(order);
    const said = await Promise.race([once(child, 'message'), ended]);
    if (!Array.isArray(said)) throw new Error(`the program ended: ${words}`);
    return said[0];
  };
  return {
    child,
    base: `http://127.0.0.1:${port}`,
    lastWords: () => words,
    sample: async () => (await ask('sample')) as Sample,
    watch: (finely) => void child.send(finely === undefined ? 'watch' : 'watch finely'),
    turns: async () => (await ask('watched')) as Turns,
    resident: () => residentBytes(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
      const code = await ended;
      clearTimeout(timer);
      return code;
    },
  };
}

function residentBytes(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) * 1024;
  return { now: of('VmRSS'), most: of('VmHWM') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
