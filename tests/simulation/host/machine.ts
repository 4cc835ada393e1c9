// The machine that the simulation runs on: whatever runs inside sees virtual time and drawn chance, also libraries that use the globals of Node.
import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';
import type { SimulatedClock } from './clock.ts';

export type Machine = {
  clock: SimulatedClock;
  /** In place of Math.random. */
  random: () => number;
  /** Waited for after each timer: passes while the process runs. */
  resume: () => Promise<void>;
};

const inside = new AsyncLocalStorage<Machine>();
let replaced = false;

/** The machine of whoever asks; undefined outside of the simulation. */
export const machine = (): Machine | undefined => inside.getStore();

/** Everything that `work` begins runs on the machine; what runs outside keeps the real time. */
export function runOn<T>(host: Machine, work: () => T): T {
  if (!replaced) replaceGlobals();
  replaced = true;
  return inside.run(host, work);
}

/** A timer as Node returns it, as far as anybody uses it. */
class VirtualTimer {
  cancel: () => void = () => undefined;
  ended = false;
  start(ms: number, host: Machine, fire: () => void): void {
    this.cancel = host.clock.after(Math.max(1, ms), () => {
      void host.resume().then(() => void (this.ended || inside.run(host, fire)));
    });
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return false;
  }
}

function replaceGlobals(): void {
  const real = {
    dateNow: Date.now,
    now: performance.now.bind(performance),
    random: Math.random,
    timeout: AbortSignal.timeout.bind(AbortSignal),
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
    setImmediate: globalThis.setImmediate,
    wait: timersPromises.setTimeout,
    turn: timersPromises.setImmediate,
  };
  const replace = (target: object, name: string, value: unknown): void =>
    void Object.defineProperty(target, name, { value, configurable: true, writable: true });

  replace(Date, 'now', () => machine()?.clock.now() ?? real.dateNow());
  replace(performance, 'now', () => machine()?.clock.now() ?? real.now());
  replace(Math, 'random', () => machine()?.random() ?? real.random());
  replace(AbortSignal, 'timeout', (ms: number) => {
    const host = machine();
    if (host === undefined) return real.timeout(ms);
    const late = new AbortController();
    new VirtualTimer().start(ms, host, () =>
      late.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
    );
    return late.signal;
  });
  replaceTimers(real, replace);
}

type Real = Record<'setTimeout' | 'setInterval' | 'setImmediate' | 'clearTimeout' | 'clearInterval', unknown> & {
  wait: unknown;
  turn: unknown;
};
type Call = (...args: unknown[]) => unknown;

function replaceTimers(real: Real, replace: (target: object, name: string, value: unknown) => void): void {
  const original = real as Record<keyof Real, Call>;
  replace(globalThis, 'setTimeout', (fire: Call, ms = 1, ...args: unknown[]) => {
    const host = machine();
    if (host === undefined) return original.setTimeout(fire, ms, ...args);
    const timer = new VirtualTimer();
    timer.start(ms, host, () => void fire(...args));
    return timer;
  });
  replace(globalThis, 'setInterval', (fire: Call, ms = 1, ...args: unknown[]) => {
    const host = machine();
    if (host === undefined) return original.setInterval(fire, ms, ...args);
    const timer = new VirtualTimer();
    const again = (): void =>
      timer.start(ms, host, () => {
        fire(...args);
        if (!timer.ended) again();
      });
    again();
    return timer;
  });
  for (const name of ['clearTimeout', 'clearInterval'] as const)
    replace(globalThis, name, (timer: unknown) => {
      if (!(timer instanceof VirtualTimer)) return void original[name](timer);
      timer.ended = true;
      timer.cancel();
    });
  // Turns of the event loop stay real; the clock only waits until all that were asked for have come.
  replace(globalThis, 'setImmediate', (fire: Call, ...args: unknown[]) => {
    const came = machine()?.clock.turn();
    return original.setImmediate(() => {
      came?.();
      fire(...args);
    });
  });
  replace(timersPromises, 'setImmediate', (value: unknown, options: unknown) => {
    const came = machine()?.clock.turn();
    const turn = original.turn(value, options) as Promise<unknown>;
    return came === undefined ? turn : turn.finally(came);
  });
  replace(timersPromises, 'setTimeout', async (ms = 1, value?: unknown, options: { signal?: AbortSignal } = {}) => {
    const host = machine();
    if (host === undefined) return await original.wait(ms, value, options);
    await host.clock.sleep(ms, options.signal);
    await host.resume();
    return value;
  });
  syncBuiltinESMExports();
}
