// The life of Socket Mode: a connection is opened, watched, replaced before it ends, reopened with growing pauses — and never an error that nobody catches.
import type { App, Receiver } from '@slack/bolt';
import { connectionTrouble } from '../auth/connection-trouble.ts';
import { failureOf } from '../outcomes.ts';
import { type Connection, type ConnectionOptions, createConnection } from './socket-connection.ts';

export type SocketState = { connected: boolean; detail: string };

export type Socket = {
  receiver: Receiver;
  /** Resolves after the first attempt, whatever came of it; then keeps trying until `stop`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  state(): SocketState;
};

/** `monotonic`: ms. */
export type SocketOptions = ConnectionOptions & {
  monotonic: () => number;
  /** Told in words what Slack refuses and what to do. */
  onBadCredential: (reason: string) => void;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A wrong token does not heal by itself, but an app can be switched on again. */
const CREDENTIAL_PAUSE_MS = 120_000;
/** A connection that did not live this long counts as a failure: no tight loop with a server that drops us. */
const HEALTHY_MS = 10_000;
/** What was sent over the old connection is still acknowledged there. */
const OVERLAP_MS = 2000;
const CLOSE_MS = 3000;

export function createSocket(options: SocketOptions): Socket {
  let app: App | null = null;
  const { start, stop, state } = createLife(() => {
    if (app === null) throw new Error('a Slack socket without an app');
    return createConnection(app, options);
  }, options);
  const receiver: Receiver = {
    init: (given) => void (app = given),
    start: () => start(),
    stop: () => stop(),
  };
  return { receiver, start, stop, state };
}

function createLife(connect: () => Connection, options: SocketOptions): Omit<Socket, 'receiver'> {
  const { log, monotonic, sleep, onBadCredential } = options;
  let detail = 'not started';
  const live = new Set<Connection>();
  const ended = new AbortController();
  const end = Promise.withResolvers<void>();
  /** Takes a new connection into service; the ones before it leave a little later. */
  const take = (connection: Connection): void => {
    for (const old of live) void Promise.race([old.lost, sleep(OVERLAP_MS), end.promise]).then(old.close);
    live.add(connection);
    void connection.lost.then(() => live.delete(connection));
  };
  /** The least pause after a failure (ms). */
  const refused = (error: unknown, failures: number): number => {
    const failure = failureOf(error);
    detail = connectionTrouble(failure, 'SLACK_APP_TOKEN');
    log.warn({ code: failure.code, failures }, 'Slack connection failed');
    if (failure.kind === 'bad-credential') {
      onBadCredential(detail);
      return CREDENTIAL_PAUSE_MS;
    }
    return failure.kind === 'not-sent' ? (failure.retryAfterMs ?? 0) : 0;
  };
  const life = async (attempted: () => void): Promise<void> => {
    let failures = 0;
    while (!ended.signal.aborted) {
      let pause = 0;
      try {
        const connection = connect();
        await connection.open();
        if (ended.signal.aborted) return await connection.close();
        take(connection);
        const since = monotonic();
        attempted();
        await connection.ending;
        failures = monotonic() - since >= HEALTHY_MS ? 0 : failures + 1;
        detail = 'connection lost, reconnecting';
      } catch (error) {
        pause = refused(error, ++failures);
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
      detail = 'stopped';
      await Promise.race([Promise.all([...live].map((connection) => connection.close())), sleep(CLOSE_MS)]);
    },
    state: () =>
      live.size > 0 && !ended.signal.aborted
        ? { connected: true, detail: 'connected (Socket Mode)' }
        : { connected: false, detail },
  };
}
