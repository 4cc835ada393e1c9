// Talks to the drawing thread: starts it on first use, gives it one job at a time, replaces it when it dies or hangs.
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import type { ChartSpec } from './spec.ts';
import type { Job, Result } from './worker.ts';

type Waiting = { job: Job; resolve: (png: Uint8Array) => void; reject: (error: AppError) => void };

export type DrawingThread = ReturnType<typeof createDrawingThread>;

/** `timeoutMs`: how long one picture may take before its thread is given up. */
export function createDrawingThread({ timeoutMs }: { timeoutMs: number }) {
  const queue: Waiting[] = [];
  let worker: Worker | null = null;
  let current: Waiting | null = null;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let closed = false;

  const settle = (action: (waiting: Waiting) => void): void => {
    clearTimeout(timer);
    const waiting = current;
    current = null;
    worker?.unref(); // an idle thread must not keep the process alive
    if (waiting !== null) action(waiting);
    next();
  };

  /** The thread is lost: the present job fails, the next one gets a new thread. */
  const lose = (lost: Worker, reason: string): void => {
    if (worker !== lost) return;
    worker = null;
    void lost.terminate();
    settle((waiting) => waiting.reject(drawingError(reason)));
  };

  const start = (): Worker => {
    const started = new Worker(new URL('./worker.ts', import.meta.url), {
      name: 'charts',
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    started.on('message', (result: Result) => {
      if (result.id !== current?.job.id) return;
      settle((waiting) => ('png' in result ? waiting.resolve(result.png) : waiting.reject(drawingError(result.error))));
    });
    started.on('error', (error) => lose(started, error instanceof Error ? error.message : String(error)));
    started.on('exit', (code) => lose(started, `the drawing thread ended with code ${code}`));
    return started;
  };

  const next = (): void => {
    if (closed || current !== null) return;
    current = queue.shift() ?? null;
    if (current === null) return;
    worker ??= start();
    const used = worker;
    used.ref();
    timer = setTimeout(() => lose(used, `no picture within ${timeoutMs} ms`), timeoutMs);
    const { job } = current;
    used.postMessage(
      job,
      job.series.map((packed) => packed.buffer),
    );
  };

  return {
    /** Draws one picture; `series` is handed over and empty afterwards. Rejects with an AppError of code "chart". */
    draw: (spec: ChartSpec, series: readonly Float64Array<ArrayBuffer>[]): Promise<Uint8Array> =>
      new Promise((resolve, reject) => {
        if (closed) return reject(drawingError('charts are closed'));
        queue.push({ job: { id: ++lastId, spec, series }, resolve, reject });
        next();
      }),
    waiting: (): number => queue.length + (current === null ? 0 : 1),
    async close(): Promise<void> {
      closed = true;
      clearTimeout(timer);
      for (const waiting of current === null ? queue.splice(0) : [current, ...queue.splice(0)])
        waiting.reject(drawingError('charts are closed'));
      current = null;
      const stopped = worker;
      worker = null;
      await stopped?.terminate();
    },
  };
}

function drawingError(reason: string): AppError {
  return new AppError('chart', 'The picture could not be drawn.', { cause: new Error(reason) });
}
