// A CoinGecko with 18,000 coins in a process of its own, so that its work does not count as ours; its parent gets the address and moves its clock.
import { startFakeCoinGecko } from './coingecko.ts';
import { coinWorld } from '../../../src/sample/coin-world/coin-world.ts';

let ahead = 0;
const { url } = await startFakeCoinGecko({ world: coinWorld(), now: () => Date.now() + ahead });
process.on('message', (ms) => {
  ahead = Number(ms);
});
process.once('disconnect', () => process.exit());
process.send?.(url);
