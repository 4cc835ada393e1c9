// Tests talk to loopback only: any other connection fails at once with the address in the message.
import net from 'node:net';

const LOOPBACK = /^(localhost|127\.|::1$|\[::1\]$|::ffff:127\.)/;
const connect = Reflect.get(net.Socket.prototype, 'connect') as (...args: unknown[]) => net.Socket;

net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]): net.Socket {
  const host = hostOf(Array.isArray(args[0]) ? (args[0] as unknown[]) : args);
  if (!LOOPBACK.test(host)) {
    queueMicrotask(() => this.destroy(new Error(`tests may only connect to loopback, not to ${host}`)));
    return this;
  }
  return Reflect.apply(connect, this, args);
};

/** Of `connect(options)`, `connect(port, host)` and `connect(path)`. */
function hostOf([first, second]: readonly unknown[]): string {
  if (typeof first === 'object' && first !== null)
    return 'host' in first && typeof first.host === 'string' ? first.host : 'localhost';
  return typeof second === 'string' ? second : 'localhost';
}
