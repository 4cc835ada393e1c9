// A Bittensor node on loopback that knows its newest block and the issuance, and nothing of subnets.
//
//   const node = await startFakeSubtensor({ now });  SUBTENSOR_RPC_URL=node.url
//   node.block = 9_000_000; node.issuanceRao = 11_500_000n * 1_000_000_000n;   // null = the storage item is missing
//   node.fault = { kind: 'hang' }; await node.close();
import { storageKey } from '../../../src/chain/storage-key.ts';
import { hex, little } from '../../chain/encode.ts';
import { startFakeServer } from '../server.ts';
import type { FakeServer } from '../server.ts';

export type FakeSubtensor = FakeServer & { url: string; block: number; issuanceRao: bigint | null };

export async function startFakeSubtensor({ now = Date.now }: { now?: () => number } = {}): Promise<FakeSubtensor> {
  const hash = (block: number): string => `0x${block.toString(16).padStart(64, '0')}`;
  const stored = (key: string): string | null => {
    if (key === storageKey('System', 'Number')) return hex(little(node.block, 4));
    if (key === storageKey('Timestamp', 'Now')) return hex(little(now(), 8));
    const issuance = key === storageKey('SubtensorModule', 'TotalIssuance') ? node.issuanceRao : null;
    return issuance === null ? null : hex(little(issuance, 8));
  };
  const server = await startFakeServer(({ body }) => {
    const { id, method, params } = JSON.parse(body) as { id: number; method: string; params: unknown[] };
    const answer = (result: unknown) => ({ json: { jsonrpc: '2.0', id, result } });
    if (method === 'chain_getFinalizedHead') return answer(hash(node.block));
    if (method === 'state_queryStorageAt') {
      const keys = params[0] as string[];
      return answer([{ block: params[1], changes: keys.map((key) => [key, stored(key)]) }]);
    }
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
