// Tests talk to loopback only: any other connection fails at once with the address in the message.
import net from 'node:net';

const LOOPBACK = /^(localhost|127\.|::1$|\[::1\]$|::ffff:127\.)/;
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]): net.Socket {
  const first = (Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0]) as { host?: string; path?: string } | number | string | undefined;
  const host = typeof first === 'object' ? (first.path === undefined ? (first.host ?? 'localhost') : 'localhost') : typeof args[1] === 'string' ? args[1] : 'localhost';
  if (!LOOPBACK.test(host)) {
    queueMicrotask(() => this.destroy(new Error(`tests may only connect to loopback, not to ${host}`)));
    return this;
  }
  return Reflect.apply(connect, this, args) as net.Socket;
} as typeof connect;
