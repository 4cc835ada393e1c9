// Whose request it is: the address at the other end, or the one that a trusted proxy names.
import { AsyncLocalStorage } from 'node:async_hooks';
import { BlockList, isIP, SocketAddress } from 'node:net';

export type Client = {
  /** IPv4 as it is, IPv6 as its network of 64 bits: one household holds 2^64 addresses. */
  key: string;
  /** Speaks for itself from this machine: probes, the operator. */
  local: boolean;
};

/** `take`: counts another request of this client; seconds to wait, 0 when it may go on. */
type Visit = { client: Client; take: () => number };

/** The client whose request is under way, for limits that count per asker further down. */
const underWay = new AsyncLocalStorage<Visit>();

/** Runs `work` as the answer to this client. */
export function answering<T>(visit: Visit, work: () => T): T {
  return underWay.run(visit, work);
}

/** The key of the client whose request is under way. */
export function visitorKey(): string {
  return underWay.getStore()?.client.key ?? 'visitor';
}

/** Counts what a request asks for beside its first question; seconds to wait as soon as that is too much, else 0. */
export function takeFurther(questions: number): number {
  const take = underWay.getStore()?.take ?? (() => 0);
  for (let taken = 0; taken < questions; taken++) {
    const wait = take();
    if (wait > 0) return wait;
  }
  return 0;
}

export type ClientOf = (remote: string, forwardedFor: string | undefined) => Client;

const LOOPBACK = ['127.0.0.0/8', '::1'];
/** More proxies in a row than this is somebody's invention. */
const MOST_HOPS = 20;

/**
 * `proxies`: addresses, networks (`10.0.0.0/8`) or `loopback`. Only what they say about others is believed, from the last entry of
 * `X-Forwarded-For` backwards to the first address that is no proxy of ours (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/X-Forwarded-For).
 */
export function createClientOf(proxies: readonly string[]): ClientOf {
  const trusted = blockList(proxies.flatMap((proxy) => (proxy === 'loopback' ? LOOPBACK : [proxy])));
  const loopback = blockList(LOOPBACK);
  return (remote, forwardedFor) => {
    const nearest = plainAddress(remote);
    const believed = nearest !== null && forwardedFor !== undefined && holds(trusted, nearest);
    if (nearest === null || !believed)
      return { key: networkOf(nearest), local: nearest !== null && holds(loopback, nearest) };
    let client = nearest;
    for (const hop of forwardedFor.split(',').slice(-MOST_HOPS).toReversed()) {
      const address = plainAddress(hop.trim());
      if (address === null) break; // what stands before it was not written by a proxy of ours
      client = address;
      if (!holds(trusted, address)) break;
    }
    return { key: networkOf(client), local: false };
  };
}

function blockList(names: readonly string[]): BlockList {
  const list = new BlockList();
  for (const name of names) {
    const [address = '', bits] = name.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return list;
}

function holds(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** One spelling per address, without port, brackets and zone; IPv4 also where IPv6 carries it. Null for what is none. */
function plainAddress(text: string): string | null {
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/%.*$/, '');
  if (isIP(address) === 4) return address;
  if (isIP(address) !== 6) return null;
  const { address: spelled } = new SocketAddress({ address, family: 'ipv6' });
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(spelled)?.[1] ?? spelled;
}

function networkOf(address: string | null): string {
  if (address === null || isIP(address) === 4) return address ?? 'unknown';
  const [head = '', tail = ''] = address.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const known = groups(head).length + groups(tail).length + (tail.includes('.') ? 1 : 0);
  const gap = address.includes('::') ? Array.from({ length: 8 - known }, () => '0') : [];
  return `${[...groups(head), ...gap, ...groups(tail)].slice(0, 4).join(':')}::/64`;
}
