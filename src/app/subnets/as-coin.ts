// A subnet where a coin can stand: its id, its price in any currency by way of TAO, its history as a series.
import { DAY, HOUR } from '../../base/clock.ts';
import type { Range } from '../../base/ranges.ts';
import type { Services } from '../services.ts';
import type { Subnet, SubnetRange, SubnetSnapshot } from '../../chain/subnets/port.ts';
import type { CoinRef, Quote, QuoteResult, QuoteResults, Series, SeriesResult, Source } from '../../market/market.ts';
import { subnetNumber } from './number.ts';

/** What subnets are priced in by the chain itself; no currency of the market. */
export const IN_TAO = 'tao';
const TAO = 'bittensor';
const CHAIN: Source = { id: 'chain', name: 'the Bittensor chain', url: 'https://github.com/RaoFoundation/subtensor' };
/** A reading stands for a moment when it is at most so old: ours come every ten minutes, those of the archive once a day. */
const LONGEST_GAP: Readonly<Record<SubnetRange, number>> = {
  '24h': HOUR,
  '7d': DAY + HOUR,
  '30d': DAY + HOUR,
  '90d': DAY + HOUR,
};
/** Fewer readings of a subnet make no line, however often TAO was priced between them. */
const FEWEST_READINGS = 12;

/** "sn64", as buttons and stored digests name a subnet. */
export function subnetId(netuid: number): string {
  return `sn${netuid}`;
}

/** The number in "sn64". */
export function subnetNetuid(id: string): number {
  return Number(id.slice(2));
}

export function isSubnetId(id: string): boolean {
  return /^sn\d{1,5}$/.test(id);
}

/** The subnet that a text of the closed forms names, as a coin; also when nothing is known of it yet. */
export function subnetRef(services: Pick<Services, 'subnets'>, text: string): CoinRef | null {
  const netuid = subnetNumber(text);
  return netuid === null ? null : subnetAsCoin(services, netuid);
}

export function subnetAsCoin(services: Pick<Services, 'subnets'>, netuid: number): CoinRef {
  const id = subnetId(netuid);
  const [known] = services.subnets.find(id).exact;
  return { id, symbol: id.toUpperCase(), name: known?.name ?? `Subnet ${netuid}`, rank: null };
}

/** Quotes of coins and subnets alike; subnets are priced by way of TAO, or in TAO itself when `currency` says so. */
export async function assetQuotes(
  { market, subnets }: Pick<Services, 'market' | 'subnets'>,
  ids: readonly string[],
  currency: string,
): Promise<QuoteResults> {
  const [own, coins] = [ids.filter(isSubnetId), ids.filter((id) => !isSubnetId(id))];
  if (own.length === 0) return await market.quotes(coins, currency);
  const asked = currency === IN_TAO ? [] : [...new Set([...coins, TAO])];
  const [quotes, result] = await Promise.all([market.quotes(asked, currency), subnets.snapshot()]);
  const found = new Map<string, QuoteResult>(coins.map((id) => [id, quotes.get(id)]));
  const tao = currency === IN_TAO ? null : quotes.get(TAO);
  for (const id of own)
    found.set(
      id,
      result.snapshot === null
        ? { quote: null, reason: result.reason }
        : subnetQuote(result.snapshot, subnetNetuid(id), tao),
    );
  return Object.assign(found, { get: (id: string) => Map.prototype.get.call(found, id) ?? quotes.get(id) });
}

/** `tao`: TAO's price in the wanted currency, or null for prices in TAO. */
function subnetQuote(snapshot: SubnetSnapshot, netuid: number, tao: QuoteResult | null): QuoteResult {
  const subnet = snapshot.subnets.find((one) => one.netuid === netuid);
  if (subnet === undefined) return { quote: null, reason: `there is no subnet ${netuid}` };
  if (subnet.priceTao === null) return { quote: null, reason: 'the chain has no price for this subnet' };
  if (tao !== null && tao.quote === null) return { quote: null, reason: `TAO: ${tao.reason}` };
  const quote = tao === null ? null : tao.quote;
  return { quote: quoteOf(snapshot, subnet, subnet.priceTao, quote), checking: tao?.quote != null && tao.checking };
}

function quoteOf(snapshot: SubnetSnapshot, subnet: Subnet, priceTao: number, tao: Quote | null): Quote {
  const rate = tao?.price ?? 1;
  const times = (value: number | null) => (value === null ? null : value * rate);
  const grown = (own: number | null, other: number | null) =>
    own === null || other === null ? null : ((1 + own / 100) * (1 + other / 100) - 1) * 100;
  const id = subnetId(subnet.netuid);
  const sample =
    snapshot.source === 'sample data' ? ({ id: 'sample', name: 'Sample data', url: CHAIN.url } as const) : CHAIN;
  const none = {
    change1h: null,
    change1y: null,
    high24h: null,
    low24h: null,
    ath: null,
    athChange: null,
    athAt: null,
    atl: null,
    atlAt: null,
  };
  return {
    coinId: id,
    symbol: id.toUpperCase(),
    name: subnet.name,
    currency: tao?.currency ?? IN_TAO,
    price: priceTao * rate,
    ...none,
    change24h: grown(subnet.change.h24, tao === null ? 0 : tao.change24h),
    change7d: grown(subnet.change.d7, tao === null ? 0 : tao.change7d),
    change30d: grown(subnet.change.d30, tao === null ? 0 : tao.change30d),
    marketCap: times(subnet.marketCapTao),
    volume24h: times(subnet.volume24hTao),
    rank: null,
    circulatingSupply: null,
    totalSupply: null,
    maxSupply: null,
    sparkline: null,
    at: Math.min(snapshot.blockAt, tao?.at ?? Infinity),
    source: tao === null ? sample : joined(tao.source, sample),
  };
}

/** Two sources in one figure: both are named. */
function joined(tao: Source, chain: Source): Source {
  return tao.id === 'sample' ? tao : { ...tao, name: `${tao.name} and ${chain.name}` };
}

/** History of a subnet in TAO, or times TAO's own history (`tao`) in a currency. */
export async function subnetSeries(
  { subnets }: Pick<Services, 'subnets'>,
  id: string,
  range: Range,
  tao: Series | string | null,
): Promise<SeriesResult> {
  if (range === '1y') return { series: null, reason: 'prices of subnets are kept for 90 days' };
  if (typeof tao === 'string') return { series: null, reason: tao };
  const [result, history] = await Promise.all([
    subnets.snapshot(),
    subnets.history(subnetNetuid(id), range satisfies SubnetRange),
  ]);
  if (result.snapshot === null) return { series: null, reason: result.reason };
  if (history.points === null) return { series: null, reason: history.reason };
  const { blockAt, source } = result.snapshot;
  if (history.points.length < FEWEST_READINGS)
    return { series: null, reason: 'there are too few prices in this range yet' };
  const own = source === 'sample data' ? ({ id: 'sample', name: 'Sample data', url: CHAIN.url } as const) : CHAIN;
  if (tao === null)
    return { series: { coinId: id, currency: IN_TAO, range, points: history.points, at: blockAt, source: own } };
  const points = product(history.points, tao.points, LONGEST_GAP[range]);
  const at = Math.min(blockAt, tao.at);
  return { series: { coinId: id, currency: tao.currency, range, points, at, source: joined(tao.source, own) } };
}

/** Prices in TAO at the moments of TAO's own prices, multiplied; moments without a reading near before them are left out. */
function product(own: Series['points'], tao: Series['points'], longestGap: number): [number, number][] {
  let next = 0;
  return tao.flatMap(([at, rate]): [number, number][] => {
    while (next < own.length && (own[next]?.[0] ?? Infinity) <= at) next += 1;
    const last = own[next - 1];
    return last === undefined || at - last[0] > longestGap ? [] : [[at, last[1] * rate]];
  });
}
