// A TCP proxy on loopback whose far end can vanish without a word: bytes are taken and acknowledged, and nothing ever comes back.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type TcpProxy = {
  port: number;
  /** Connections that were ever opened to the proxy. */
  connections(): number;
  /** From now on bytes of old and new connections are acknowledged and lost, in both directions. */
  vanish(): void;
  /** New connections get through again; those of before stay deaf, as after a change of host. */
  comeBack(): void;
  close(): Promise<void>;
};

/** Forwards to a port on loopback, from a free port unless one is named. */
export async function startTcpProxy(target: number, port = 0): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let lost = new WeakSet<Socket>();
  let gone = false;
  let count = 0;
  const server = createServer((client) => {
    count++;
    keep(client);
    if (gone) {
      lost.add(client);
      client.resume();
      return;
    }
    const far = keep(connect(target, '127.0.0.1'));
    client.on('data', (chunk) => void (lost.has(client) || far.write(chunk)));
    far.on('data', (chunk) => void (lost.has(client) || client.write(chunk)));
    client.on('close', () => void (lost.has(client) || far.destroy()));
    far.on('close', () => void (lost.has(client) || client.destroy()));
  });
  function keep(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    return socket;
  }
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    vanish() {
      gone = true;
      lost = new WeakSet(sockets);
    },
    comeBack: () => void (gone = false),
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** The same address with another port. */
export function through(url: string, proxy: Pick<TcpProxy, 'port'>): string {
  const address = new URL(url);
  address.port = String(proxy.port);
  return address.href;
}
