// `/charts/<id>.png`: the same picture that a chat gets.
import type { Handler } from 'hono';
import type { WebContext } from './context.ts';
import { spanText } from '../app/card.ts';
import { priceChart } from '../app/price-chart.ts';
import { type Range, RANGES } from '../app/ranges.ts';

export function chartRoute(web: WebContext): Handler {
  return async (c) => {
    const id = /^([a-z0-9][a-z0-9._-]{0,99})\.png$/.exec(c.req.param('file') ?? '')?.[1];
    const range = (c.req.query('range') ?? '7d') as Range;
    const currency = (c.req.query('currency') ?? web.services.defaults.currency).toLowerCase();
    const theme = c.req.query('theme') === 'light' ? 'light' : 'dark';
    const coin = id === undefined ? undefined : web.services.coins().resolve(id);
    if (coin?.kind !== 'exact') return c.json({ error: 'unknown coin; the path is /charts/<coingecko id>.png' }, 404);
    if (!RANGES.includes(range)) return c.json({ error: `range is one of: ${RANGES.join(', ')}` }, 400);
    if (!web.services.market.currencies().includes(currency))
      return c.json({ error: 'currency is unknown, for example currency=usd' }, 400);
    const block = await priceChart(web.context(), { coin: coin.coin, currency, range });
    if (block?.kind !== 'chart') return c.json({ error: block === null ? 'no data' : spanText(block.spans) }, 503);
    const png = await block.chart.png?.(theme);
    if (png === undefined) return c.json({ error: 'no picture' }, 503);
    return c.body(new Uint8Array(png), 200, { 'content-type': 'image/png', 'cache-control': 'public, max-age=60' });
  };
}
