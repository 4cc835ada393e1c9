// A chart with far more points than CoinGecko documents: read in slices, with turns for others in between.
import { expect, it } from 'vitest';
import { createCallMeter } from '../../../src/market/coingecko/call-meter.ts';
import { createCoinGecko } from '../../../src/market/coingecko/client.ts';
import { turnsDuring } from '../../base/turns-during.ts';
import { createMemory } from '../../fakes/market/memory.ts';
import { startFakeServer } from '../../fakes/server.ts';

it('10,000 points are checked a hundred in a turn, and those that are none are left out', async () => {
  const prices = Array.from({ length: 10_000 }, (_, at) => [at + 1, at % 10 === 9 ? null : 400]);
  const server = await startFakeServer(() => ({ json: { prices } }));
  const now = () => Date.parse('2026-11-23T09:00:00Z');
  const meter = createCallMeter({ plan: 'pro', memory: createMemory(), now });
  const client = createCoinGecko({ plan: 'pro', baseUrl: server.origin, meter, now, deadlineMs: 15_000 });
  let points: unknown;
  const turns = await turnsDuring(async () => (points = await client.chart('bittensor', 'usd', '24h')));
  expect(turns).toBeGreaterThanOrEqual(100);
  expect(points).toMatchObject({ kind: 'ok', data: { length: 9000, 8: [9, 400], 9: [11, 400] } });
  await client.close();
  await server.close();
});
