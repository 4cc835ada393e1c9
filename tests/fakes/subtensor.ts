// A Bittensor node on loopback: JSON-RPC over HTTP POST for block height and total issuance.
//
//   const node = await startFakeSubtensor();  SUBTENSOR_RPC_URL=node.url
//   node.block = 9_000_000; node.issuanceRao = 11_500_000n * 1_000_000_000n;   // null = the storage item is missing
//   node.fault = { kind: 'hang' }; await node.close();
import { startFakeServer } from './server.ts';
import type { FakeServer } from './server.ts';

export type FakeSubtensor = FakeServer & { url: string; block: number; issuanceRao: bigint | null };

const ISSUANCE_KEY = '0x658faa385070e074c85bf6b568cf055557c875e4cff74148e4628f264b974c80';

export async function startFakeSubtensor(): Promise<FakeSubtensor> {
  const server = await startFakeServer(({ body }) => {
    const { id, method, params } = JSON.parse(body) as { id: number; method: string; params: unknown[] };
    const answer = (result: unknown) => ({ json: { jsonrpc: '2.0', id, result } });
    if (method === 'chain_getHeader') return answer({ number: `0x${node.block.toString(16)}`, parentHash: '0x00' });
    if (method === 'state_getStorage')
      return answer(params[0] === ISSUANCE_KEY ? littleEndian(node.issuanceRao) : null);
    return { json: { jsonrpc: '2.0', id, error: { code: -32_601, message: 'Method not found' } } };
  });
  const truth: Pick<FakeSubtensor, 'url' | 'block' | 'issuanceRao'> = {
    url: server.origin,
    block: 9_562_000,
    issuanceRao: 11_550_000_123_456_789n,
  };
  const node: FakeSubtensor = Object.assign(server, truth);
  return node;
}

function littleEndian(value: bigint | null): string | null {
  if (value === null) return null;
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return `0x${bytes.toString('hex')}`;
}
