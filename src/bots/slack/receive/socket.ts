// The life of the Socket Mode connection: opened, watched, reopened with growing pauses, closed — and never an error that nobody catches.
import { SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../../../base/log.ts';
import { boltLog } from '../auth/bolt-log.ts';
import { clientOptions } from '../auth/clients.ts';
import { failureOf } from '../outcomes.ts';

export type SocketState = { connected: boolean; detail: string };

export type Socket = {
  receiver: SocketModeReceiver;
  /** Resolves after the first attempt, whatever came of it; then keeps trying until `stop`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  state(): SocketState;
};

export type SocketOptions = {
  appToken: string;
  apiUrl: string | undefined;
  log: Log;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  onBadCredential: (code: string) => void;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A wrong token does not heal by itself, but an app can be switched on again. */
const CREDENTIAL_PAUSE_MS = 120_000;
/** A connection that did not live this long counts as a failure: no tight loop with a server that drops us. */
const HEALTHY_MS = 10_000;
const HELLO_MS = 25_000;
const CLOSE_MS = 3000;

/**
 * Bolt's receiver with its own reconnecting switched off: that one rejects a promise that nobody holds when a reconnect is refused
 * (which ends the process) and waits five seconds before the first try.
 */
export function createSocket(options: SocketOptions): Socket {
  const { appToken, apiUrl, log } = options;
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: boltLog(log),
    installerOptions: { clientOptions: clientOptions(apiUrl, log) },
    customPropertiesExtractor: (args: { envelope_id?: unknown }) => ({ envelopeId: args.envelope_id }),
  });
  guardListeners(receiver, log);
  return { receiver, ...createLife(receiver, options) };
}

/** Listeners of Bolt are async functions whose failures (a frame of "null", an ack on a closed socket) nobody would catch. */
function guardListeners(receiver: SocketModeReceiver, log: Log): void {
  for (const event of ['ws_message', 'slack_event'] as const) {
    for (const listener of receiver.client.listeners(event)) {
      const call = listener as (...words: unknown[]) => unknown;
      receiver.client.removeListener(event, call);
      receiver.client.on(event, (...words: unknown[]) => {
        Promise.resolve()
          .then(() => call(...words))
          .catch((error: unknown) => log.warn({ err: error }, 'a frame of the Slack socket could not be handled'));
      });
    }
  }
}

function createLife(receiver: SocketModeReceiver, options: SocketOptions): Omit<Socket, 'receiver'> {
  const { log, now, sleep, onBadCredential } = options;
  let state: SocketState = { connected: false, detail: 'not started' };
  const ended = new AbortController();
  const end = Promise.withResolvers<void>();
  const life = async (attempted: () => void): Promise<void> => {
    let failures = 0;
    while (!ended.signal.aborted) {
      const lost = Promise.withResolvers<void>();
      receiver.client.once('disconnected', lost.resolve);
      let pause = 0;
      let since = now();
      try {
        await open(receiver, sleep);
        if (ended.signal.aborted) return await leave(receiver);
        since = now();
        state = { connected: true, detail: 'connected (Socket Mode)' };
        attempted();
        await lost.promise;
        failures = now() - since >= HEALTHY_MS ? 0 : failures + 1;
        state = { connected: false, detail: 'connection lost, reconnecting' };
      } catch (error) {
        receiver.client.removeListener('disconnected', lost.resolve);
        failures++;
        const failure = failureOf(error);
        state = { connected: false, detail: `Slack refuses the connection: ${failure.code}` };
        log.warn({ code: failure.code, failures }, 'Slack connection failed');
        if (failure.kind === 'bad-credential') onBadCredential(failure.code);
        pause =
          failure.kind === 'bad-credential'
            ? CREDENTIAL_PAUSE_MS
            : failure.kind === 'not-sent'
              ? (failure.retryAfterMs ?? 0)
              : 0;
      }
      attempted();
      const grown = failures === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10));
      if (!ended.signal.aborted) await Promise.race([sleep(Math.max(pause, grown)), end.promise]);
    }
  };
  return {
    start: () =>
      new Promise<void>(
        (resolve) =>
          void life(resolve).catch((error: unknown) => log.error({ err: error }, 'the life of the Slack socket ended')),
      ),
    async stop() {
      ended.abort();
      end.resolve();
      state = { connected: false, detail: 'stopped' };
      await Promise.race([leave(receiver), sleep(CLOSE_MS)]);
    },
    state: () => state,
  };
}

/** Fails when no hello comes: a half-open connection must not count as one. */
async function open(receiver: SocketModeReceiver, sleep: (ms: number) => Promise<void>): Promise<void> {
  const started = receiver.client.start();
  const hello = await Promise.race([started.then(() => true), sleep(HELLO_MS).then(() => false)]);
  if (hello) return;
  started.catch(() => undefined);
  await leave(receiver);
  throw new Error('no hello from Slack');
}

async function leave(receiver: SocketModeReceiver): Promise<void> {
  await receiver.client.disconnect().catch(() => undefined);
}
