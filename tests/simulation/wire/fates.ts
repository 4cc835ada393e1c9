// What becomes of a request by the lots of the seed: whether and when it has its effect, and what comes back when.
import { errors } from 'undici';
import { fnv1a, mulberry32 } from '../../../src/base/hash.ts';
import type { SimulatedClock } from '../host/clock.ts';
import type { FarEnd, WireAnswer, WireRequest } from './wire.ts';

/** An answer of the protocol. */
export type Reply = { status: number; headers?: Record<string, string>; json?: unknown };

export type Protocol = {
  /** By this a platform is drawn for. */
  name: string;
  /** What requests have in common that are counted together, for example a method and its channel. */
  about(request: WireRequest): string;
  /** The request has its effect, now. */
  effect(request: WireRequest): Reply;
  /** How the platform says that it is asked too often, in seconds. */
  limited(seconds: number, lot: number): Reply;
  /** A request whose answer is lost may have its effect this late, ms. */
  lateMs: number;
};

export type Line = {
  farEnd: FarEnd;
  /** The part of requests that go wrong, 0 to 1. */
  trouble: number;
  /** Nothing reaches it, and it answers nothing. */
  away: boolean;
};

/** Told of each request, in the order in which they leave. */
export type Told = (request: WireRequest, way: string) => void;

/** Ways for a request to go wrong, and how often each is drawn. */
const WAYS = {
  refused: 3,
  unreachable: 1,
  limited: 3,
  'error-before': 2,
  'error-after': 4,
  'reset-before': 1,
  'reset-after': 3,
  lost: 4,
  'lost-before': 1,
  half: 2,
  garbage: 1,
  slow: 2,
} as const;
type Way = keyof typeof WAYS | 'well';

/** A connection is given up by undici after so long. */
const CONNECT_MS = 3000;
const WHOLE = Object.values(WAYS).reduce((sum, weight) => sum + weight, 0);

export function createLine(protocol: Protocol, seed: number, clock: SimulatedClock, told: Told): Line {
  const counts = new Map<string, number>();

  /** The same for the n-th request about something, whatever happens elsewhere. */
  function lotsFor(about: string): () => number {
    const times = (counts.get(about) ?? 0) + 1;
    counts.set(about, times);
    return mulberry32(fnv1a(`${seed} ${protocol.name} ${about} ${times}`));
  }

  /** Goes on by itself. */
  const effect = async (request: WireRequest, ms: number): Promise<Reply> => {
    await clock.sleep(ms);
    return protocol.effect(request);
  };
  const after = async (ms: number, answer: WireAnswer): Promise<WireAnswer> => {
    await clock.sleep(ms);
    return answer;
  };

  async function farEnd(request: WireRequest): Promise<WireAnswer> {
    const next = lotsFor(protocol.about(request));
    const fate: Way = next() < line.trouble ? drawn(next()) : 'well';
    const way = line.away ? 'unreachable' : fate;
    told(request, way);
    const [soon, late] = [20 + next() * 200, next() * protocol.lateMs];
    switch (way) {
      case 'well':
        return answerOf(await effect(request, soon));
      case 'slow': {
        const reply = await effect(request, soon);
        return await after(next() * 9000, answerOf(reply));
      }
      case 'refused':
        return await after(2, broken('connect ECONNREFUSED 203.0.113.7:443', 'ECONNREFUSED'));
      case 'unreachable':
        return await after(CONNECT_MS, {
          kind: 'broken',
          error: new errors.ConnectTimeoutError('Connect Timeout Error'),
        });
      case 'limited':
        return await after(soon, answerOf(protocol.limited(1 + next() * 20, next())));
      case 'error-before':
        return await after(soon, errorPage(next));
      case 'error-after':
        await effect(request, next() * 2000);
        return errorPage(next);
      case 'reset-before':
        return await after(soon, broken('read ECONNRESET', 'ECONNRESET'));
      case 'reset-after':
        void effect(request, late);
        return await after(soon, { kind: 'broken', error: new errors.SocketError('other side closed') });
      case 'lost':
        void effect(request, late);
        return { kind: 'silence' };
      case 'lost-before':
        return { kind: 'silence' };
      case 'half':
        return { ...answerOf(await effect(request, soon)), cut: true };
      case 'garbage':
        await effect(request, soon);
        return page(200);
    }
  }

  const line: Line = { farEnd, trouble: 0, away: false };
  return line;
}

function drawn(lot: number): Way {
  let rest = lot * WHOLE;
  for (const [way, weight] of Object.entries(WAYS)) {
    rest -= weight;
    if (rest < 0) return way as Way;
  }
  return 'lost';
}

function answerOf({ status, headers = {}, json }: Reply): WireAnswer & { kind: 'answer' } {
  return json === undefined
    ? { kind: 'answer', status, headers, body: '' }
    : {
        kind: 'answer',
        status,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(json),
      };
}

function page(status: number): WireAnswer {
  return { kind: 'answer', status, headers: { 'content-type': 'text/html' }, body: '<h1>Something is wrong</h1>' };
}

const errorPage = (next: () => number): WireAnswer => page(500 + Math.floor(next() * 5));

function broken(message: string, code: string): WireAnswer {
  return { kind: 'broken', error: Object.assign(new Error(message), { code }) };
}
