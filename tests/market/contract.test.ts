// Both markets keep the promises of the port: the live one over CoinGecko, and the recorded samples.
import { builtinCoins } from '../../src/market/directory/builtin-coins.ts';
import { createSampleMarket } from '../../src/sample/market.ts';
import { describeMarket } from '../contracts/market.ts';
import { openScene } from './scene.ts';

describeMarket('CoinGecko', async () => {
  const scene = await openScene({ fallbacks: ['coinpaprika', 'kraken', 'coinbase'] });
  return { market: scene.market, coins: ['bittensor', 'bitcoin'], now: () => scene.clock.now, close: scene.close };
});

describeMarket('samples', () => {
  const now = () => Date.parse('2026-11-22T10:00:00Z');
  const market = createSampleMarket({
    coins: [{ id: 'bittensor', symbol: 'TAO', name: 'Bittensor' }],
    directory: builtinCoins(),
    now,
  });
  return Promise.resolve({ market, coins: ['bittensor', 'bitcoin'], now, close: () => market.close() });
});
