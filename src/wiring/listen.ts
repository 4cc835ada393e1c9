// Opens and closes the web servers; an address that cannot be listened on is named with its setting.
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, ConfigError } from '../base/errors.ts';
import type { Config } from '../config/config.ts';

const LOOPBACK = '127.0.0.1';
/** Answers under way get this long when the bot stops. */
const FINISH_MS = 2000;

type Address = Pick<Config, 'HOST' | 'PORT'> & { setting: 'PORT' | 'METRICS_PORT' };

type OnError = (error: Error) => void;

/** `onError` hears of what goes wrong later: the kernel may refuse a connection. @throws AppError when the port is taken, ConfigError when waiting cannot help */
export async function listen(
  server: Server,
  { HOST, PORT }: Pick<Config, 'HOST' | 'PORT'>,
  onError: OnError,
): Promise<void> {
  await open(server, { HOST, PORT, setting: 'PORT' });
  server.on('error', onError);
}

/** For what only this machine may ask. Throws like `listen`. */
export async function listenOnLoopback(server: Server, port: number, onError: OnError): Promise<void> {
  await open(server, { HOST: LOOPBACK, PORT: port, setting: 'METRICS_PORT' });
  server.on('error', onError);
}

export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  await Promise.race([closed, sleep(FINISH_MS, undefined, { ref: false })]);
  server.closeAllConnections();
}

async function open(server: Server, address: Address): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => reject(listenError(error, address));
    server.once('error', failed);
    server.listen(address.PORT, address.HOST, () => {
      server.off('error', failed);
      resolve();
    });
  });
}

/** The port may be free later or elsewhere; a wrong host stays wrong. https://man7.org/linux/man-pages/man2/bind.2.html */
function listenError(error: NodeJS.ErrnoException, { HOST, PORT, setting }: Address): AppError {
  const code = error.code ?? error.message;
  const what = `The web server cannot listen on ${HOST}:${PORT} (${code}).`;
  const example = `for example ${setting}=${setting === 'PORT' ? 3001 : 9464}`;
  if (code === 'EADDRINUSE')
    return new AppError('listen', `${what} Set ${setting} to a free port, ${example}.`, { cause: error });
  if (code === 'EACCES')
    return new ConfigError([`${setting} ${PORT} is not allowed to this user (${code}) — ${example}`]);
  return new ConfigError([`HOST ${HOST} is no address of this machine (${code}) — for example HOST=127.0.0.1`]);
}
