// The whole bot in this process, as `npm start` wires it: its log, what it shows, and its web server on a free port.
import { PassThrough, Writable } from 'node:stream';
import { createLog } from '../../src/base/log.ts';
import { readConfig } from '../../src/config/config.ts';
import { secretsOf } from '../../src/config/secrets.ts';
import { run } from '../../src/wiring/serve.ts';

export type RunningBot = Awaited<ReturnType<typeof openBot>>;

/**
 * `settings` are the whole environment; its port is any free one. `clocks`: epoch ms, and ms that never step back. `get` takes paths, or
 * addresses that it showed.
 */
export async function openBot(
  settings: Readonly<Record<string, string>>,
  clocks: { now?: () => number; monotonic?: () => number } = {},
) {
  const config = readConfig({ ...settings, PORT: '0' });
  const lines: string[] = [];
  const log = createLog({
    level: config.LOG_LEVEL,
    secrets: secretsOf(config),
    write: (line) => void lines.push(line),
  });
  const listening = Promise.withResolvers<string>();
  let shown = '';
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      shown += chunk.toString();
      const address = /http:\S+/.exec(shown)?.[0];
      if (address !== undefined) listening.resolve(address);
      done();
    },
  });
  let end = (): void => undefined;
  const ended = run({
    config,
    version: '0.0.0',
    demo: false,
    log,
    now: Date.now,
    ...clocks,
    processes: { input: new PassThrough(), output, onSignal: (stop) => (end = stop) },
  });
  ended.catch(listening.reject);
  const base = await listening.promise;
  return {
    lines,
    shown: () => shown,
    get: (path: string, headers: Record<string, string> = {}) =>
      fetch(path.startsWith('http:') ? path : `${base}${path}`, { headers, redirect: 'manual' }),
    /** Ends it in order; again: waits for the same end. */
    async stop() {
      end();
      return await ended;
    },
  };
}
