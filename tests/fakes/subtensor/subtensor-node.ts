// A Bittensor node on loopback over a world: single JSON-RPC calls, with the limits, gaps and lags that public nodes have.
//
//   const node = await startFakeNode(world, { now });
//   node.lacks.add('swap_currentAlphaPriceAll'); node.lag = 600; node.perMinute = 100; node.fault = { kind: 'hang' };
import { startFakeServer } from '../server.ts';
import type { FakeServer, Reply } from '../server.ts';
import type { World } from './subtensor-world.ts';

export type FakeNode = FakeServer & {
  url: string;
  world: World;
  /** Methods that it does not know. */
  lacks: Set<string>;
  /** Blocks by which it trails the chain. */
  lag: number;
  /** Blocks whose state it keeps; an archive keeps all. */
  keeps: number;
  /** Requests that it answers: in any 60 s (HTTP 429, policy "http_60s"), in any second (error -32029), of past state (-32004). */
  perMinute: number;
  perSecond: number;
  historyBudget: number;
  /** Whether the limit per minute is told with status 200 and words only. */
  politelyLimited: boolean;
  /** Blocks that one of the machines behind the address does not have yet; it answers all calls but those for the head. */
  halfBehind: boolean;
  /** A proxy in front mixes answers up: of other questions, or about the block before. */
  mixesUp: 'questions' | 'blocks' | null;
  /** Batch arrays that it was sent. */
  batches: number;
  /** Methods asked, with the first parameter of `state_call`; and the bytes of all answers. */
  asked: string[];
  sentBytes: number;
  /** Most requests within one second of the handed-in clock. */
  busiest: number;
};

type Params = readonly unknown[];
class RpcError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export async function startFakeNode(world: World, { now }: { now: () => number }): Promise<FakeNode> {
  let times: number[] = [];
  const server = await startFakeServer(({ body }) => {
    const reply = handle(JSON.parse(body) as unknown);
    node.sentBytes += JSON.stringify(reply.json).length;
    return reply;
  });

  function handle(request: unknown): Reply {
    if (Array.isArray(request)) {
      node.batches += 1;
      return { json: { jsonrpc: '2.0', id: null, error: { code: -32_600, message: 'Batch requests are disabled' } } };
    }
    const { id, method, params } = request as { id: number; method: string; params: Params };
    node.asked.push(method === 'state_call' ? String(params[0]) : method);
    times = [...times, now()].filter((at) => now() - at < 60_000);
    const second = times.filter((at) => now() - at < 1_000).length;
    node.busiest = Math.max(node.busiest, second);
    if (times.length > node.perMinute) return limited(node.politelyLimited);
    try {
      if (second > node.perSecond) throw new RpcError(-32_029, 'Too Many Requests, Please apply an OnFinality API key');
      const given = node.mixesUp === 'questions' ? id + 1 : id;
      return { json: { jsonrpc: '2.0', id: given, result: answer(method, params) } };
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      return { json: { jsonrpc: '2.0', id, error: { code: error.code, message: error.message } } };
    }
  }

  function answer(method: string, params: Params): unknown {
    const { world } = node;
    if (node.lacks.has(method)) throw new RpcError(-32_601, 'Method not found');
    switch (method) {
      case 'chain_getFinalizedHead':
        return world.hashOf(final());
      case 'chain_getBlockHash':
        return Number(params[0]) <= final() + 3 ? world.hashOf(Number(params[0])) : null;
      case 'chain_getHeader':
        return { number: `0x${(params[0] === undefined ? final() + 3 : blockAt(params[0])).toString(16)}` };
      case 'state_getStorage':
        return world.storage(String(params[0]), stateAt(params[1]));
      case 'state_queryStorageAt': {
        const block = stateAt(params[1]);
        const keys = params[0] as string[];
        const about = node.mixesUp === 'blocks' ? world.hashOf(block - 1) : params[1];
        return [{ block: about, changes: keys.map((key) => [key, world.storage(key, block)]) }];
      }
      case 'state_call': {
        const found = world.call(String(params[0]), String(params[1]), stateAt(params[2]));
        if (found === null) throw new RpcError(4003, 'Client error: Execution failed: Exported method is not found');
        return found;
      }
      case 'swap_currentAlphaPriceAll':
        return world.prices(stateAt(params[0])).map(([netuid, price]) => ({ netuid, price }));
      default:
        throw new RpcError(-32_601, 'Method not found');
    }
  }

  const final = (): number => node.world.final() - node.lag;

  function blockAt(hash: unknown): number {
    const block = typeof hash === 'string' ? node.world.blockOf(hash) : final();
    const newest = node.halfBehind ? final() - 1 : final() + 3;
    if (block === undefined || block > newest) throw new RpcError(4003, 'UnknownBlock: Header was not found');
    return block;
  }

  function stateAt(hash: unknown): number {
    const block = blockAt(hash);
    if (final() - block > node.keeps)
      throw new RpcError(4003, `UnknownBlock: State already discarded for ${String(hash)}`);
    if (final() - block > 300 && node.historyBudget-- <= 0)
      throw new RpcError(-32_004, 'Historical work rate limit exceeded');
    return block;
  }

  const options = {
    url: server.origin,
    world,
    lacks: new Set<string>(),
    lag: 0,
    keeps: 300,
    perMinute: Infinity,
    perSecond: Infinity,
    historyBudget: Infinity,
    politelyLimited: false,
    halfBehind: false,
    mixesUp: null,
    batches: 0,
    asked: [],
    sentBytes: 0,
    busiest: 0,
  };
  const node: FakeNode = Object.assign(server, options);
  return node;
}

function limited(politely: boolean): Reply {
  const error = 'Too many requests from this source.';
  return politely ? { json: error } : { status: 429, json: { error, policy: 'http_60s', retry_after_seconds: 60 } };
}
