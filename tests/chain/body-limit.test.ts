// The largest answer that is read from a node: one of exactly the limit, none of a byte more.
import { expect, it } from 'vitest';
import { createNode } from '../../src/chain/rpc/node.ts';
import { CALL_BYTES, runtimeCall } from '../../src/chain/subnets/read.ts';
import { startFakeServer } from '../fakes/server.ts';

it.each([
  ['a byte below the limit', -1, 'ok'],
  ['exactly the limit', 0, 'ok'],
  ['a byte above it', 1, 'failed'],
])('%s', async (_name, more, kind) => {
  const frame = JSON.stringify({ jsonrpc: '2.0', id: 1, result: '0x' }).length;
  const result = `0x${'a'.repeat(1_000_000 + more - frame)}`;
  const server = await startFakeServer(() => ({ json: { jsonrpc: '2.0', id: 1, result } }));
  const node = createNode({ url: server.origin, clock: () => 0 });
  const answer = await runtimeCall(node, 'any', '0x', '0x00');
  await node.close();
  await server.close();
  expect(CALL_BYTES).toBe(1_000_000);
  expect(answer.kind).toBe(kind);
});
