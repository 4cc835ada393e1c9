// `/charts/<id>.png`, `/charts/sn<netuid>.png` and `/charts/compare.png?coins=a,b`: the same pictures that a chat gets.
import type { Handler } from 'hono';
import type { WebContext } from './context.ts';
import { type CardChart, spanText } from '../app/card.ts';
import { compareChart, compareSeries } from '../app/blocks/compare-chart.ts';
import { priceChart } from '../app/blocks/price-chart.ts';
import { IN_TAO, isSubnetId, subnetRef } from '../app/subnets/as-coin.ts';
import { SUBNET_RANGES, subnetChart } from '../app/subnets/chart.ts';
import { queryFault } from './query.ts';
import { netuidOf } from './subnets/routes.ts';
import { type Range, RANGES } from '../base/ranges.ts';
import { AppError } from '../base/errors.ts';
import type { CoinRef } from '../market/market.ts';

type Refusal = { status: 400 | 404 | 503; error: string };
/** Thirty waiting pictures take about three seconds. */
const BUSY_S = 5;

/** `at` changes nothing: it keeps caches on the way from showing an old picture. */
const LOOK = ['theme', 'canvas', 'at'] as const;
const THEMES = ['dark', 'light'] as const;
const CANVASES = ['wide', 'phone', 'share'] as const;

/** What is given several times is one list. */
type Query = (name: string) => string | undefined;

export function chartRoute(web: WebContext): Handler {
  return async (c) => {
    const name = /^([a-z0-9][a-z0-9._-]{0,99})\.png$/.exec(c.req.param('file') ?? '')?.[1] ?? '';
    const query: Query = (key) => c.req.queries(key)?.join(',');
    const fault =
      name === 'compare'
        ? queryFault(c.req.url, ['range', ...LOOK], ['coins'])
        : queryFault(c.req.url, ['range', 'currency', ...LOOK]);
    if (fault !== null) return c.json({ error: fault }, 400);
    const theme = THEMES.find((one) => one === (query('theme') ?? 'dark'));
    const canvas = CANVASES.find((one) => one === (query('canvas') ?? 'wide'));
    if (theme === undefined) return c.json({ error: 'theme is dark or light' }, 400);
    if (canvas === undefined) return c.json({ error: 'canvas is wide, phone or share' }, 400);
    const found = await pictureOf(name, query, web);
    if ('error' in found) return c.json({ error: found.error }, found.status);
    const png = await found.png?.(theme, canvas).catch(busy);
    if (png === null) {
      c.header('Retry-After', String(BUSY_S));
      return c.json({ error: `too many pictures are being drawn right now; try again in ${BUSY_S} s` }, 503);
    }
    if (png === undefined) return c.json({ error: 'no picture' }, 503);
    return c.body(new Uint8Array(png), 200, { 'content-type': 'image/png', 'cache-control': 'public, max-age=60' });
  };
}

/** Null when the drawing queue is full; other failures are ours and go on. */
function busy(error: unknown): null {
  if (error instanceof AppError && error.code === 'busy') return null;
  throw error;
}

function pictureOf(name: string, query: Query, web: WebContext): Promise<CardChart | Refusal> {
  if (name === 'compare') return comparison(query, web);
  const netuid = netuidOf(/^sn(\d+)$/.exec(name)?.[1] ?? '');
  return netuid === null ? single(name, query, web) : subnet(netuid, query, web);
}

/** In TAO unless another currency is asked for. */
async function subnet(netuid: number, query: Query, web: WebContext): Promise<CardChart | Refusal> {
  const range = SUBNET_RANGES.find((option) => option === (query('range') ?? '7d'));
  if (range === undefined) return { status: 400, error: `choose a range: ${SUBNET_RANGES.join(', ')}` };
  const result = await web.services.subnets.snapshot();
  if (result.snapshot === null) return { status: 503, error: `subnet data unavailable: ${result.reason}` };
  const { snapshot } = result;
  const found = snapshot.subnets.find((one) => one.netuid === netuid);
  if (found === undefined) return { status: 404, error: 'no such subnet; all are at /api/subnets' };
  const currency = (query('currency') ?? IN_TAO).toLowerCase();
  if (currency !== IN_TAO) return single(`sn${netuid}`, query, web);
  const block = await subnetChart(web.context(), { subnet: found, snapshot, range });
  return block.kind === 'chart' ? block.chart : { status: 503, error: spanText(block.spans) };
}

async function single(id: string, query: Query, web: WebContext): Promise<CardChart | Refusal> {
  const coin = coinOf(id, web);
  const range = rangeOf(query('range') ?? '7d');
  const currency = (query('currency') ?? web.services.defaults.currency).toLowerCase();
  if (coin === null) return { status: 404, error: 'unknown coin; the path is /charts/<coingecko id>.png' };
  if (range === null) return { status: 400, error: `choose a range: ${RANGES.join(', ')}` };
  if (!web.services.market.currencies().includes(currency))
    return { status: 400, error: 'currency is unknown, for example currency=usd' };
  const block = await priceChart(web.context(), { coin, currency, range });
  if (block?.kind === 'chart') return block.chart;
  return { status: 503, error: block === null ? 'no data' : spanText(block.spans) };
}

async function comparison(query: Query, web: WebContext): Promise<CardChart | Refusal> {
  const ids = [...new Set((query('coins') ?? '').split(',').filter(Boolean))];
  const coins = ids.flatMap((id) => coinOf(id, web) ?? []);
  const range = rangeOf(query('range') ?? '30d');
  if (range === null) return { status: 400, error: `choose a range: ${RANGES.join(', ')}` };
  if (coins.length !== ids.length || coins.length < 2 || coins.length > 5)
    return { status: 400, error: 'coins needs two to five known CoinGecko ids, for example coins=bittensor,near' };
  const series = await compareSeries(coins, range, web.context());
  if (series.length < 2) return { status: 503, error: 'no history to compare right now' };
  return compareChart(coins, series, range, web.context());
}

function coinOf(id: string, web: WebContext): CoinRef | null {
  if (id === '') return null;
  if (isSubnetId(id)) return subnetRef(web.services, id);
  const found = web.services.content.index().resolve(`id:${id}`);
  return found.kind === 'exact' ? found.coin : null;
}

function rangeOf(text: string): Range | null {
  return RANGES.find((range) => range === text) ?? null;
}
