// The chart of a subnet's price in TAO: points, alt text and a picture drawn on demand; or a sentence why there is none.
import { priceAlt } from '../blocks/chart-alt-text.ts';
import { FEWEST_POINTS } from '../blocks/price-chart.ts';
import type { Block } from '../card.ts';
import type { CommandContext } from '../command.ts';
import { isSample, presentOf } from './figures.ts';
import type { Subnet, SubnetRange, SubnetSnapshot } from '../../chain/subnets/port.ts';
import type { Canvas, PriceSpec, Theme } from '../../charts/spec.ts';

export const SUBNET_RANGES = ['24h', '7d', '30d', '90d'] as const satisfies readonly SubnetRange[];

/** A chart block, or a note with the reason. Never throws. */
export async function subnetChart(
  context: CommandContext,
  { subnet, snapshot, range }: { subnet: Subnet; snapshot: SubnetSnapshot; range: SubnetRange },
): Promise<Extract<Block, { kind: 'chart' | 'note' }>> {
  const { services, request, now } = context;
  const found = await services.subnets.history(subnet.netuid, range);
  if (found.points === null) return { kind: 'note', spans: [`No chart: ${found.reason}`] };
  const { points } = found; // the last one is the price that the card says
  if (points.length < FEWEST_POINTS)
    return { kind: 'note', spans: ['No chart: there are too few prices in this range yet.'] };
  const symbol = `SN${subnet.netuid}`;
  const known = { '24h': subnet.change.h24, '7d': subnet.change.d7, '30d': subnet.change.d30, '90d': null }[range];
  const spec = {
    kind: 'price',
    locale: request.locale,
    currency: 'tao',
    at: snapshot.blockAt,
    now: presentOf(snapshot, now),
    sourceName: isSample(snapshot) ? 'Sample data' : 'the Bittensor chain',
    name: subnet.name,
    symbol,
    range,
    points,
    ...(known === null ? {} : { change: known }),
  } as const satisfies Omit<PriceSpec, 'theme'>;
  const chart = {
    title: `${subnet.name} (${symbol}) in TAO, ${range}`,
    alt: priceAlt(spec),
    fileName: `sn${subnet.netuid}-${range}.png`,
    path: `/charts/sn${subnet.netuid}.png?${new URLSearchParams({ range }).toString()}`,
    unit: { currency: 'tao' },
    series: [{ label: `${symbol}/TAO`, points }],
    png: (theme: Theme, canvas?: Canvas) => services.charts.png({ ...spec, theme, canvas }),
  };
  return { kind: 'chart', chart };
}
