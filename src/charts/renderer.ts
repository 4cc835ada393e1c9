// Talks to the drawing process: starts it on first use, gives it one job at a time in the order of the lanes, replaces it when it dies or hangs, ends it when idle.
import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AppError } from '../base/errors.ts';
import { createDrawingQueue, type Lane } from './drawing-queue.ts';
import { FIRST_PICTURE, FIRST_SERIES } from './first-picture.ts';
import type { ChartSpec } from './spec.ts';
import type { Reply, Request } from './worker.ts';

type Job = { id: number; spec: ChartSpec; series: readonly Float64Array[] };
type Waiting = Job & { resolve: (png: Uint8Array) => void; reject: (error: AppError) => void };

/** A picture under way; `hurry` moves it to a faster lane because somebody there wants it, too. */
export type Drawing = { png: Promise<Uint8Array>; hurry(lane: Lane): void };

/** Values per message (64 kB): sending never takes the event loop for more than a moment. */
const PART = 8192;

/**
 * A process of its own, not a thread: the rasteriser's memory is given back when the process ends, and a crash in native code costs one
 * picture, not the bot. glibc keeps freed memory per thread by default, which doubled the size; other systems ignore these two. No
 * other variable is passed on: the child needs no secrets. (Windows cannot start Node without its own variables.)
 */
const ENVIRONMENT =
  process.platform === 'win32' ? {} : { env: { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072' } };

/** Makes V8 collect early, which also frees the pixels that its objects hold: 130 MiB at most instead of 210, at the same speed. */
const SMALL_HEAP = ['--max-semi-space-size=1', '--max-old-space-size=128'];

/**
 * `timeoutMs`: how long one picture may take before its process is given up, and how long it may wait for its turn; `idleMs`: how long an
 * unused process is kept.
 */
export function createDrawingProcess({ timeoutMs, idleMs }: { timeoutMs: number; idleMs: number }) {
  const queue = createDrawingQueue<Waiting>();
  let child: ChildProcess | null = null;
  let current: Waiting | null = null;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let closed = false;

  const launch = (): ChildProcess => {
    const started = fork(fileURLToPath(new URL('./worker.mjs', import.meta.url)), [], {
      execArgv: SMALL_HEAP,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      ...ENVIRONMENT,
    });
    yieldToOthers(started);
    let complaint = '';
    started.stderr?.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk.toString()}`.slice(-2000);
    });
    started.on('message', (reply: Reply) => {
      if (reply.id !== current?.id) return;
      settle((waiting) =>
        'png' in reply ? waiting.resolve(reply.png.slice()) : waiting.reject(drawingError(reply.error)),
      );
    });
    started.on('error', (error) => lose(started, error.message));
    started.on('exit', (code, signal) => lose(started, `the drawing process ended (${signal ?? code}) ${complaint}`));
    return started;
  };

  /** Ends the present job and takes the next. */
  const settle = (action: (waiting: Waiting) => void): void => {
    clearTimeout(timer);
    const waiting = current;
    current = null;
    if (waiting !== null) action(waiting);
    next();
    if (current === null) rest();
  };

  /** An idle process must not keep ours alive, and goes after a while. */
  const rest = (): void => {
    hold(child, false);
    timer = setTimeout(() => {
      const idle = child;
      child = null;
      idle?.disconnect();
    }, idleMs).unref();
  };

  /** The process is lost: the present job fails, the next one gets a new process. */
  const lose = (lost: ChildProcess, reason: string): void => {
    if (child !== lost) return;
    child = null;
    lost.kill('SIGKILL');
    settle((waiting) => waiting.reject(drawingError(reason)));
  };

  const next = (): void => {
    if (closed || current !== null) return;
    current = queue.take() ?? null;
    if (current === null) return;
    child ??= launch();
    const used = child;
    hold(used, true);
    clearTimeout(timer);
    timer = setTimeout(() => lose(used, `no picture within ${timeoutMs} ms`), timeoutMs);
    void send(used, current);
  };

  /** Draws one picture. Rejects with an AppError of code "chart", or "busy" when too many wait or the turn does not come in time. */
  const draw = (spec: ChartSpec, series: readonly Float64Array[], lane: Lane): Drawing => {
    const { promise: png, resolve, reject } = Promise.withResolvers<Uint8Array>();
    const job: Waiting = { id: ++lastId, spec, series, resolve, reject };
    if (closed) reject(drawingError('charts are closed'));
    else if (queue.add(job, lane)) {
      const patience = setTimeout(() => queue.remove(job) && reject(busy()), timeoutMs).unref();
      const ready = () => clearTimeout(patience);
      png.then(ready, ready);
      next();
    } else reject(busy());
    return { png, hurry: (faster) => queue.hurry(job, faster) };
  };

  return {
    draw,
    /** Starts the process for a picture that is likely to come, and lets it draw a first one for nobody; it goes like any idle one. */
    prepare(): void {
      if (closed || child !== null) return;
      draw(FIRST_PICTURE, [FIRST_SERIES], 'chat').png.catch(() => undefined); // the picture that is asked for tells what is wrong
    },
    waiting: (): number => queue.size() + (current === null ? 0 : 1),
    close(): void {
      closed = true;
      clearTimeout(timer);
      for (let left = current ?? queue.take(); left !== undefined; left = queue.take())
        left.reject(drawingError('charts are closed'));
      current = null;
      const stopped = child;
      child = null;
      stopped?.kill('SIGKILL');
    },
  };
}

/**
 * A third of the share of a normal process (https://man7.org/linux/man-pages/man7/sched.7.html): beside many busy ones a tenth, as 10 gives, left
 * no picture in time.
 */
const NICE = 5;

/**
 * A picture can wait, an acknowledgement cannot: on a small machine both want the same core. Set before the process makes threads, which take
 * the priority of the one that makes them.
 */
function yieldToOthers({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, NICE);
  } catch {
    // it ended, or the system does not allow it: pictures are drawn all the same
  }
}

/** The points in parts with turns of the event loop between them, then the job. A lost process is noticed by its exit, not here. */
async function send(child: ChildProcess, { id, spec, series }: Job): Promise<void> {
  const post = (message: Request): void => void (child.connected && child.send(message, () => undefined));
  for (const [index, packed] of series.entries()) {
    for (let from = 0; from < packed.length; from += PART) {
      if (from > 0) await nextTurn();
      post({ kind: 'points', series: index, values: packed.slice(from, from + PART) });
    }
  }
  post({ kind: 'draw', id, spec, series: series.length });
}

function hold(child: ChildProcess | null, busy: boolean): void {
  if (child === null) return;
  if (busy) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
    if (child.stderr !== null && 'unref' in child.stderr && typeof child.stderr.unref === 'function')
      child.stderr.unref();
  }
}

function busy(): AppError {
  return new AppError('busy', 'Too many pictures are being drawn right now.');
}

function drawingError(reason: string): AppError {
  return new AppError('chart', 'The picture could not be drawn.', { cause: new Error(reason) });
}
