// Subnets as the JSON API gives them: numbers or null, never a zero for what is unknown.
import type { CommandContext } from '../../app/command.ts';
import { showsChange } from '../../app/subnets/figures.ts';
import type { Subnet } from '../../chain/subnets/port.ts';

export type SubnetJson = {
  netuid: number;
  name: string;
  symbol: string;
  price: { tao: number | null; usd: number | null };
  /** Percent; null where unknown, and all of them while the reading is older than a day. */
  change: Subnet['change'];
  marketCapTao: number | null;
  taoIn: number | null;
  alphaIn: number | null;
  alphaOut: number | null;
  emissionShare: number | null;
  emissionOn: boolean | null;
  registeredAtBlock: number | null;
  protectedUntilBlock: number | null;
  removalRank: number | null;
  url: string | null;
  github: string | null;
  discord: string | null;
  description: string | null;
};

export type SubnetsJson = { block: number; readAt: string; source: string; subnets: SubnetJson[] };

const TAO = 'bittensor';
const UNKNOWN_CHANGE = { h24: null, d7: null, d30: null };

/** The present snapshot, or the reason why there is none. `ageSeconds` is that of the block or of TAO's price in dollars, the older. Never throws. */
export async function subnetsJson({
  services,
  now,
}: CommandContext): Promise<{ json: SubnetsJson; ageSeconds: number } | { json: null; reason: string }> {
  const [result, quotes] = await Promise.all([services.subnets.snapshot(), services.market.quotes([TAO], 'usd')]);
  if (result.snapshot === null) return { json: null, reason: result.reason };
  const { snapshot } = result;
  const { quote } = quotes.get(TAO);
  const changes = showsChange(snapshot, now);
  const ageMs = now - Math.min(snapshot.blockAt, quote?.at ?? Infinity);
  return {
    json: {
      block: snapshot.block,
      readAt: new Date(snapshot.readAt).toISOString(),
      source: snapshot.source,
      subnets: snapshot.subnets.map((subnet) => subnetJson(subnet, quote?.price ?? null, changes)),
    },
    ageSeconds: Math.max(0, Math.ceil(ageMs / 1000)),
  };
}

/** `usd`: one TAO in dollars. */
function subnetJson(subnet: Subnet, usd: number | null, changes: boolean): SubnetJson {
  const { priceTao, links } = subnet;
  return {
    netuid: subnet.netuid,
    name: subnet.name,
    symbol: subnet.symbol,
    price: { tao: priceTao, usd: priceTao === null || usd === null ? null : priceTao * usd },
    change: changes ? subnet.change : UNKNOWN_CHANGE,
    marketCapTao: subnet.marketCapTao,
    taoIn: subnet.taoIn,
    alphaIn: subnet.alphaIn,
    alphaOut: subnet.alphaOut,
    emissionShare: subnet.emissionShare,
    emissionOn: subnet.emissionOn,
    registeredAtBlock: subnet.registeredAtBlock,
    protectedUntilBlock: subnet.protectedUntilBlock,
    removalRank: subnet.removalRank,
    url: links.site?.href ?? null,
    github: links.github?.href ?? null,
    discord: links.discord?.href ?? null,
    description: subnet.description,
  };
}
