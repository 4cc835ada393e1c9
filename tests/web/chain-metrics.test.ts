// The chain in `/metrics` and `/about`: age of its newest block, the state of each node, and a scrape that asks nobody.
import { afterAll, beforeAll, expect, it } from 'vitest';
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
