// The chain in `/metrics` and `/about`: age of its newest block, the state of each node, and a scrape that asks nobody.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRpc } from '../../src/chain/rpc/rpc.ts';
import { createSubnets } from '../../src/chain/subnets/subnets.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createSubnetsMemory } from '../../src/store/subnets/snapshots.ts';
import { createMetrics } from '../../src/web/health/metrics.ts';
import { chainGauges } from '../../src/wiring/health/chain-gauges.ts';
import { gauges } from '../../src/wiring/health/gauges.ts';
import { plainText } from '../../src/app/plain-text.ts';
import type { Card } from '../../src/app/card.ts';
import { openSubnetSite, type SubnetSite } from './subnets/subnet-site.ts';
import { MINUTE } from '../../src/base/clock.ts';

let site: SubnetSite;
beforeAll(async () => {
  site = await openSubnetSite({ minutes: 0 });
});
afterAll(() => site.close());

const figures = async (): Promise<Record<string, number>> => {
  const samples = gauges(site.core, [], () => site.clock.now);
  return Object.fromEntries(
    samples
      .filter(({ name }) => name.startsWith('taobot_chain'))
      .map(({ name, labels = {}, value }) => [[name, ...Object.values(labels)].join(' '), value]),
  );
};
const about = async (): Promise<string> => plainText((await site.json('/api/ask?q=/about'))['card'] as Card);

it('before, while and after a node answers', async () => {
  const host = site.node.url.replace('http://', '');
  expect(await figures()).toEqual({
    [`taobot_chain_node_up ${host}`]: 1,
    'taobot_chain_archive off': 1,
    'taobot_chain_archive running': 0,
    'taobot_chain_archive done': 0,
    'taobot_chain_archive waiting': 0,
  });
  expect(await about()).toContain(`Bittensor chain: ${host}, not read yet`);
  await site.minutes(1);
  const asked = site.node.asked.length;
  site.clock.advance(2 * MINUTE);
  expect(await figures()).toMatchObject({ taobot_chain_block_age_seconds: 125, [`taobot_chain_node_up ${host}`]: 1 });
  expect(await about()).toContain(`Bittensor chain: ${host}, latest block 3 min ago`);
  expect(site.node.asked.length).toBe(asked);
  site.node.fault = { kind: 'status', status: 429 };
  await site.subnets.snapshot();
  expect(await figures()).toMatchObject({ [`taobot_chain_node_up ${host}`]: 0 });
  expect(await about()).toMatch(/left alone: .+\)/);
});

it('two nodes of one host are one line: up while one of them may be asked', async () => {
  const database = await openDatabase('sqlite::memory:');
  const urls = ['https://node.example/one', 'https://node.example/two'];
  const rpc = createRpc({ urls, archiveUrl: null, now: () => 0 });
  const subnets = createSubnets({ rpc, memory: createSubnetsMemory(database), now: () => 0 });
  const metrics = createMetrics();
  metrics.collect(() => chainGauges(subnets, () => 0));
  const lines = async () =>
    (await metrics.render()).split('\n').filter((line) => line.startsWith('taobot_chain_node_up'));
  expect(await lines()).toEqual(['taobot_chain_node_up{node="node.example"} 1']);
  rpc.nodes[0]?.refuse('is behind', MINUTE);
  expect(await lines()).toEqual(['taobot_chain_node_up{node="node.example"} 1']);
  rpc.nodes[1]?.refuse('is behind', MINUTE);
  expect(await lines()).toEqual(['taobot_chain_node_up{node="node.example"} 0']);
  await subnets.close();
  await database.close();
});
