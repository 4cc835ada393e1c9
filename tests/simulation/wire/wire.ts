// The wire of the simulation: undici's own requests and fetches end here instead of in a socket, and what becomes of each is told by a far end.
import { Agent, Dispatcher, errors, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { machine } from '../host/machine.ts';
import type { Point } from '../host/life.ts';

export type WireRequest = {
  origin: string;
  method: string;
  path: string;
  headers: ReadonlyMap<string, string>;
  body: string;
};

/** What comes back, if anything: an answer (of which `cut` loses the second half), or an error of the connection. */
export type WireAnswer =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: string; cut?: boolean }
  | { kind: 'broken'; error: Error }
  | { kind: 'silence' };

/** Takes a request, which is out of the sender's hands from then on. */
export type FarEnd = (request: WireRequest) => Promise<WireAnswer>;

/** The wires of one process. */
export type Wires = {
  farEnd(origin: string): FarEnd | undefined;
  pass(point: Extract<Point, 'leave' | 'arrive'>): Promise<void>;
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Controller = Writable<Dispatcher.DispatchController> & { fail(error: Error): void };

const wiresOf = new WeakMap<object, Wires>();
let laid = false;

/** From now on requests of whatever runs on this machine go along these wires; all others go where they went before. */
export function layWires(host: object, wires: Wires): void {
  wiresOf.set(host, wires);
  if (laid) return;
  laid = true;
  setGlobalDispatcher(new SimulatedDispatcher(getGlobalDispatcher()));
  const dispatch = Reflect.get(Agent.prototype, 'dispatch');
  Agent.prototype.dispatch = function dispatchOnWire(this: Agent, options, handler) {
    return takes(options, handler) || dispatch.call(this, options, handler);
  };
}

/** https://undici.nodejs.org/#/docs/api/Dispatcher: what clients without an agent of their own (discord.js, Node's fetch) ask. */
class SimulatedDispatcher extends Dispatcher {
  readonly #real: Dispatcher;
  constructor(real: Dispatcher) {
    super();
    this.#real = real;
  }
  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    return takes(options, handler) || this.#real.dispatch(options, handler);
  }
}

function takes(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
  const host = machine();
  const wires = host === undefined ? undefined : wiresOf.get(host);
  if (wires === undefined) return false;
  void carry(options, handler, wires);
  return true;
}

async function carry(
  options: Dispatcher.DispatchOptions,
  handler: Dispatcher.DispatchHandler,
  wires: Wires,
): Promise<void> {
  const controller = createController(handler);
  handler.onRequestStart?.(controller, {});
  const request = {
    origin: String(options.origin),
    method: options.method,
    path: options.path,
    headers: headersOf(options.headers),
    body: await textOf(options.body),
  };
  await wires.pass('leave');
  if (controller.aborted) return;
  const answer = (await wires.farEnd(request.origin)?.(request)) ?? {
    kind: 'broken',
    error: new Error(`the simulation knows no ${request.origin}`),
  };
  await wires.pass('arrive');
  if (controller.aborted || answer.kind === 'silence') return;
  if (answer.kind === 'broken') return controller.fail(answer.error);
  const body = Buffer.from(answer.body);
  controller.rawHeaders = Object.entries(answer.headers)
    .flat()
    .map((text) => Buffer.from(text));
  handler.onResponseStart?.(controller, answer.status, answer.headers, '');
  if (controller.aborted) return;
  if (body.length > 0)
    handler.onResponseData?.(controller, answer.cut === true ? body.subarray(0, body.length / 2) : body);
  if (controller.aborted) return;
  if (answer.cut === true) controller.fail(new errors.SocketError('other side closed'));
  else handler.onResponseEnd?.(controller, {});
}

function createController(handler: Dispatcher.DispatchHandler): Controller {
  const controller: Controller = {
    aborted: false,
    paused: false,
    reason: null,
    rawHeaders: [],
    rawTrailers: [],
    pause: () => undefined,
    resume: () => undefined,
    abort: (reason) => controller.fail(reason instanceof Error ? reason : new errors.RequestAbortedError()),
    fail(error) {
      if (controller.aborted) return;
      controller.aborted = true;
      controller.reason = error;
      handler.onResponseError?.(controller, error);
    },
  };
  return controller;
}

async function textOf(body: unknown): Promise<string> {
  if (body === null || body === undefined) return '';
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** undici takes flat lists of names and values, records, and lists of pairs. */
function headersOf(given: unknown): ReadonlyMap<string, string> {
  const flat = Array.isArray(given)
    ? given.map(String)
    : given !== null && typeof given === 'object' && Symbol.iterator in given
      ? [...(given as Iterable<[string, string]>)].flat()
      : Object.entries((given ?? {}) as Record<string, string>).flat();
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < flat.length; index += 2)
    headers.set(String(flat[index]).toLowerCase(), String(flat[index + 1]));
  return headers;
}
