// The market end to end: the real HTTP client against a fake CoinGecko on loopback.
import { afterEach, expect, test } from 'vitest';
import { openScene, START } from './scene.ts';

let scene: Awaited<ReturnType<typeof openScene>>;
afterEach(() => scene.close());

test('a quote carries every figure, the source and the time of the source', async () => {
  scene = await openScene();
  const result = (await scene.market.quotes(['bittensor'], 'usd')).get('bittensor');
  expect(result?.quote).toMatchObject({
    coinId: 'bittensor',
    symbol: 'TAO',
    price: 250.28,
    change24h: 3.6,
    change7d: -5.2,
    rank: 35,
    at: START - 20_000,
    source: { id: 'coingecko' },
  });
  expect(result?.quote?.sparkline).toHaveLength(168);
  expect(scene.gecko.calls[0]?.headers['x-cg-pro-api-key']).toBe('CG-test-key');
});
