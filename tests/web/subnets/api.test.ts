// Subnets as JSON and as pictures: shapes as documented, ages, refusals, and a clear answer while nothing is known.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_AT } from '../../fakes/subtensor/subtensor-world.ts';
import { SAMPLE_TIME } from '../../fakes/core.ts';
import { openTestSite } from '../../fakes/web.ts';
import { openSubnetSite, type SubnetSite } from './subnet-site.ts';
import { HOUR } from '../../../src/base/clock.ts';

let site: SubnetSite;
beforeAll(async () => {
  site = await openSubnetSite({ hours: 30 });
});
afterAll(() => site.close());

type Row = Record<string, unknown>;
const KEYS =
  'netuid name symbol price change marketCapTao taoIn alphaIn alphaOut emissionShare emissionOn registeredAtBlock protectedUntilBlock removalRank url github discord description'.split(
    ' ',
  );

describe('the list', () => {
  it('has block, time, source and all 128 in the documented shape', async () => {
    const response = await site.get('/api/subnets');
    const all = (await response.json()) as { subnets: Row[] } & Row;
    expect(response.status).toBe(200);
    expect(Object.keys(all)).toEqual(['block', 'readAt', 'source', 'subnets']);
    expect(all['block']).toBe(site.world.final());
    expect(all['readAt']).toBe(new Date(FIRST_AT + 5_000 + 6 * 60_000).toISOString());
    expect(all['source']).toBe(site.node.url.replace('http://', ''));
    expect(all.subnets).toHaveLength(128);
    for (const subnet of all.subnets) expect(Object.keys(subnet)).toEqual(KEYS);
  });
});

describe('one', () => {
  it('says what the chain says, in TAO and dollars', async () => {
    const response = await site.get('/api/subnets/92');
    expect(response.status).toBe(200);
    const one = (await response.json()) as Row & { price: { tao: number; usd: number }; change: { h24: number } };
    expect(one).toMatchObject({
      netuid: 92,
      name: 'Subnet name 92',
      taoIn: 10_200,
      alphaIn: 2_000_000,
      alphaOut: 3_000_000,
      emissionShare: 1 / 128,
      emissionOn: true,
      registeredAtBlock: 8_352_006,
      protectedUntilBlock: null,
      removalRank: 1,
      url: 'https://example-92.org/',
      github: 'https://github.com/example/sn92',
      discord: 'https://discord.gg/example',
      description: 'What subnet 92 does.',
    });
    const rao = site.world.price(92, site.world.final());
    expect(one.price.tao).toBeCloseTo(rao / 1e9, 12);
    expect(one.price.usd).toBeCloseTo((rao / 1e9) * 250.28, 9);
    expect(one['marketCapTao']).toBeCloseTo((rao / 1e9) * 5_000_000, 6);
    expect(one.change.h24).toBeGreaterThan(0);
    expect(one['change']).toMatchObject({ d7: null, d30: null });
  });

  it.each(['0', '129', '65536', '99999999', '064', 'sn64', 'chutes', '-1', '1.5', '%00', '__proto__'])(
    '%s is a 404 in JSON',
    async (netuid) => {
      const response = await site.get(`/api/subnets/${netuid}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ error: expect.stringContaining('/api/subnets') as string });
    },
  );
});

describe('the picture', () => {
  it.each(['/charts/sn64.png', '/charts/sn64.png?range=24h&currency=tao&theme=light'])('%s is a PNG', async (path) => {
    const response = await site.get(path);
    expect(response.headers.get('content-type')).toBe('image/png');
    const start = Buffer.from(await response.arrayBuffer()).subarray(1, 4);
    expect(start.toString()).toBe('PNG');
  });

  it.each([
    ['/charts/sn64.png?range=1y', 400, '24h, 7d, 30d, 90d'],
    ['/charts/sn64.png?currency=zzz', 400, 'currency'],
    ['/charts/sn129.png', 404, '/api/subnets'],
    ['/charts/sn064.png', 404, 'coin'],
  ])('%s is a %i with the reason', async (path, status, words) => {
    const response = await site.get(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.stringContaining(words) as string });
  });
});

describe('ages', () => {
  it('is that of the block, or of the price of TAO where that is older, and changes end after a day', async () => {
    const before = Number((await site.get('/api/subnets')).headers.get('age'));
    expect(before).toBeGreaterThanOrEqual(0);
    expect(before).toBeLessThan(90);
    site.node.fault = { kind: 'status', status: 502 };
    site.clock.advance(25 * HOUR);
    const response = await site.get('/api/subnets/92');
    site.node.fault = null;
    expect(Number(response.headers.get('age'))).toBeGreaterThanOrEqual(25 * 3_600);
    expect(await response.json()).toMatchObject({
      price: { tao: expect.any(Number) as number },
      change: { h24: null, d7: null, d30: null },
    });
  });
});

describe('the demonstration', () => {
  it('says what it is, and how old', async () => {
    const demo = await openTestSite({ demo: true, now: () => SAMPLE_TIME });
    try {
      const response = await demo.get('/api/subnets');
      expect(response.headers.get('age')).toBe('60');
      expect(await response.json()).toMatchObject({ source: 'sample data', readAt: '2026-09-18T12:00:00.000Z' });
      expect(await (await demo.get('/subnets')).text()).toContain('Sample data of September 2026 · not live');
    } finally {
      await demo.close();
    }
  });
});

describe('while nothing was ever read', () => {
  it.each(['/api/subnets', '/api/subnets/64', '/charts/sn64.png'])('%s is a 503 with the reason', async (path) => {
    const silent = await openSubnetSite({ minutes: 0 });
    try {
      silent.node.fault = { kind: 'status', status: 502 };
      const response = await silent.get(path);
      expect(response.status).toBe(503);
      expect(await response.json()).toEqual({ error: expect.stringMatching(/^subnet data unavailable: \S/) as string });
    } finally {
      await silent.close();
    }
  });
});
