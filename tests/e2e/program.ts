// A started program from outside: a free port, its first answer, its end.
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The first answer of an address, whatever its status. */
export async function firstAnswer(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const response = await fetch(url).catch(() => null);
    if (response !== null) return response;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} never answered`);
}

/**
 * The exit code or the signal, once all that the program wrote has been read: "exit" may come before the last of its output
 * (https://nodejs.org/api/child_process.html#event-close).
 */
export function exitOf(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)));
}
