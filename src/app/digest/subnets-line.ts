// The subnet part of a digest: the largest rises of a day above a liquidity floor, and who came and went since yesterday.
import { BLOCKS_PER_DAY } from '../../base/tao.ts';
import type { Block, Span } from '../card.ts';
import { change } from '../../format/numbers.ts';
import { ageSpans, type View } from '../blocks/quote.ts';
import type { Services } from '../services.ts';
import { chainSource, inTao, showsChange, subnetTitle } from '../subnets/figures.ts';
import type { Subnet, SubnetSnapshot } from '../../chain/subnets/port.ts';

/** In a pool with less TAO than this a single small buyer makes the largest rise of the day. */
const FLOOR_TAO = 1_000;
const MOST_MOVERS = 3;
/** Longer lists are counted. */
const MOST_NAMED = 3;

/** A heading and lines; a sentence with the reason when nothing can be said. Never throws. */
export async function subnetLines({ subnets }: Pick<Services, 'subnets'>, view: View): Promise<Block[]> {
  const heading: Block = { kind: 'heading', text: 'Subnets' };
  const { snapshot, ...rest } = await subnets.snapshot();
  if (snapshot === null)
    return [heading, { kind: 'note', spans: [`Subnet prices unavailable: ${'reason' in rest ? rest.reason : ''}`] }];
  const items = [moversLine(snapshot, view), newLine(snapshot), removedLine(snapshot)].filter((line) => line !== null);
  return [heading, { kind: 'list', items }, { kind: 'note', spans: chainSource(snapshot, view, ageSpans) }];
}

function moversLine(snapshot: SubnetSnapshot, view: View): Span[] {
  const { locale, now } = view;
  const movers = showsChange(snapshot, now) ? topMovers(snapshot.subnets) : [];
  if (movers.length === 0) return ['No changes of 24 hours are known yet.'];
  const parts = movers.map((subnet) => {
    const moved = change(subnet.change.h24 ?? 0, locale).text;
    return `${subnetTitle(subnet)} ${moved} to ${inTao(subnet.priceTao ?? 0, locale)}`;
  });
  return [
    { kind: 'bold', text: 'Top in 24 h:' },
    ` ${parts.join(' · ')} (pools above ${inTao(FLOOR_TAO, locale, { compact: true })})`,
  ];
}

/** The largest changes among subnets whose pool is not too small. */
function topMovers(subnets: readonly Subnet[]): Subnet[] {
  return subnets
    .filter(({ taoIn, change: { h24 }, priceTao }) => (taoIn ?? 0) >= FLOOR_TAO && h24 !== null && priceTao !== null)
    .toSorted((left, right) => (right.change.h24 ?? 0) - (left.change.h24 ?? 0))
    .slice(0, MOST_MOVERS);
}

function newLine({ subnets, block }: SubnetSnapshot): Span[] | null {
  const fresh = subnets.filter(
    ({ registeredAtBlock }) => registeredAtBlock !== null && block - registeredAtBlock <= BLOCKS_PER_DAY,
  );
  return named('New', fresh.map(subnetTitle));
}

function removedLine({ removed, block }: SubnetSnapshot): Span[] | null {
  const gone = removed.filter((one) => block - one.block <= BLOCKS_PER_DAY);
  return named('Removed', gone.map(subnetTitle));
}

function named(label: string, names: readonly string[]): Span[] | null {
  if (names.length === 0) return null;
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return [{ kind: 'bold', text: `${label}:` }, ` ${names.slice(0, MOST_NAMED).join(', ')}${more}`];
}
