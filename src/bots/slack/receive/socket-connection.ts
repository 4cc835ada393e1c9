// One Socket Mode connection: opened, watched, closed; Slack asks for its replacement some time before it ends.
import { type App, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../../../base/log.ts';
import { boltLog } from '../auth/bolt-log.ts';
import type { Clients } from '../auth/clients.ts';

export type ConnectionOptions = {
  appToken: string;
  clientOptions: Clients['options'];
  log: Log;
  sleep: (ms: number) => Promise<void>;
};

export type Connection = {
  /** Fails when it is refused or no hello comes: a half-open connection must not count as one. */
  open(): Promise<void>;
  /** Resolves when it ended. */
  lost: Promise<void>;
  /** Resolves when it ended or is about to: until then it goes on to deliver and to take acknowledgements. */
  ending: Promise<void>;
  close(): Promise<void>;
};

const HELLO_MS = 25_000;
/** https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect: announced some seconds before the end; other reasons take effect at once. */
const ANNOUNCED = /^(warning|refresh_requested)$/;
const LINK_DISABLED = 'link_disabled';

/**
 * Bolt's receiver with its own reconnecting switched off: that one rejects a promise that nobody holds when a reconnect is refused
 * (which ends the process), waits five seconds before the first try, and closes the old connection before it opens the new one.
 */
export function createConnection(app: App, { appToken, clientOptions, log, sleep }: ConnectionOptions): Connection {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: boltLog(log),
    installerOptions: { clientOptions: clientOptions() },
    customPropertiesExtractor: (args: { envelope_id?: unknown }) => ({ envelopeId: args.envelope_id }),
  });
  receiver.init(app);
  const { client } = receiver;
  const lost = new Promise<void>((resolve) => void client.once('disconnected', () => resolve()));
  const announced = Promise.withResolvers<void>();
  guardListeners(receiver, log, announced.resolve);
  const close = async () => await client.disconnect().catch(() => undefined);
  return {
    lost,
    ending: Promise.race([lost, announced.promise]),
    close,
    async open() {
      const started = client.start();
      const hello = await Promise.race([started.then(() => true), sleep(HELLO_MS).then(() => false)]);
      if (hello) return;
      started.catch(() => undefined);
      await close();
      throw new Error('no hello from Slack');
    },
  };
}

/** Listeners of Bolt are async functions whose failures (a frame of "null", an ack on a closed socket) nobody would catch. */
function guardListeners(receiver: SocketModeReceiver, log: Log, onAnnounced: () => void): void {
  for (const event of ['ws_message', 'slack_event'] as const) {
    for (const listener of receiver.client.listeners(event)) {
      const call = listener as (...words: unknown[]) => unknown;
      receiver.client.removeListener(event, call);
      receiver.client.on(event, (...words: unknown[]) => {
        const reason = event === 'ws_message' ? disconnectReason(words[0]) : null;
        if (reason === LINK_DISABLED)
          log.warn({ reason }, 'Socket Mode is switched off in the settings of the app: Settings ▸ Socket Mode');
        if (reason !== null && ANNOUNCED.test(reason)) return onAnnounced(); // Bolt would hang up at once
        Promise.resolve()
          .then(() => call(...words))
          .catch((error: unknown) => log.warn({ err: error }, 'a frame of the Slack socket could not be handled'));
      });
    }
  }
}

/** Why Slack ends this connection; null for any other frame. */
function disconnectReason(frame: unknown): string | null {
  if (typeof frame !== 'string' || !frame.includes('"disconnect"')) return null;
  try {
    const { type, reason } = (JSON.parse(frame) ?? {}) as { type?: unknown; reason?: unknown };
    return type === 'disconnect' && typeof reason === 'string' ? reason : null;
  } catch {
    return null;
  }
}
