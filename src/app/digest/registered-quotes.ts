// Quotes of a digest's coins: a subnet is the one that was registered when the digest was made, not whatever has its number now.
import { HOUR } from '../../base/clock.ts';
import type { Services } from '../services.ts';
import { assetQuotes, isSubnetId, subnetNetuid } from '../subnets/as-coin.ts';
import { blockTime } from '../subnets/figures.ts';
import type { Subnet, SubnetSnapshot } from '../../chain/subnets/port.ts';
import type { DigestOrder } from '../../digests/digests.ts';
import type { QuoteResult, QuoteResults } from '../../market/market.ts';

/** Blocks of months took up to half a per cent longer than twelve seconds: the moment of an old block is known only so well. */
const PACE_TOLERANCE = 0.01;

type Order = Pick<DigestOrder, 'coins' | 'currency' | 'registrations' | 'madeAt'>;

export async function registeredQuotes(
  services: Pick<Services, 'market' | 'subnets'>,
  { coins, currency, registrations = {}, madeAt }: Order,
): Promise<QuoteResults> {
  const quotes = await assetQuotes(services, coins, currency);
  const subnets = coins.filter(isSubnetId);
  const { snapshot } = subnets.length === 0 ? { snapshot: null } : await services.subnets.snapshot();
  if (snapshot === null) return quotes;
  const gone = new Map<string, QuoteResult>();
  for (const id of subnets) {
    const netuid = subnetNetuid(id);
    const now = snapshot.subnets.find((one) => one.netuid === netuid);
    if (now === undefined) gone.set(id, { quote: null, reason: 'this subnet was removed from the network' });
    else if (isAnother(now, { wanted: registrations[id], madeAt }, snapshot))
      gone.set(id, {
        quote: null,
        reason: `this subnet was removed; number ${netuid} belongs to another one now, for which there can be a new digest`,
      });
  }
  return Object.assign(new Map([...coins.map((id) => [id, quotes.get(id)] as const), ...gone]), {
    get: (id: string) => gone.get(id) ?? quotes.get(id),
  });
}

/** Whether the number changed hands: by the registration on record, else by when the digest was made. What is not certain may still be the same. */
function isAnother(
  { registeredAtBlock }: Subnet,
  { wanted, madeAt }: { wanted: number | undefined; madeAt: number | undefined },
  snapshot: SubnetSnapshot,
): boolean {
  if (registeredAtBlock === null) return false;
  if (wanted !== undefined) return registeredAtBlock !== wanted;
  if (madeAt === undefined) return false;
  const unsureMs = Math.max(HOUR, (snapshot.blockAt - madeAt) * PACE_TOLERANCE);
  return blockTime(registeredAtBlock, snapshot) > madeAt + unsureMs;
}
